import type { FeeCurrency } from '#data/contracts.ts';
import type { Payment } from '#data/payments.ts';
import { CURRENCIES, formatMoney, formatNumber, parseNumber } from '#i18n/format.ts';
import type { Language } from '#i18n/languages.ts';

export interface Total {
  /** `null`: the worker has not said which money it was. */
  readonly currency: FeeCurrency | null;
  readonly amount: number;
}

/** What was paid, one sum for each currency; payments without an amount count for nothing. */
export function totalsOf(payments: readonly Payment[]): Total[] {
  return [...CURRENCIES, null].flatMap((currency) => {
    const paid = payments.filter((payment) => payment.currency === currency && payment.amount !== null);
    const sum = paid.reduce((total, { amount }) => total + (amount ?? 0), 0);
    // 0.1 + 0.2 must not read 0.30000000000000004.
    return paid.length > 0 ? [{ currency, amount: Math.round(sum * 100) / 100 }] : [];
  });
}

/** An amount with its currency, or the bare number while the currency is not known. */
export function formatAmount({ amount, currency }: Total, language: Language): string {
  return currency ? formatMoney(amount, currency, language) : formatNumber(amount);
}

/** More than any fee, and still printed and added without rounding. */
const MOST = 999_999_999_999;

/** An amount as the worker types it, in any digits; `null` when it is no number. */
export function readAmount(text: string): number | null {
  const amount = parseNumber(text);
  return amount === null || amount > MOST ? null : amount;
}
