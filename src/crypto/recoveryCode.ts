import type { RandomBytes } from './envelope.ts';

/*
 * The code that opens a worker's copy: 32 random digits, shown as 8 groups of 4 digits and a check digit
 * (docs/sync-design.md §1). Digits, because every language has them, and an error is found while typing, group by group.
 */

export const GROUPS = 8;
const DIGITS_PER_GROUP = 4;
/** Of a group as it is shown and typed: with its check digit. */
export const TYPED_DIGITS = DIGITS_PER_GROUP + 1;
/** First in every check digit, so that a code of another kind never fits. */
const VERSION = '1';
/** Before the digits in the QR code: no other QR of a shop or a bank begins so. */
const QR_PREFIX = '85501';

/** H. Michael Damm's quasigroup of order 10, the usual table. */
const DAMM = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
];

function damm(digits: string): string {
  return digits.split('').reduce((interim, digit) => DAMM[Number(interim)]?.[Number(digit)] ?? '0', '0');
}

/** The check digit of a group; `number` from 1 to 8, so that two exchanged groups are found too. */
function checkDigit(number: number, digits: string): string {
  return damm(VERSION + String(number) + digits);
}

/** Draws 32 digits. Numbers of 60000 and more are drawn again: without them each of the 10000 parts is as likely. */
export function drawDigits(randomBytes: RandomBytes): string {
  let digits = '';
  while (digits.length < GROUPS * DIGITS_PER_GROUP) {
    const [high = 0, low = 0] = randomBytes(2);
    const drawn = high * 256 + low;
    if (drawn < 60_000) digits += String(drawn % 10_000).padStart(DIGITS_PER_GROUP, '0');
  }
  return digits;
}

/** The 8 groups of 5 digits that stand for 32 digits. */
export function groupsOf(digits: string): string[] {
  return Array.from({ length: GROUPS }, (_, index) => {
    const part = digits.slice(index * DIGITS_PER_GROUP, (index + 1) * DIGITS_PER_GROUP);
    return part + checkDigit(index + 1, part);
  });
}

/** What the QR code holds: digits only, and not a link, which would land in histories and other apps. */
export function qrText(digits: string): string {
  return QR_PREFIX + groupsOf(digits).join('');
}

/** The 32 digits; or which group is wrong (1 to 8); or that the length is not that of a code. */
export type ReadCode =
  | { type: 'Code'; digits: string }
  | { type: 'WrongGroup'; group: number }
  | { type: 'WrongLength' };

/** Khmer and Thai digits as 0-9; what is no digit is left out. */
export function plainDigits(text: string): string {
  return Array.from(text, (sign) => {
    const code = sign.charCodeAt(0);
    if (code >= 0x30 && code <= 0x39) return sign;
    if (code >= 0x17e0 && code <= 0x17e9) return String(code - 0x17e0);
    if (code >= 0x0e50 && code <= 0x0e59) return String(code - 0x0e50);
    return '';
  }).join('');
}

/** Whether what was typed for a group (1 to 8) is right; a group that is not complete is not wrong yet. */
export function isGroupRight(group: number, typed: string): boolean | null {
  const digits = plainDigits(typed);
  if (digits.length < TYPED_DIGITS) return null;
  const part = digits.slice(0, DIGITS_PER_GROUP);
  return digits === part + checkDigit(group, part);
}

/** Reads a typed or scanned code, in any digits and with anything between them. Never throws. */
export function readCode(text: string): ReadCode {
  const all = plainDigits(text);
  const typed = GROUPS * TYPED_DIGITS;
  const digits =
    all.length === QR_PREFIX.length + typed && all.startsWith(QR_PREFIX) ? all.slice(QR_PREFIX.length) : all;
  if (digits.length !== typed) return { type: 'WrongLength' };
  let code = '';
  for (let group = 1; group <= GROUPS; group++) {
    const part = digits.slice((group - 1) * TYPED_DIGITS, group * TYPED_DIGITS);
    if (isGroupRight(group, part) !== true) return { type: 'WrongGroup', group };
    code += part.slice(0, DIGITS_PER_GROUP);
  }
  return { type: 'Code', digits: code };
}
