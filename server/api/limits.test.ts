import { describe, expect, test } from 'vitest';
import { LIMITS } from '#shared/protocol.ts';
import { createBuckets } from './buckets.ts';
import { createByteBudget } from './byteBudget.ts';
import { clientAddress } from './clientAddress.ts';
import { createTurns } from './turns.ts';

describe('buckets', () => {
  const aBucket = (rules: Partial<Parameters<typeof createBuckets>[0]> = {}) => {
    const clock = { now: 0 };
    const buckets = createBuckets({ capacity: 3, perMinute: 6, most: 1000, now: () => clock.now, ...rules });
    return { buckets, clock };
  };

  test('give what they hold at once, and then as fast as they fill', () => {
    const { buckets, clock } = aBucket();
    expect([1, 2, 3].map(() => buckets.take('a'))).toEqual([0, 0, 0]);
    expect(buckets.take('a')).toBe(10);
    clock.now += 9999;
    expect(buckets.take('a')).toBe(1);
    clock.now += 1;
    expect(buckets.take('a')).toBe(0);
    expect(buckets.take('b')).toBe(0);
    clock.now += 10 * 60_000;
    expect([1, 2, 3, 4].map(() => buckets.take('a'))).toEqual([0, 0, 0, 10]);
  });

  test('give nothing for a clock that is set back', () => {
    const { buckets, clock } = aBucket();
    for (let taken = 0; taken < 3; taken += 1) buckets.take('a');
    clock.now -= 3_600_000;
    expect(buckets.take('a')).toBe(10);
  });

  test('stay few under an attack from a hundred thousand addresses, and remember who asks often', () => {
    const { buckets, clock } = aBucket({ most: 100 });
    for (let taken = 0; taken < 3; taken += 1) buckets.take('often');
    for (let address = 0; address < 100_000; address += 1) {
      if (address % 50 === 0) expect(buckets.take('often')).toBeGreaterThan(0);
      buckets.take(String(address));
      expect(buckets.size()).toBeLessThanOrEqual(100);
    }
    // Full ones are forgotten.
    clock.now += 3_600_000;
    buckets.take('b');
    expect(buckets.size()).toBe(1);
  });
});

test('memory for bodies is given once, and comes back once', () => {
  const memory = createByteBudget(800);
  const first = memory.take('a', 100);
  expect(first).not.toBeNull();
  expect(memory.take('a', 1)).toBeNull();
  const others = ['b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name) => memory.take(name, 100));
  expect(memory.take('i', 1)).toBeNull();
  first?.();
  first?.();
  expect(memory.held()).toBe(700);
  expect(memory.take('i', 100)).not.toBeNull();
  for (const release of others) release?.();
  expect(memory.held()).toBe(100);
});

test('photos that wait leave memory for entries, and entries for what is small', () => {
  const memory = createByteBudget(64 * 1024 * 1024);
  const fill = (name: string, bytes: number): number => {
    let taken = 0;
    for (let key = 0; key < 16; key += 1) while (memory.take(name + key, bytes)) taken += 1;
    return taken;
  };
  expect(fill('photos', LIMITS.blob)).toBe(24);
  expect(fill('entries', LIMITS.pushBytes)).toBe(8);
  expect(memory.take('small', 64 * 1024)).not.toBeNull();
});

test('work for one account is done one after the other, and a failure holds nobody up', async () => {
  const inTurn = createTurns();
  const seen: string[] = [];
  const work = (name: string, wait: number) => async () => {
    seen.push(`${name} begins`);
    await new Promise((resolve) => setTimeout(resolve, wait));
    seen.push(`${name} ends`);
    if (name === 'first') throw new Error('first failed');
    return name;
  };
  const all = await Promise.allSettled([
    inTurn('a', work('first', 20)),
    inTurn('a', work('second', 1)),
    inTurn('b', work('other', 1)),
  ]);
  expect(all.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  expect(seen.filter((line) => !line.startsWith('other'))).toEqual([
    'first begins',
    'first ends',
    'second begins',
    'second ends',
  ]);
  expect(seen.indexOf('other ends')).toBeLessThan(seen.indexOf('first ends'));
});

test.each([
  ['203.0.113.7', undefined, 0, '203.0.113.7'],
  ['::ffff:203.0.113.7', undefined, 0, '203.0.113.7'],
  ['2001:db8::1', undefined, 0, '2001:db8:0:0::/64'],
  ['2001:DB8:0:1:2:3:4:5', undefined, 0, '2001:db8:0:1::/64'],
  ['2001:db8:00:01::5', undefined, 0, '2001:db8:0:1::/64'],
  ['::1', undefined, 0, '0:0:0:0::/64'],
  ['fe80::1%eth0', undefined, 0, 'fe80:0:0:0::/64'],
  ['64:ff9b::192.0.2.1', undefined, 0, '64:ff9b:0:0::/64'],
  [undefined, undefined, 0, 'unknown'],
  ['10.0.0.1', '198.51.100.1', 0, '10.0.0.1'],
  ['10.0.0.1', '198.51.100.1', 1, '198.51.100.1'],
  ['10.0.0.1', '1.1.1.1, 198.51.100.1', 1, '198.51.100.1'],
  ['10.0.0.1', '1.1.1.1, 198.51.100.1, 10.0.0.2', 2, '198.51.100.1'],
  ['10.0.0.1', '198.51.100.1', 2, '10.0.0.1'],
  ['10.0.0.1', undefined, 1, '10.0.0.1'],
  ['10.0.0.1', 'unknown, _hidden', 1, '10.0.0.1'],
  ['10.0.0.1', '198.51.100.1:4711', 1, '198.51.100.1'],
  ['10.0.0.1', '[2001:db8::1]:4711', 1, '2001:db8:0:0::/64'],
  ['10.0.0.1', '2001:db8::1', 1, '2001:db8:0:0::/64'],
])(
  'socket %s with X-Forwarded-For %s behind %i proxies counts as %s',
  (socket, forwarded, proxies, expected) => {
    expect(clientAddress(socket, forwarded, proxies)).toBe(expected);
  },
);
