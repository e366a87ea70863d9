import type { TFunction } from 'i18next';
import type { EntryName } from '#data/database.ts';
import type { FieldValue } from '#data/recordState.ts';
import {
  CURRENCIES,
  type Currency,
  currencyName,
  formatDay,
  formatMeasure,
  formatMoney,
  formatNumber,
} from '#i18n/format.ts';
import { isCountry, type Language } from '#i18n/languages.ts';
import { isDay } from '#lib/day.ts';

type Words = TFunction<'app'>;
type Values = Readonly<Record<string, FieldValue>>;

/** The word of each field that a worker fills in, as on its form. */
const WORDS: Readonly<Record<EntryName, Readonly<Record<string, (t: Words) => string>>>> = {
  contracts: {
    country: (t) => t(($) => $.more.country),
    employer: (t) => t(($) => $.contract.employer),
    employerPhone: (t) => t(($) => $.contract.employerPhone),
    workplace: (t) => t(($) => $.contract.workplace),
    job: (t) => t(($) => $.contract.job),
    start: (t) => t(($) => $.contract.start),
    end: (t) => t(($) => $.contract.end),
    wage: (t) => t(($) => $.contract.wage),
    wageUnit: (t) => t(($) => $.contract.wageUnit),
    currency: (t) => `${t(($) => $.contract.wage)}: ${t(($) => $.contract.currency)}`,
    hoursPerDay: (t) => t(($) => $.contract.hoursPerDay),
    daysPerWeek: (t) => t(($) => $.contract.daysPerWeek),
    housing: (t) => t(($) => $.contract.housing),
    housingDeduction: (t) => t(($) => $.contract.housingDeduction),
    meals: (t) => t(($) => $.contract.meals),
    mealDeduction: (t) => t(($) => $.contract.mealDeduction),
    fees: (t) => t(($) => $.contract.fees),
    feesCurrency: (t) => `${t(($) => $.contract.fees)}: ${t(($) => $.contract.currency)}`,
    note: (t) => t(($) => $.contract.note),
  },
  pages: {},
  agencies: {
    name: (t) => t(($) => $.agency.name),
    licence: (t) => t(($) => $.agency.licence),
    country: (t) => t(($) => $.more.country),
    address: (t) => t(($) => $.agency.address),
    phone: (t) => t(($) => $.agency.phone),
    note: (t) => t(($) => $.agency.note),
  },
  agencyPeople: {
    name: (t) => t(($) => $.agency.personName),
    role: (t) => t(($) => $.agency.personRole),
    phone: (t) => t(($) => $.agency.personPhone),
  },
  promises: {
    text: (t) => t(($) => $.agency.promise),
    madeOn: (t) => t(($) => $.agency.promiseDay),
  },
  payments: {
    amount: (t) => t(($) => $.agency.amount),
    currency: (t) => t(($) => $.agency.whichMoney),
    paidOn: (t) => t(($) => $.agency.paidOn),
    paidTo: (t) => t(($) => $.agency.paidTo),
    purpose: (t) => t(($) => $.agency.purpose),
  },
  receipts: {},
  contacts: {
    name: (t) => t(($) => $.contacts.name),
    phone: (t) => t(($) => $.contacts.phone),
    relation: (t) => t(($) => $.contacts.relation),
  },
  checklist: {
    done: (t) => t(($) => $.contract.done),
    doneOn: (t) => t(($) => $.contract.done),
    date: (t) => t(($) => $.checklist.date),
    note: (t) => t(($) => $.checklist.note),
  },
  cards: { words: (t) => t(($) => $.storage.cards) },
};

/** Fields that hold a record together and say nothing to a reader. */
const INNER = new Set(['contractId', 'agencyId', 'paymentId', 'photoId', 'position', 'kept']);

/** Which field says in which money an amount is. */
const MONEY_OF: Readonly<Record<string, string>> = {
  wage: 'currency',
  housingDeduction: 'currency',
  mealDeduction: 'currency',
  fees: 'feesCurrency',
  amount: 'currency',
};

/** The fields that have a word, in the order of the form. */
function fieldsOf(collection: EntryName): readonly string[] {
  return Object.keys(WORDS[collection]);
}

/** The fields of an entry that are filled in, in the order of the form; then those that only a newer app knows. */
export function filledFields(collection: EntryName, values: Values): readonly string[] {
  const known = fieldsOf(collection);
  const isFilled = (field: string): boolean => (values[field] ?? null) !== null && values[field] !== '';
  // The money stands beside its amount, and a day that something was done says that it was.
  const amounts = Object.entries(MONEY_OF).filter(([amount]) => known.includes(amount) && isFilled(amount));
  const said = new Set([...amounts.map(([, money]) => money), isFilled('doneOn') ? 'done' : '']);
  const rest = Object.keys(values).filter((field) => !known.includes(field));
  return [...known, ...rest].filter((field) => isShown(field) && isFilled(field) && !said.has(field));
}

/** Yes for a field of a record that is worth a line: also one that only a newer app knows. */
export function isShown(field: string): boolean {
  return !INNER.has(field);
}

/** Yes for a field that the worker is asked about when two phones differ. A tick is seen and set with one touch. */
export function isAsked(field: string): boolean {
  return isShown(field) && field !== 'done' && field !== 'doneOn';
}

/** The word of a field; a field of a newer app has only its own name. */
export function fieldWord(t: Words, collection: EntryName, field: string): string {
  const words = WORDS[collection];
  return Object.hasOwn(words, field) ? (words[field]?.(t) ?? field) : field;
}

/** A value as its form would show it. `values` are the other fields of the record: an amount needs its money. */
export function valueText(
  t: Words,
  field: string,
  value: FieldValue,
  values: Values,
  language: Language,
): string {
  if (value === null || value === '') return t(($) => $.sync.conflicts.nothing);
  if (typeof value === 'boolean') {
    return value ? t(($) => $.sync.conflicts.yes) : t(($) => $.sync.conflicts.no);
  }
  if (typeof value === 'number') return numberText(field, value, values, language);
  if (isDay(value)) return formatDay(value, language, { bothYears: true });
  return choiceText(t, field, value, language) ?? value;
}

function numberText(field: string, value: number, values: Values, language: Language): string {
  if (field === 'hoursPerDay') return formatMeasure(value, 'hour', language);
  if (field === 'daysPerWeek') return formatMeasure(value, 'day', language);
  const currency = values[MONEY_OF[field] ?? ''];
  return isCurrency(currency) ? formatMoney(value, currency, language) : formatNumber(value);
}

/** The word of a value that was chosen from a few; `null` for the worker's own words. */
function choiceText(t: Words, field: string, value: string, language: Language): string | null {
  if (field === 'country' && isCountry(value)) return t(($) => $.countries[value]);
  if (field in { currency: 0, feesCurrency: 0 } && isCurrency(value)) return currencyName(value, language);
  const lists = {
    job: t(($) => $.contract.jobs, { returnObjects: true }),
    wageUnit: t(($) => $.contract.wageUnits, { returnObjects: true }),
    housing: t(($) => $.contract.provided, { returnObjects: true }),
    meals: t(($) => $.contract.provided, { returnObjects: true }),
    relation: t(($) => $.contacts.relations, { returnObjects: true }),
  };
  const list: Readonly<Record<string, string>> | undefined = Object.hasOwn(lists, field)
    ? lists[field as keyof typeof lists]
    : undefined;
  return list && Object.hasOwn(list, value) ? (list[value] ?? null) : null;
}

function isCurrency(value: unknown): value is Currency {
  return (CURRENCIES as readonly unknown[]).includes(value);
}
