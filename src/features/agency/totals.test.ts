import { expect, test } from 'vitest';
import { emptyPayment, type Payment } from '#data/payments.ts';
import { formatAmount, readAmount, totalsOf } from './totals.ts';

function aPayment(fields: Partial<Payment>): Payment {
  return { id: 'payment', ...emptyPayment('agency'), ...fields };
}

test('adds what was paid, each money for itself', () => {
  const payments = [
    aPayment({ amount: 0.1, currency: 'USD' }),
    aPayment({ amount: 4000, currency: 'THB' }),
    aPayment({ amount: 0.2, currency: 'USD' }),
    aPayment({ currency: 'KRW' }),
    aPayment({ amount: 50 }),
  ];
  expect(totalsOf(payments)).toEqual([
    { currency: 'THB', amount: 4000 },
    { currency: 'USD', amount: 0.3 },
    { currency: null, amount: 50 },
  ]);
  expect(totalsOf([])).toEqual([]);
});

test('never guesses which money it was', () => {
  expect(formatAmount({ amount: 4000, currency: null }, 'km')).toBe('4,000');
  expect(formatAmount({ amount: 4000, currency: 'USD' }, 'ko')).toBe('4,000달러');
});

test('takes Khmer and Thai digits, and refuses what is no number', () => {
  expect(['៤០០០', '๑,๕๐๐', '12.50', '0'].map(readAmount)).toEqual([4000, 1500, 12.5, 0]);
  expect(
    ['', 'four', '4 000 $', '1.2.3', '-5', '9999999999999'].every((text) => readAmount(text) === null),
  ).toBe(true);
});
