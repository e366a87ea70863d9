import { GROUPS, groupsOf, readCode } from '#crypto/recoveryCode.ts';
import { toLatinDigits } from '#i18n/format.ts';

export const DIGITS = 5;

/** What stands in the eight fields, each with its own digits. */
export type TypedGroups = readonly string[];

export function emptyGroups(): TypedGroups {
  return Array.from({ length: GROUPS }, () => '');
}

/** The digits of a text as 0-9, also Khmer and Thai ones; everything else is left out. */
export function digitsIn(text: string): string {
  return toLatinDigits(text).replace(/\D/g, '');
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
  const typed = digitsIn(text);
  const from = typed.length === GROUPS * DIGITS ? 0 : index;
  const filled = [...groups];
  filled[from] = typed.slice(0, DIGITS);
  let place = from;
  for (let rest = typed.slice(DIGITS); rest !== '' && place + 1 < GROUPS; rest = rest.slice(DIGITS)) {
    place += 1;
    filled[place] = rest.slice(0, DIGITS);
  }
  const isFull = filled[place]?.length === DIGITS;
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
  const read = digitsIn(typed);
  return read.length < DIGITS ? null : read === groupsOf(digits)[group - 1];
}
