import * as v from 'valibot';
import { isDay } from '#lib/day.ts';
import type { CollectionName } from './database.ts';

// One list for saving and for reading a copy: what can be saved can also be read back.

const text = v.nullable(v.string());
const number = v.nullable(v.number());
const yesNo = v.nullable(v.boolean());
const day = v.nullable(
  v.pipe(
    v.string(),
    v.check((value) => isDay(value)),
  ),
);
const country = v.nullable(v.picklist(['kr', 'th', 'my']));
const currency = v.nullable(v.picklist(['KRW', 'THB', 'MYR', 'USD']));
const feeCurrency = v.nullable(v.picklist(['KRW', 'THB', 'MYR', 'USD', 'KHR']));
const provision = v.nullable(v.picklist(['free', 'deducted', 'none']));

type FieldSchema = v.GenericSchema<unknown, string | number | boolean | null>;

const FIELDS: Readonly<Record<CollectionName, Readonly<Record<string, FieldSchema>>>> = {
  contracts: {
    country,
    employer: text,
    employerPhone: text,
    workplace: text,
    job: v.nullable(
      v.picklist(['factory', 'farm', 'construction', 'domestic', 'fishing', 'services', 'other']),
    ),
    start: day,
    end: day,
    wage: number,
    wageUnit: v.nullable(v.picklist(['hour', 'day', 'month', 'piece'])),
    currency,
    hoursPerDay: number,
    daysPerWeek: number,
    housing: provision,
    housingDeduction: number,
    meals: provision,
    mealDeduction: number,
    fees: number,
    feesCurrency: feeCurrency,
    note: text,
  },
  pages: { contractId: text, photoId: text, position: number },
  agencies: { name: text, licence: text, country, address: text, phone: text, note: text },
  agencyPeople: { agencyId: text, name: text, role: text, phone: text },
  promises: { agencyId: text, text, madeOn: day },
  payments: {
    agencyId: text,
    amount: number,
    currency: feeCurrency,
    paidOn: day,
    paidTo: text,
    purpose: text,
  },
  receipts: { paymentId: text, photoId: text },
  contacts: {
    name: text,
    phone: text,
    relation: v.nullable(v.picklist(['family', 'friend', 'coworker', 'helper', 'other'])),
    position: number,
  },
  checklist: { done: yesNo, doneOn: day, date: day, note: text },
  cards: { words: text },
  choice: {
    contracts: yesNo,
    agencies: yesNo,
    contacts: yesNo,
    checklist: yesNo,
    cards: yesNo,
    photos: yesNo,
  },
};

/** Yes when the value fits the field. A field this app does not know takes any value, and survives. */
export function isFieldOf(collection: CollectionName, field: string, value: unknown): boolean {
  const fields = FIELDS[collection];
  const schema = Object.hasOwn(fields, field) ? fields[field] : undefined;
  return schema === undefined || v.is(schema, value);
}
