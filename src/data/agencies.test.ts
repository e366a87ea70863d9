import { expect, test } from 'vitest';
import { anAgency, aPhoto } from '#tests/support/builders.ts';
import { aPhone, valueOf } from '#tests/data/phone.ts';
import { getAgency, listAgencies, removeAgency, saveAgency } from './agencies.ts';
import { emptyAgencyPerson, listAgencyPeople, removeAgencyPerson, saveAgencyPerson } from './agencyPeople.ts';
import { type Database, newId } from './database.ts';
import { emptyPayment, listPayments, removePayment, savePayment } from './payments.ts';
import { emptyPromise, listPromises, removePromise, savePromise } from './promises.ts';
import { addReceipt, listReceipts, removeReceipt } from './receipts.ts';
import { restoreRecord } from './records.ts';

test('brings a removed agency back with its people, promises, payments and receipts', async () => {
  const db = await aPhone().open();
  const { agency, payment } = await fullAgency(db);
  const everything = () => readAgency(db, agency, payment.id);
  const before = await everything();
  expect(before.map((part) => (Array.isArray(part) ? part.length : part !== null))).toEqual([
    true,
    1,
    2,
    1,
    1,
  ]);
  const other = newId(db);
  valueOf(await saveAgency(db, other, anAgency({ name: 'Another' })));
  const removed = valueOf(await removeAgency(db, agency));
  expect(await everything()).toEqual([null, [], [], [], []]);
  expect((await listAgencies(db)).map((left) => left.id)).toEqual([other]);
  valueOf(await restoreRecord(db, removed));
  expect(await everything()).toEqual(before);
});

test('removes and brings back each part alone', async () => {
  const db = await aPhone().open();
  const { agency, payment } = await fullAgency(db);
  const before = await readAgency(db, agency, payment.id);
  const [, [person], [promise], , [receipt]] = before;
  for (const removed of [
    await removeAgencyPerson(db, person?.id ?? ''),
    await removePromise(db, promise?.id ?? ''),
    await removeReceipt(db, receipt?.id ?? ''),
    await removePayment(db, payment.id),
  ]) {
    valueOf(await restoreRecord(db, valueOf(removed)));
  }
  // Bringing the receipt back first made an empty payment for it, which says so in a field of its own.
  expect(await readAgency(db, agency, payment.id)).toMatchObject(before);
});

test('shows a promise again whose agency was removed in another tab', async () => {
  const phone = aPhone();
  const db = await phone.open();
  const other = await phone.open();
  const agency = newId(db);
  valueOf(await saveAgency(db, agency, anAgency()));
  valueOf(await removeAgency(db, agency));
  valueOf(await savePromise(other, newId(other), { ...emptyPromise(agency), text: 'free housing' }));
  expect(await getAgency(db, agency)).not.toBeNull();
  expect(await listPromises(db, agency)).toHaveLength(1);
});

test('keeps a receipt and its payment when the payment was removed in another tab', async () => {
  const db = await aPhone().open();
  const { agency, payment } = await fullAgency(db);
  valueOf(await removeAgency(db, agency));
  valueOf(await addReceipt(db, payment, aPhoto({ seed: 5 })));
  expect(await listPayments(db, agency)).toEqual([payment]);
  expect(await listReceipts(db, payment.id)).toHaveLength(1);
  expect(await listAgencies(db)).toHaveLength(1);
});

async function fullAgency(db: Database) {
  const agency = newId(db);
  valueOf(await saveAgency(db, agency, anAgency()));
  const person = { ...emptyAgencyPerson(agency), name: 'Mr Example', role: 'broker' };
  valueOf(await saveAgencyPerson(db, newId(db), person));
  for (const [text, madeOn] of [
    ['overtime is paid', '2026-02-02'],
    ['free housing', '2026-01-01'],
  ] as const) {
    valueOf(await savePromise(db, newId(db), { ...emptyPromise(agency), text, madeOn }));
  }
  const { ...fields } = {
    ...emptyPayment(agency),
    amount: 900,
    currency: 'USD',
    paidOn: '2026-01-05',
  } as const;
  const payment = { id: newId(db), ...fields };
  valueOf(await savePayment(db, payment.id, fields));
  valueOf(await addReceipt(db, payment, aPhoto()));
  return { agency, payment };
}

function readAgency(db: Database, agency: string, payment: string) {
  return Promise.all([
    getAgency(db, agency),
    listAgencyPeople(db, agency),
    listPromises(db, agency),
    listPayments(db, agency),
    listReceipts(db, payment),
  ]);
}
