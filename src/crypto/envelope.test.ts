import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { open, padme, type Seal, seal } from './envelope.ts';

const key = new Uint8Array(32).fill(3);
const how: Seal = { kind: 'rec', key, epoch: 2, binding: Uint8Array.of(1, 2, 3) };
const random = (count: number) => crypto.getRandomValues(new Uint8Array(count));
const sealed = (content: Uint8Array, settings = how): Uint8Array => {
  const env = seal(content, settings, random);
  if (!env) throw new Error('Too large.');
  return env;
};

describe('an envelope', () => {
  test('opens to what was sealed, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 5000 }),
        fc.constantFrom('rec', 'blob' as const),
        (content, kind) => {
          const settings: Seal = { ...how, kind };
          expect(open(sealed(content, settings), settings)).toEqual(content);
        },
      ),
    );
  });

  test('with one bit changed anywhere does not open', () => {
    const env = sealed(Uint8Array.of(1, 2, 3));
    for (let bit = 0; bit < env.length * 8; bit++) {
      const broken = env.slice();
      const at = bit >> 3;
      broken[at] = (broken[at] ?? 0) ^ (1 << (bit & 7));
      expect(open(broken, how)).toBeNull();
    }
  });

  test.each<[string, Partial<Seal>]>([
    ['another key', { key: new Uint8Array(32).fill(4) }],
    ['another epoch', { epoch: 3 }],
    ['another kind', { kind: 'man' }],
    ['another place', { binding: Uint8Array.of(1, 2, 4) }],
  ])('does not open with %s', (_name, change) => {
    expect(open(sealed(Uint8Array.of(9)), { ...how, ...change })).toBeNull();
  });

  test('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(open(bytes, how)).toBeNull();
      }),
      { numRuns: 2000 },
    );
  });

  test('shows only a few sizes, and refuses a record that is too large', () => {
    const sizes = new Set(Array.from({ length: 2000 }, (_, length) => sealed(new Uint8Array(length)).length));
    expect(sizes.size).toBe(7);
    expect(seal(new Uint8Array(65_533), how, random)).toBeNull();
    expect(sealed(new Uint8Array(65_532)).length).toBe(65_581);
  });
});

test('PADMÉ never makes smaller, and little larger', () => {
  fc.assert(
    fc.property(fc.integer({ min: 60_000, max: 3_000_000 }), (length) => {
      expect(padme(length)).toBeGreaterThanOrEqual(length);
      expect(padme(length)).toBeLessThanOrEqual(length + length / 29);
    }),
  );
});
