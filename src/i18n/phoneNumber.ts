import { toDialable, toLatinDigits } from './format.ts';

/**
 * A phone number as the worker types it, with its digits in 0-9; everything else stays as typed.
 * Numbers are never rewritten: a country code is the worker's to add.
 */
export function readPhoneNumber(text: string): { text: string; isDialable: boolean } {
  const shown = toLatinDigits(text).trim();
  const digits = toDialable(shown).replace('+', '');
  // E.164 allows 15 digits at most; short codes have three or more.
  const isDialable = /^\+?[\d\s().-]+$/.test(shown) && digits.length >= 3 && digits.length <= 15;
  return { text: shown, isDialable };
}
