import { expect, test, vi } from 'vitest';
import { aContract, aPhoto } from '#tests/support/builders.ts';
import { aPhone, randomBytes, silenceDexie, valueOf } from '#tests/data/phone.ts';
import { fillVersion1 } from '#tests/data/version1.ts';
import { getContract, listContracts, saveContract } from './contracts.ts';
import { createDatabase, newId, openDatabase } from './database.ts';
import { listPages, addPages } from './pages.ts';
import { getPhoto, photoBytes } from './photos.ts';
import { readState } from './records.ts';
import { SCHEMA_VERSION } from './schema.ts';
import type { SyncState } from './syncTables.ts';

test('keeps everything when the app is updated from its first version', async () => {
  const phone = aPhone();
  const first = await fillVersion1(phone.name);
  const db = await phone.open();
  expect(await getContract(db, first.contract.id)).toMatchObject(first.contract);
  expect(await readState(db, { collection: 'contracts', id: first.contract.id })).toEqual(first.state);
  expect(await listPages(db, first.contract.id)).toEqual([first.page]);
  expect(await getPhoto(db, first.photo.id)).toEqual(first.photo);
  expect(await photoBytes(db)).toBe(first.photo.bytes.byteLength);
  valueOf(await saveContract(db, first.contract.id, { wage: 99 }));
  expect(await getContract(db, first.contract.id)).toMatchObject({ ...first.contract, wage: 99 });
});

test('opens the same way when it is updated and when it is new', async () => {
  const updated = aPhone();
  await fillVersion1(updated.name);
  const tables = async (phone: ReturnType<typeof aPhone>) =>
    (await phone.open()).tables.map((table) => `${table.name}: ${table.schema.primKey.src}`).sort();
  expect(await tables(updated)).toEqual(await tables(aPhone()));
});

test('a wrong clock stays corrected at the next start, with or without a network', async () => {
  const phone = aPhone();
  const db = await phone.open();
  await db.syncState.put({ id: 'sync', clockOffset: 3_600_000 } as SyncState);
  expect((await phone.restart()).clockOffset).toBe(3_600_000);
});

test('says so when a newer app has changed the database, and touches nothing', async () => {
  const phone = aPhone();
  const newer = await openRaw(phone.name, (SCHEMA_VERSION + 1) * 10, ['contracts', 'diary']);
  newer.close();
  const db = createDatabase({ name: phone.name, now: Date.now, randomBytes });
  expect(await openDatabase(db)).toEqual({ ok: false, error: { type: 'DatabaseNewer' } });
  expect(await saveContract(db, newId(db), aContract())).toEqual({
    ok: false,
    error: { type: 'DatabaseNewer' },
  });
  db.close();
  const after = await openRaw(phone.name, undefined, []);
  expect(after.version).toBe((SCHEMA_VERSION + 1) * 10);
  expect([...after.objectStoreNames]).toEqual(['contracts', 'diary']);
  after.close();
});

test('lets another tab update, and tells this tab instead of hanging', async () => {
  const phone = aPhone();
  const onUpgradeElsewhere = vi.fn();
  const db = await phone.open({ onUpgradeElsewhere });
  valueOf(await saveContract(db, newId(db), aContract()));
  const newer = await openRaw(phone.name, (SCHEMA_VERSION + 1) * 10, ['diary']);
  expect(onUpgradeElsewhere).toHaveBeenCalledTimes(1);
  expect(db.isOpen()).toBe(false);
  const late = await saveContract(db, newId(db), aContract());
  expect(late).toEqual({ ok: false, error: { type: 'DatabaseNewer' } });
  newer.close();
});

test('says that it waits when an old tab keeps the database, and goes on when it is closed', async () => {
  const phone = aPhone();
  const { close } = await fillVersion1(phone.name, { keepOpen: true });
  const onUpgradeBlocked = vi.fn(close);
  const db = await phone.open({ onUpgradeBlocked });
  expect(onUpgradeBlocked).toHaveBeenCalledTimes(1);
  expect(await listContracts(db)).toHaveLength(1);
});

test('says so when the browser keeps nothing', async () => {
  const refused = new DOMException('access denied', 'SecurityError');
  const forbidden = {
    ...factory(),
    open: () => {
      throw refused;
    },
  } as unknown as IDBFactory;
  const db = createDatabase({ name: 'never', now: Date.now, randomBytes, indexedDB: forbidden });
  expect(await openDatabase(db)).toEqual({ ok: false, error: { type: 'StorageBlocked' } });
  vi.stubGlobal('indexedDB', undefined);
  const without = createDatabase({ name: 'never', now: Date.now, randomBytes });
  expect(await openDatabase(without)).toEqual({ ok: false, error: { type: 'StorageBlocked' } });
  vi.unstubAllGlobals();
});

test('opens once more when the phone lost the connection', async () => {
  const phone = aPhone();
  silenceDexie();
  let failures = 4;
  const flaky = {
    ...factory(),
    open: (name: string, version?: number) => {
      if (failures > 0) {
        failures -= 1;
        throw new DOMException('Connection to Indexed Database server lost.', 'UnknownError');
      }
      return indexedDB.open(name, version);
    },
  } as unknown as IDBFactory;
  const db = await phone.open({ indexedDB: flaky });
  valueOf(await saveContract(db, newId(db), aContract()));
  expect(failures).toBe(0);
  expect(await listContracts(db)).toHaveLength(1);
});

test('says so when the files of the browser are broken', async () => {
  const phone = aPhone();
  const broken = await openRaw(phone.name, SCHEMA_VERSION * 10, ['contracts']);
  broken.close();
  silenceDexie();
  const db = createDatabase({ name: phone.name, now: Date.now, randomBytes });
  expect(await openDatabase(db)).toEqual({ ok: false, error: { type: 'Damaged' } });
});

test('indexes nothing that the worker typed', async () => {
  const db = await aPhone().open();
  const indexed = db.tables.flatMap((table) => table.schema.indexes.map((index) => index.name));
  expect([...new Set(indexed)].sort()).toEqual(['agencyId', 'contractId', 'paymentId', 'photoId']);
});

test('keeps photos byte for byte', async () => {
  const phone = aPhone();
  const db = await phone.open();
  const contract = { id: newId(db), ...aContract() };
  // A view into a larger buffer, as a decoder may give it.
  const photo = aPhoto({ bytes: aPhoto({ size: 5000 }).bytes.subarray(1000, 3000) });
  valueOf(await addPages(db, contract, [photo]));
  const after = await phone.restart();
  const [page] = await listPages(after, contract.id);
  const kept = await getPhoto(after, page?.photoId ?? '');
  expect(kept).toEqual({ ...photo, id: page?.photoId, bytes: photo.bytes.slice() });
  expect(kept?.bytes.buffer.byteLength).toBe(2000);
});

function factory(): Partial<IDBFactory> {
  return { databases: () => indexedDB.databases(), deleteDatabase: (name) => indexedDB.deleteDatabase(name) };
}

function openRaw(name: string, version: number | undefined, stores: readonly string[]): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = version === undefined ? indexedDB.open(name) : indexedDB.open(name, version);
    request.onupgradeneeded = () => {
      for (const store of stores) {
        if (!request.result.objectStoreNames.contains(store)) {
          request.result.createObjectStore(store, { keyPath: 'id' });
        }
      }
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('open failed'));
  });
}
