import { parseNumber } from '#i18n/format.ts';

/** A dot before three digits: in Cambodia also written between thousands, and no amount of pay has three decimals. */
const THOUSANDS_WITH_DOTS =
  /^[1-9\u17e1-\u17e9\u0e51-\u0e59][\d\u17e0-\u17e9\u0e50-\u0e59]{0,2}(\.[\d\u17e0-\u17e9\u0e50-\u0e59]{3})+$/;

/** An amount of money as the worker typed it, also half typed (`12.`); `null` when it is none. */
export function parseAmount(text: string): number | null {
  const typed = text.trim().replace(/[.,]$/, '');
  const amount = parseNumber(THOUSANDS_WITH_DOTS.test(typed) ? typed.replaceAll('.', '') : typed);
  return amount !== null && Number.isFinite(amount) ? amount : null;
}
