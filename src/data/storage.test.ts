import { expect, test, vi } from 'vitest';
import { aContact, aContract, aPhoto } from '#tests/support/builders.ts';
import { aPhone, dump, valueOf } from '#tests/data/phone.ts';
import { setDone } from './checklist.ts';
import { saveContact } from './contacts.ts';
import { newId } from './database.ts';
import { addPages } from './pages.ts';
import { readState } from './records.ts';
import {
  askForPersistence,
  type BrowserStorage,
  countEntries,
  eraseEverything,
  storageState,
} from './storage.ts';

test('says how full the phone is, or that it is not known', async () => {
  const storage = browserStorage({ persisted: true });
  expect(await storageState(storage)).toEqual({ known: true, usage: 5, quota: 100, persisted: true });
  expect(await storageState(undefined)).toEqual({ known: false });
  const broken = { ...storage, estimate: () => Promise.reject(new Error('no')) };
  expect(await storageState(broken)).toEqual({ known: false });
});

test('asks once to keep the entries, also over restarts and in two tabs', async () => {
  const phone = aPhone();
  const storage = browserStorage({ persisted: false });
  const tabs = [await phone.open(), await phone.open()] as const;
  const answers = await Promise.all(tabs.map((tab) => askForPersistence(tab, storage)));
  expect(new Set(answers)).toEqual(new Set([true, null]));
  expect(await askForPersistence(await phone.restart(), storage)).toBeNull();
  expect(storage.persist).toHaveBeenCalledTimes(1);
});

test('does not ask when the browser already keeps them, or cannot be asked', async () => {
  const storage = browserStorage({ persisted: true });
  expect(await askForPersistence(await aPhone().open(), storage)).toBe(true);
  expect(storage.persist).not.toHaveBeenCalled();
  expect(await askForPersistence(await aPhone().open(), undefined)).toBeNull();
});

test('counts the entries', async () => {
  const db = await aPhone().open();
  valueOf(await saveContact(db, newId(db), aContact()));
  valueOf(await addPages(db, { id: newId(db), ...aContract() }, [aPhoto(), aPhoto()]));
  expect(await countEntries(db)).toMatchObject({
    contacts: 1,
    contracts: 1,
    pages: 2,
    photos: 2,
    agencies: 0,
    all: 4,
  });
});

test('erases everything, also what it remembers of deleted entries', async () => {
  const phone = aPhone();
  const db = await phone.open();
  valueOf(await addPages(db, { id: newId(db), ...aContract() }, [aPhoto()]));
  valueOf(await eraseEverything(db));
  const { flags, ...rest } = await dump(db);
  expect(Object.values(rest).flat()).toEqual([]);
  expect(flags).toEqual([{ name: 'era', value: db.era }]);
});

test('writes as a new device after erasing, in every open tab', async () => {
  const phone = aPhone();
  const db = await phone.open();
  const other = await phone.open();
  valueOf(await setDone(other, 'kr', 'visa', true));
  const devices = [db.me, other.me];
  valueOf(await eraseEverything(db));
  valueOf(await setDone(other, 'kr', 'visa', true));
  valueOf(await setDone(db, 'kr', 'visa', false));
  const { vv } = await readState(db, { collection: 'checklist', id: 'kr/visa' });
  expect(Object.keys(vv)).toHaveLength(2);
  expect(Object.keys(vv).some((device) => devices.includes(device))).toBe(false);
});

function browserStorage({ persisted }: { persisted: boolean }) {
  return {
    estimate: () => Promise.resolve({ usage: 5, quota: 100 }),
    persisted: () => Promise.resolve(persisted),
    persist: vi.fn(() => Promise.resolve(true)),
  } satisfies BrowserStorage;
}
