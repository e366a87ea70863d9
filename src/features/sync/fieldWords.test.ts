import { describe, expect, test } from 'vitest';
import { emptyAgency } from '#data/agencies.ts';
import { emptyAgencyPerson } from '#data/agencyPeople.ts';
import { emptyCard } from '#data/cards.ts';
import { emptyMark } from '#data/checklist.ts';
import { emptyContact } from '#data/contacts.ts';
import { emptyContract } from '#data/contracts.ts';
import { emptyPayment } from '#data/payments.ts';
import { emptyPromise } from '#data/promises.ts';
import { createI18n } from '#i18n/i18n.ts';
import english from '#locales/en.json' with { type: 'json' };
import { fieldWord, filledFields, isShown, valueText } from './fieldWords.ts';

const { t } = createI18n('en', english);
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

test.each([
  ['contracts', emptyContract(null)],
  ['agencies', emptyAgency(null)],
  ['agencyPeople', emptyAgencyPerson(null)],
  ['promises', emptyPromise(null)],
  ['payments', emptyPayment(null)],
  ['contacts', emptyContact()],
  ['checklist', emptyMark()],
  ['cards', emptyCard()],
] as const)('every field of %s that a worker fills in has a word', (collection, empty) => {
  const fields = Object.keys(empty).filter(isShown);
  expect(fields.filter((field) => fieldWord(t, collection, field) === field)).toEqual([]);
});

test('a field of a newer app is shown by its own name', () => {
  expect(fieldWord(t, 'contracts', 'overtimeRate')).toBe('overtimeRate');
  expect(fieldWord(t, 'contracts', 'toString')).toBe('toString');
  expect(valueText(t, 'overtimeRate', 1.5, {}, 'en')).toBe('1.5');
});

describe('values as their form shows them', () => {
  test.each([
    ['hoursPerDay', 12, '12 hours'],
    ['daysPerWeek', 6, '6 days'],
    ['start', '2026-03-01', '1 March 2026'],
    ['job', 'farm', 'Farm'],
    ['wageUnit', 'month', 'month'],
    ['housing', 'deducted', 'Taken from pay'],
    ['relation', 'family', 'Family'],
    ['country', 'kr', 'South Korea'],
    ['currency', 'KRW', 'won'],
    ['done', true, 'yes'],
    ['employer', null, 'nothing'],
    ['employer', '한빛농장', '한빛농장'],
    // Of a newer app, or from a hostile one: text, and never a word of ours.
    ['job', 'mining', 'mining'],
    ['job', 'toString', 'toString'],
  ] as const)('%s: %s', (field, value, text) => {
    expect(plain(valueText(t, field, value, {}, 'en'))).toBe(text);
  });

  test('an amount carries its money when it is known', () => {
    expect(plain(valueText(t, 'wage', 2_156_880, { currency: 'KRW' }, 'en'))).toBe('2,156,880 won');
    expect(plain(valueText(t, 'fees', 900, { currency: 'KRW', feesCurrency: 'USD' }, 'en'))).toBe(
      '900 US dollars',
    );
    expect(valueText(t, 'amount', 900, {}, 'en')).toBe('900');
  });
});

describe('what the family reads of an entry', () => {
  test('only what is filled in, in the order of the form', () => {
    const values = { note: 'a', employer: 'Kim Farm', wage: null, workplace: '', contractId: 'k1' };
    expect(filledFields('contracts', values)).toEqual(['employer', 'note']);
  });

  test('the money once, beside its amount', () => {
    expect(filledFields('contracts', { wage: 1, currency: 'KRW' })).toEqual(['wage']);
    expect(filledFields('contracts', { currency: 'KRW' })).toEqual(['currency']);
  });

  test('also what only a newer app knows', () => {
    expect(filledFields('contacts', { name: 'A', telegram: '@a' })).toEqual(['name', 'telegram']);
  });
});
