import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawDigits, GROUPS, groupsOf, isGroupRight, qrText, readCode } from './recoveryCode.ts';

const random = (count: number) => crypto.getRandomValues(new Uint8Array(count));
const codes = fc.stringMatching(/^\d{32}$/);
const toKhmer = (text: string) => text.replace(/\d/g, (digit) => String.fromCharCode(0x17e0 + Number(digit)));
const toThai = (text: string) => text.replace(/\d/g, (digit) => String.fromCharCode(0x0e50 + Number(digit)));

test('a drawn code has 32 digits, each about as often', () => {
  const counts = Array.from({ length: 10 }, () => 0);
  for (let round = 0; round < 400; round++) {
    const digits = drawDigits(random);
    expect(digits).toMatch(/^\d{32}$/);
    for (const digit of digits) counts[Number(digit)] = (counts[Number(digit)] ?? 0) + 1;
  }
  for (const count of counts) expect(count).toBeGreaterThan(1000);
});

test('a code is read with spaces, hyphens, Khmer or Thai digits, and from the QR', () => {
  fc.assert(
    fc.property(codes, (digits) => {
      const groups = groupsOf(digits);
      for (const typed of [
        groups.join(' '),
        groups.join('-'),
        toKhmer(groups.join(' ')),
        toThai(groups.join('')),
        qrText(digits),
      ])
        expect(readCode(typed)).toEqual({ type: 'Code', digits });
    }),
  );
});

describe('an error is found in its group', () => {
  test('one wrong digit', () => {
    fc.assert(
      fc.property(codes, fc.nat(39), fc.integer({ min: 1, max: 9 }), (digits, at, by) => {
        const code = groupsOf(digits).join('');
        const wrong = code.slice(0, at) + String((Number(code[at]) + by) % 10) + code.slice(at + 1);
        expect(readCode(wrong)).toEqual({ type: 'WrongGroup', group: Math.floor(at / 5) + 1 });
      }),
    );
  });

  test('two neighbours exchanged', () => {
    fc.assert(
      fc.property(codes, fc.nat(GROUPS - 1), fc.nat(3), (digits, group, at) => {
        const groups = groupsOf(digits);
        const one = groups[group] ?? '';
        const swapped = one.slice(0, at) + (one[at + 1] ?? '') + (one[at] ?? '') + one.slice(at + 2);
        fc.pre(swapped !== one);
        expect(isGroupRight(group + 1, swapped)).toBe(false);
      }),
    );
  });

  test('two groups exchanged', () => {
    fc.assert(
      fc.property(codes, fc.nat(GROUPS - 1), fc.nat(GROUPS - 1), (digits, a, b) => {
        const groups = groupsOf(digits);
        fc.pre(groups[a]?.slice(0, 4) !== groups[b]?.slice(0, 4));
        [groups[a], groups[b]] = [groups[b] ?? '', groups[a] ?? ''];
        expect(readCode(groups.join(' ')).type).toBe('WrongGroup');
      }),
    );
  });

  test('a group that is not complete is not wrong yet, and a code of another length is named so', () => {
    expect(isGroupRight(1, '012')).toBeNull();
    expect(isGroupRight(1, '០១២៣៦')).toBe(true);
    for (const text of ['', '01236', '85501', `${qrText('0'.repeat(32))}1`])
      expect(readCode(text)).toEqual({ type: 'WrongLength' });
  });
});
