import { GROUPS, groupsOf, plainDigits, readCode, TYPED_DIGITS } from '#crypto/recoveryCode.ts';

/** What stands in the eight fields, each with its own digits. */
export type TypedGroups = readonly string[];

export function emptyGroups(): TypedGroups {
  return Array.from({ length: GROUPS }, () => '');
}

/**
 * Puts what was typed or pasted into field `index`. What does not fit there goes on in the next fields, and a whole
 * code fills all of them from the first. Gives the fields, and the one to go on with.
 */
export function typeInto(
  groups: TypedGroups,
  index: number,
  text: string,
): { groups: TypedGroups; next: number } {
  const whole = readCode(text);
  if (whole.type === 'Code') return { groups: groupsOf(whole.digits), next: GROUPS - 1 };
  const typed = plainDigits(text);
  const from = typed.length === GROUPS * TYPED_DIGITS ? 0 : index;
  const filled = [...groups];
  filled[from] = typed.slice(0, TYPED_DIGITS);
  let place = from;
  for (
    let rest = typed.slice(TYPED_DIGITS);
    rest !== '' && place + 1 < GROUPS;
    rest = rest.slice(TYPED_DIGITS)
  ) {
    place += 1;
    filled[place] = rest.slice(0, TYPED_DIGITS);
  }
  const isFull = filled[place]?.length === TYPED_DIGITS;
  return { groups: filled, next: isFull ? Math.min(place + 1, GROUPS - 1) : place };
}

/** The 32 digits, once all eight groups are right. */
export function digitsOf(groups: TypedGroups): string | null {
  const read = readCode(groups.join(''));
  return read.type === 'Code' ? read.digits : null;
}

/** Two different groups (1 to 8), the smaller first, that the worker is asked to type back. */
export function pickTwoGroups(random: () => number): readonly [number, number] {
  const first = Math.floor(random() * GROUPS);
  const second = (first + 1 + Math.floor(random() * (GROUPS - 1))) % GROUPS;
  return [Math.min(first, second) + 1, Math.max(first, second) + 1];
}

/** Whether what was typed is that group of the code; `null` while it is not complete. */
export function isGroupOf(digits: string, group: number, typed: string): boolean | null {
  const read = plainDigits(typed);
  return read.length < TYPED_DIGITS ? null : read === groupsOf(digits)[group - 1];
}
