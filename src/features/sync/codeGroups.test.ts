import { describe, expect, test } from 'vitest';
import { groupsOf, plainDigits, qrText } from '#crypto/recoveryCode.ts';
import { digitsOf, emptyGroups, isGroupOf, pickTwoGroups, typeInto } from './codeGroups.ts';

const DIGITS = '01234567890123456789012345678901';
const GROUPS = ['01236', '45673', '89015', '23452', '67898', '01232', '45671', '89019'];

describe('typing a code from paper', () => {
  test('goes on to the next field when a group is complete', () => {
    const first = typeInto(emptyGroups(), 0, '0123');
    expect(first).toEqual({ groups: ['0123', '', '', '', '', '', '', ''], next: 0 });
    expect(typeInto(first.groups, 0, '01236')).toEqual({
      groups: ['01236', '', '', '', '', '', '', ''],
      next: 1,
    });
  });

  test('takes Khmer and Thai digits', () => {
    expect(typeInto(emptyGroups(), 0, '០១២៣៦').groups[0]).toBe('01236');
    expect(typeInto(emptyGroups(), 1, '๔๕๖๗๓').groups[1]).toBe('45673');
    expect(plainDigits('៤ ๕-6')).toBe('456');
  });

  test('fills all fields from a pasted code, wherever it is pasted and however it is written', () => {
    for (const text of [GROUPS.join(' '), GROUPS.join(''), `code: ${GROUPS.join('-')}`, qrText(DIGITS)]) {
      expect(typeInto(emptyGroups(), 4, text).groups, text).toEqual(GROUPS);
    }
  });

  test('keeps a pasted code with a mistake, so that only the wrong group is typed again', () => {
    const typed = typeInto(emptyGroups(), 3, ['01237', ...GROUPS.slice(1)].join(' '));
    expect(typed.groups).toEqual(['01237', ...GROUPS.slice(1)]);
    expect(digitsOf(typed.groups)).toBeNull();
  });

  test('spreads half a code over the fields that follow and leaves the others as they are', () => {
    const { groups, next } = typeInto(['1', '', '', '', '', '', '', '8'], 1, '45673 89015 2');
    expect(groups).toEqual(['1', '45673', '89015', '2', '', '', '', '8']);
    expect(next).toBe(3);
  });

  test('never writes behind the last field', () => {
    expect(typeInto(emptyGroups(), 7, '8901912345').groups).toEqual(['', '', '', '', '', '', '', '89019']);
  });

  test('gives the digits once all eight groups are right', () => {
    expect(digitsOf(GROUPS)).toBe(DIGITS);
    expect(digitsOf(GROUPS.toReversed())).toBeNull();
    expect(digitsOf(emptyGroups())).toBeNull();
  });
});

describe('typing two groups back', () => {
  test('asks for two different groups of the eight', () => {
    for (const first of [0, 0.4, 0.999]) {
      for (const second of [0, 0.5, 0.999]) {
        const drawn = [first, second];
        const [a, b] = pickTwoGroups(() => drawn.shift() ?? 0);
        expect(a).toBeGreaterThanOrEqual(1);
        expect(b).toBeGreaterThan(a);
        expect(b).toBeLessThanOrEqual(8);
      }
    }
  });

  test('can ask for every group', () => {
    const asked = new Set(Array.from({ length: 200 }, () => pickTwoGroups(Math.random)).flat());
    expect(asked.size).toBe(8);
  });

  test('knows the group, waits while it is typed, and refuses another group of the same code', () => {
    expect(groupsOf(DIGITS)).toEqual(GROUPS);
    expect(isGroupOf(DIGITS, 2, '4567')).toBeNull();
    expect(isGroupOf(DIGITS, 2, ' ៤៥៦៧៣ ')).toBe(true);
    expect(isGroupOf(DIGITS, 2, '89015')).toBe(false);
    expect(isGroupOf(DIGITS, 2, '456733')).toBe(false);
  });
});
