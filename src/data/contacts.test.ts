import { expect, test } from 'vitest';
import { aContact } from '#tests/support/builders.ts';
import { aPhone, valueOf } from '#tests/data/phone.ts';
import { getContact, listContacts, moveContact, removeContact, saveContact } from './contacts.ts';
import { type Database, newId } from './database.ts';
import { restoreRecord } from './records.ts';

test('puts a new person behind the others, and keeps the place when the number changes', async () => {
  const db = await aPhone().open();
  const [first] = await save(db, ['Dara', 'Maly', 'Sok']);
  valueOf(await saveContact(db, first ?? '', { phone: '012' }));
  expect(await names(db)).toEqual(['Dara', 'Maly', 'Sok']);
  expect(await getContact(db, first ?? '')).toMatchObject({ name: 'Dara', phone: '012' });
});

test('moves a person to the top, and back by undoing a removal to the same place', async () => {
  const db = await aPhone().open();
  const [, , third] = await save(db, ['Dara', 'Maly', 'Sok']);
  valueOf(await moveContact(db, third ?? '', 0));
  expect(await names(db)).toEqual(['Sok', 'Dara', 'Maly']);
  const removed = valueOf(await removeContact(db, third ?? ''));
  expect(await names(db)).toEqual(['Dara', 'Maly']);
  valueOf(await restoreRecord(db, removed));
  expect(await names(db)).toEqual(['Sok', 'Dara', 'Maly']);
  valueOf(await moveContact(db, 'nobody', 0));
  expect(await names(db)).toHaveLength(3);
});

test('shows a person saved in the other tab', async () => {
  const phone = aPhone();
  const here = await phone.open();
  const there = await phone.open();
  await save(here, ['Dara']);
  await save(there, ['Maly']);
  expect(await names(here)).toEqual(['Dara', 'Maly']);
});

async function save(db: Database, people: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const name of people) {
    const id = newId(db);
    valueOf(await saveContact(db, id, aContact({ name })));
    ids.push(id);
  }
  return ids;
}

async function names(db: Database) {
  return (await listContacts(db)).map((contact) => contact.name);
}
