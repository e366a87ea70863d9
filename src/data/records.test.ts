import { expect, test, vi } from 'vitest';
import { aContact, aContract, aPhoto } from '#tests/support/builders.ts';
import { aPhone, dump, fillStorage, START, silenceDexie, valueOf } from '#tests/data/phone.ts';
import { listContacts, saveContact } from './contacts.ts';
import { getContract, listContracts, removeContract, saveContract } from './contracts.ts';
import { newId } from './database.ts';
import { addPages, listPages } from './pages.ts';
import { readState, restoreRecord } from './records.ts';

test('keeps the contract when the phone restarts', async () => {
  const phone = aPhone();
  const db = await phone.open();
  const id = newId(db);
  valueOf(await saveContract(db, id, aContract({ employer: 'Kim Farm' })));
  const after = await phone.restart();
  expect(await getContract(after, id)).toEqual({ id, ...aContract({ employer: 'Kim Farm' }) });
});

test('saves the same form twice as one contract', async () => {
  const db = await aPhone().open();
  const id = newId(db);
  valueOf(await saveContract(db, id, aContract()));
  valueOf(await saveContract(db, id, aContract()));
  expect(await listContracts(db)).toHaveLength(1);
});

test('shows what was not filled in as not filled in', async () => {
  const db = await aPhone().open();
  const id = newId(db);
  valueOf(await saveContract(db, id, { country: 'th', note: '' }));
  expect(await getContract(db, id)).toMatchObject({ country: 'th', employer: null, wage: null, note: null });
});

test('keeps a contract in which nothing is filled in yet', async () => {
  const db = await aPhone().open();
  const id = newId(db);
  valueOf(await saveContract(db, id, { country: null, note: null }));
  expect(await getContract(db, id)).toMatchObject({ id, country: null });
});

test('writes down only the fields that changed, in the order they were written', async () => {
  const phone = aPhone();
  const db = await phone.open();
  const id = newId(db);
  const name = { collection: 'contracts', id } as const;
  valueOf(await saveContract(db, id, { country: 'kr', wage: 10 }));
  valueOf(await saveContract(db, id, { country: 'kr', wage: 12 }));
  valueOf(await saveContract(db, id, { wage: null }));
  valueOf(await saveContract(db, id, { wage: null, country: 'kr' }));
  expect(await readState(db, name)).toEqual({
    vv: { [db.me]: 3 },
    f: {
      country: [{ d: db.me, n: 1, t: START, v: 'kr' }],
      wage: [{ d: db.me, n: 3, t: START + 2, v: null }],
    },
  });
});

test('goes on in order when the clock of the phone was set back', async () => {
  const phone = aPhone();
  const db = await phone.open();
  const id = newId(db);
  valueOf(await saveContract(db, id, { wage: 10 }));
  phone.clock.now -= 1_000_000_000;
  valueOf(await saveContract(db, id, { wage: 11 }));
  const state = await readState(db, { collection: 'contracts', id });
  expect(state.f['wage']).toEqual([{ d: db.me, n: 2, t: START + 1, v: 11 }]);
});

test('writes as a new device after every start', async () => {
  const phone = aPhone();
  const db = await phone.open();
  const before = db.me;
  const after = await phone.restart();
  expect(before).toMatch(/^[\w-]{8}$/);
  expect(after.me).not.toBe(before);
});

test('brings a removed contract back with all its pages', async () => {
  const db = await aPhone().open();
  const contract = { id: newId(db), ...aContract() };
  valueOf(await addPages(db, contract, [aPhoto({ seed: 1 }), aPhoto({ seed: 2 })]));
  const pages = await listPages(db, contract.id);
  const removed = valueOf(await removeContract(db, contract.id));
  expect(await listContracts(db)).toEqual([]);
  expect(await listPages(db, contract.id)).toEqual([]);
  valueOf(await restoreRecord(db, removed));
  expect(await getContract(db, contract.id)).toEqual(contract);
  expect(await listPages(db, contract.id)).toEqual(pages);
});

test('leaves what was deleted marked as deleted, without its values', async () => {
  const db = await aPhone().open();
  const id = newId(db);
  valueOf(await saveContract(db, id, aContract()));
  valueOf(await removeContract(db, id));
  expect(await readState(db, { collection: 'contracts', id })).toEqual({ vv: { [db.me]: 2 }, f: {} });
});

test('undoing twice brings the contract back once, and not over a newer change', async () => {
  const db = await aPhone().open();
  const id = newId(db);
  valueOf(await saveContract(db, id, aContract({ wage: 1 })));
  const removed = valueOf(await removeContract(db, id));
  valueOf(await restoreRecord(db, removed));
  valueOf(await saveContract(db, id, { wage: 2 }));
  valueOf(await restoreRecord(db, removed));
  expect(await listContracts(db)).toMatchObject([{ wage: 2 }]);
});

test('removing something that is already gone is no failure', async () => {
  const db = await aPhone().open();
  expect(valueOf(await removeContract(db, 'nothing'))).toEqual({ records: [] });
});

test('keeps what both tabs changed in one contract', async () => {
  const phone = aPhone();
  const first = await phone.open();
  const second = await phone.open();
  const id = newId(first);
  const opened = aContract({ wage: 10, employer: 'Kim Farm' });
  valueOf(await saveContract(first, id, opened));
  await Promise.all([
    saveContract(first, id, { ...opened, wage: 12 }, opened).then(valueOf),
    saveContract(second, id, { ...opened, employer: 'Lee Farm' }, opened).then(valueOf),
  ]);
  for (const tab of [first, second]) {
    expect(await getContract(tab, id)).toMatchObject({ wage: 12, employer: 'Lee Farm' });
  }
});

test('keeps a hundred entries written in two tabs at once', async () => {
  const phone = aPhone();
  const tabs = [await phone.open(), await phone.open()] as const;
  const saves = Array.from({ length: 100 }, (_, index) => {
    const tab = tabs[index % 2 === 0 ? 0 : 1];
    return saveContact(tab, newId(tab), aContact({ name: `Person ${index}` }));
  });
  for (const result of await Promise.all(saves)) {
    valueOf(result);
  }
  const positions = (await listContacts(tabs[0])).map((contact) => contact.position);
  expect(positions).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
});

test('brings the whole contract back when one tab removes it and the other saves its form', async () => {
  const phone = aPhone();
  const first = await phone.open();
  const second = await phone.open();
  const id = newId(first);
  const opened = aContract({ wage: 10 });
  valueOf(await saveContract(first, id, opened));
  valueOf(await removeContract(first, id));
  valueOf(await saveContract(second, id, { ...opened, wage: 12 }, opened));
  expect(await getContract(first, id)).toEqual({ id, ...aContract({ wage: 12 }) });
});

test.each([0, 1])('harms nothing when the phone is full at write %i', async (putsBefore) => {
  const db = await aPhone().open();
  const id = newId(db);
  valueOf(await saveContract(db, id, aContract()));
  const before = await dump(db);
  const storage = fillStorage(putsBefore);
  expect(await saveContract(db, id, { wage: 99 })).toEqual({ ok: false, error: { type: 'QuotaExceeded' } });
  const contract = { id, ...aContract() };
  expect(await addPages(db, contract, [aPhoto()])).toEqual({ ok: false, error: { type: 'QuotaExceeded' } });
  expect(await dump(db)).toEqual(before);
  storage.makeRoom();
  valueOf(await saveContract(db, id, { wage: 99 }));
  expect(await getContract(db, id)).toMatchObject({ wage: 99 });
});

test('opens the database again when the phone lost it, and saves once', async () => {
  const db = await aPhone().open();
  const id = newId(db);
  silenceDexie();
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementationOnce(() => {
    throw new DOMException('Connection to Indexed Database server lost. Refresh the page', 'UnknownError');
  });
  valueOf(await saveContract(db, id, aContract()));
  expect(await listContracts(db)).toHaveLength(1);
});

test('saves after the browser closed the database behind our back', async () => {
  const db = await aPhone().open();
  db.backendDB().close();
  silenceDexie();
  valueOf(await saveContract(db, newId(db), aContract()));
  expect(await listContracts(db)).toHaveLength(1);
});

test('refuses a value that does not fit its field, so that every copy can be read back', async () => {
  const db = await aPhone().open();
  const wrong = [{ wage: Number.NaN }, { start: '2026-02-30' }, { employer: ['Kim'] }, { job: 'king' }];
  for (const fields of wrong) {
    await expect(saveContract(db, newId(db), fields as object)).rejects.toThrow(TypeError);
  }
  expect(await listContracts(db)).toEqual([]);
});

test('keeps hostile text as text', async () => {
  const db = await aPhone().open();
  const id = newId(db);
  const note = '<img src=x onerror=alert(1)>\u0000\u202e\ud800 __proto__';
  valueOf(await saveContract(db, id, { note }));
  expect(await getContract(db, id)).toMatchObject({ note });
});
