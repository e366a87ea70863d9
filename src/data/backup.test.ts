import { strFromU8, strToU8, unzipSync, type Zippable, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { anAgency, aContact, aContract, aPhoto } from '#tests/support/builders.ts';
import { aPhone, dump, fillStorage, START, valueOf } from '#tests/data/phone.ts';
import { getAgency, removeAgency, saveAgency } from './agencies.ts';
import { backupName, exportAll, importAll } from './backup.ts';
import { MAX_BACKUP_BYTES } from './backupFormat.ts';
import { listMarks, setDone } from './checklist.ts';
import { getContact, listContacts, removeContact, saveContact } from './contacts.ts';
import { getContract, listContracts, removeContract, saveContract } from './contracts.ts';
import { type Database, newId } from './database.ts';
import { addPages, listPages, removePage } from './pages.ts';
import { emptyPayment, listPayments } from './payments.ts';
import { getPhoto } from './photos.ts';
import { emptyPromise, listPromises, savePromise } from './promises.ts';
import { addReceipt, listReceipts } from './receipts.ts';
import { countEntries, eraseEverything } from './storage.ts';

const NOTHING = { added: 0, changed: 0, removed: 0, deletedHere: 0 };

test('brings everything to a new phone', async () => {
  const { db, contract } = await filledPhone();
  const file = await copyOf(db);
  const other = await aPhone().open();
  expect(valueOf(await importAll(other, file))).toEqual({ ...NOTHING, added: 8 });
  const { flags: _, ...expected } = await dump(db);
  const { flags: __, ...imported } = await dump(other);
  expect(imported).toEqual(expected);
  expect(await getContract(other, contract.id)).toEqual(contract);
});

test('brings everything back after it was erased', async () => {
  const { db } = await filledPhone();
  const file = await copyOf(db);
  const { flags: _, ...before } = await dump(db);
  valueOf(await eraseEverything(db));
  valueOf(await importAll(db, file));
  expect(await dump(db)).toMatchObject(before);
});

test('reading the same copy twice changes nothing', async () => {
  const { db } = await filledPhone();
  const file = await copyOf(db);
  const before = await dump(db);
  expect(valueOf(await importAll(db, file))).toEqual(NOTHING);
  expect(await dump(db)).toEqual(before);
});

test('keeps what was changed on both phones since the copy', async () => {
  const { db, contract } = await filledPhone();
  const other = await aPhone().open();
  valueOf(await importAll(other, await copyOf(db)));
  valueOf(await saveContract(db, contract.id, { wage: 99 }));
  valueOf(await saveContract(other, contract.id, { employer: 'Lee Farm' }));
  expect(valueOf(await importAll(db, await copyOf(other)))).toEqual({ ...NOTHING, changed: 1 });
  expect(await getContract(db, contract.id)).toMatchObject({ wage: 99, employer: 'Lee Farm' });
});

test('does not bring back by itself what was deleted since, and says how much there is', async () => {
  const { db, contract } = await filledPhone();
  const file = await copyOf(db);
  const pages = await listPages(db, contract.id);
  valueOf(await removeContract(db, contract.id));
  expect(valueOf(await importAll(db, file))).toEqual({ ...NOTHING, deletedHere: 2 });
  expect(await listContracts(db)).toEqual([]);
  expect(valueOf(await importAll(db, file, { bringBack: true }))).toEqual({ ...NOTHING, added: 2 });
  expect(await getContract(db, contract.id)).toEqual(contract);
  expect(await listPages(db, contract.id)).toEqual(pages);
});

test('a newer copy deletes what its owner deleted, and says so', async () => {
  const { db, contact } = await filledPhone();
  const other = await aPhone().open();
  valueOf(await importAll(other, await copyOf(db)));
  valueOf(await removeContact(db, contact));
  expect(valueOf(await importAll(other, await copyOf(db)))).toEqual({ ...NOTHING, removed: 1 });
  expect(await listContacts(other)).toEqual([]);
});

test('an edit beats a deletion: the whole contact stays', async () => {
  const { db, contact } = await filledPhone();
  const other = await aPhone().open();
  valueOf(await importAll(other, await copyOf(db)));
  valueOf(await removeContact(other, contact));
  valueOf(await saveContact(db, contact, { phone: '+855 00 222 222' }));
  valueOf(await importAll(other, await copyOf(db)));
  const expected = { ...aContact(), phone: '+855 00 222 222' };
  expect(await getContact(other, contact)).toMatchObject({ ...expected, position: 1 });
});

test('a page added on one phone keeps the contract that the other deleted', async () => {
  const { db, contract } = await filledPhone();
  const other = await aPhone().open();
  valueOf(await importAll(other, await copyOf(db)));
  valueOf(await removeContract(db, contract.id));
  valueOf(await addPages(other, contract, [aPhoto({ seed: 7 })]));
  const [gone, extended] = [await copyOf(db), await copyOf(other)];
  valueOf(await importAll(db, extended));
  valueOf(await importAll(other, gone));
  for (const phone of [db, other]) {
    expect(await getContract(phone, contract.id)).toEqual(contract);
    expect(await listPages(phone, contract.id)).toHaveLength(1);
  }
});

test('a promise added on one phone keeps the agency that the other deleted', async () => {
  const { db, agency } = await filledPhone();
  const other = await aPhone().open();
  valueOf(await importAll(other, await copyOf(db)));
  valueOf(await savePromise(other, newId(other), { ...emptyPromise(agency), text: 'free flight' }));
  valueOf(await removeAgency(db, agency));
  valueOf(await importAll(db, await copyOf(other)));
  expect(await getAgency(db, agency)).toMatchObject({ name: 'Lotus Road Agency' });
  expect((await listPromises(db, agency)).map((promise) => promise.text)).toEqual(['free flight']);
});

test('leaves photos of deleted pages out of the copy', async () => {
  const { db, contract } = await filledPhone();
  const [page] = await listPages(db, contract.id);
  valueOf(await removePage(db, page?.id ?? ''));
  const { file, ...counts } = valueOf(await exportAll(db));
  expect(counts).toEqual({ name: backupName('2026-11-21'), entries: 7, photos: 1 });
  const names = Object.keys(unzipSync(await bytesOf(file)));
  expect(names.some((name) => name.includes(page?.photoId ?? '?'))).toBe(false);
});

test('is a ZIP that anybody can open, with photos as they are', async () => {
  const { db, contract } = await filledPhone();
  const files = unzipSync(await copyOf(db));
  const [page] = await listPages(db, contract.id);
  expect(files[`photos/${page?.photoId}.jpg`]).toEqual(aPhoto({ seed: 1 }).bytes);
  expect(strFromU8(files['README.txt'] ?? new Uint8Array())).toContain('mitra.json');
  const json = JSON.parse(strFromU8(files['mitra.json'] ?? new Uint8Array()));
  expect(json).toMatchObject({ format: 'mitra-export', version: 1, exportedAt: '2026-11-21T03:00:00.000Z' });
  expect(json.collections.contracts[0]).toMatchObject({ id: contract.id, values: { employer: 'Kim Farm' } });
  expect(json.photos[0]).toMatchObject({ type: 'image/jpeg', width: 1200, bytes: 600 });
  expect(json.photos[0].sha256).toMatch(/^[0-9a-f]{64}$/);
});

test('says how far it is', async () => {
  const { db } = await filledPhone();
  const steps: string[] = [];
  const onProgress = (done: number, total: number) => steps.push(`${done}/${total}`);
  const { file } = valueOf(await exportAll(db, { onProgress }));
  valueOf(await importAll(await aPhone().open(), file, { onProgress }));
  expect(steps).toEqual(['1/2', '2/2', '1/2', '2/2']);
});

test('works on a plain http address, and on a phone that believes it is 1970', async () => {
  const phone = aPhone();
  const db = await phone.open();
  phone.clock.now = 0;
  valueOf(await addPages(db, { id: newId(db), ...aContract() }, [aPhoto()]));
  const { file } = valueOf(await exportAll(db, { subtle: undefined }));
  const other = await aPhone().open();
  expect(valueOf(await importAll(other, file, { subtle: undefined })).added).toBe(2);
});

test('reads a copy that was unpacked and packed again in a folder', async () => {
  const { db } = await filledPhone();
  const files = Object.entries(unzipSync(await copyOf(db)));
  const again = Object.fromEntries(files.map(([name, bytes]) => [`mitra-2026-11-21/${name}`, bytes]));
  const other = await aPhone().open();
  expect(valueOf(await importAll(other, zip(again))).added).toBe(8);
  expect((await dump(other))['photos']).toHaveLength(2);
});

test('keeps a field of a newer app over import, edit and export', async () => {
  const { db, contract } = await filledPhone();
  const file = await changedCopy(db, (json) => {
    const { state } = first(json);
    state.f['shoeSize'] = [[0, 42]];
    state.f['wage'] = [[0, 77]];
    state.V = [9];
    state.o = [[0, 9, START + 5]];
    for (const field of Object.keys(state.f)) {
      state.f[field] = state.f[field]!.map(([, value]) => [0, value]);
    }
  });
  valueOf(await importAll(db, file));
  valueOf(await saveContract(db, contract.id, { employer: 'Lee Farm' }));
  const other = await aPhone().open();
  valueOf(await importAll(other, await copyOf(db)));
  expect(await getContract(other, contract.id)).toMatchObject({
    employer: 'Lee Farm',
    wage: 77,
    shoeSize: 42,
  });
});

test('keeps text from a copy as text', async () => {
  const phone = await aPhone().open();
  const id = newId(phone);
  const name = '<script>alert(1)</script>';
  valueOf(await saveContact(phone, id, aContact({ name })));
  const other = await aPhone().open();
  valueOf(await importAll(other, await copyOf(phone)));
  expect(await getContact(other, id)).toMatchObject({ name });
});

test('does not read a file that is too big', async () => {
  const db = await aPhone().open();
  const big = { size: MAX_BACKUP_BYTES + 1 };
  Object.setPrototypeOf(big, Blob.prototype);
  Object.defineProperty(big, 'size', { value: MAX_BACKUP_BYTES + 1 });
  expect(await importAll(db, big as unknown as Blob)).toEqual({ ok: false, error: { type: 'TooBig' } });
});

test('says so when the phone cannot read the file', async () => {
  const file = new Blob(['x']);
  file.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotReadableError'));
  expect(await importAll(await aPhone().open(), file)).toEqual({ ok: false, error: { type: 'FileDamaged' } });
});

test('does not unpack a file that would become too big', async () => {
  const db = await aPhone().open();
  const bomb = zip({ 'mitra.json': new Uint8Array(33 * 1024 * 1024) });
  expect(bomb.length).toBeLessThan(200_000);
  expect(await importAll(db, bomb)).toEqual({ ok: false, error: { type: 'TooBig' } });
});

test.each([
  ['a picture', () => aPhoto().bytes],
  ['an empty file', () => new Uint8Array(0)],
  ['another ZIP', () => zip({ 'word/document.xml': strToU8('<w/>') })],
  ['a ZIP of another program with the same file', () => zip({ 'mitra.json': strToU8('{"format":"x"}') })],
])('says that it is not ours: %s', async (_, make) => {
  await expectRefused(make(), 'NotOurs');
});

type Change = (json: CopyJson, files: Record<string, Uint8Array<ArrayBuffer>>) => void;

test.each<[string, string, Change]>([
  [
    'TooNew',
    'a newer version',
    (json) => {
      json.version = 2;
    },
  ],
  [
    'TooNew',
    'an unknown collection',
    (json) => {
      json.collections['diary'] = [];
    },
  ],
  [
    'FileDamaged',
    'no version',
    (json) => {
      json.version = null;
    },
  ],
  [
    'FileDamaged',
    'a version of 0',
    (json) => {
      json.version = 0;
    },
  ],
  [
    'FileDamaged',
    'no collections',
    (json) => {
      Object.assign(json, { collections: null });
    },
  ],
  [
    'FileDamaged',
    'a record twice',
    (json) => {
      json.collections['contracts']!.push(first(json));
    },
  ],
  [
    'FileDamaged',
    'a record in the wrong collection',
    (json) => {
      json.collections['contacts']!.push(first(json));
    },
  ],
  [
    'FileDamaged',
    'a deleted record with values',
    (json) => {
      json.deleted.push(first(json).state);
    },
  ],
  [
    'FileDamaged',
    'an id with a path',
    (json) => {
      first(json).state.i = '../../x';
    },
  ],
  [
    'FileDamaged',
    'a wage in words',
    (json) => {
      first(json).state.f['wage'] = [[0, 'much']];
    },
  ],
  [
    'FileDamaged',
    'a day that is none',
    (json) => {
      first(json).state.f['start'] = [[0, '2026-02-30']];
    },
  ],
  [
    'FileDamaged',
    'an unknown kind of work',
    (json) => {
      first(json).state.f['job'] = [[0, 'king']];
    },
  ],
  [
    'FileDamaged',
    'a photo twice',
    (json) => {
      json.photos.push(json.photos[0]!);
    },
  ],
  [
    'FileDamaged',
    'a photo with another sum',
    (json) => {
      json.photos[0]!.sha256 = '0'.repeat(64);
    },
  ],
  [
    'FileDamaged',
    'a photo of another size',
    (json) => {
      json.photos[0]!.bytes += 1;
    },
  ],
  [
    'FileDamaged',
    'a photo that is a page of the web',
    (json) => {
      json.photos[0]!.type = 'text/html';
    },
  ],
  [
    'FileDamaged',
    'a photo in another place',
    (json) => {
      json.photos[0]!.file = 'README.txt';
    },
  ],
  [
    'FileDamaged',
    'a photo id with a path',
    (json) => {
      json.photos[0]!.id = '../x';
    },
  ],
  [
    'FileDamaged',
    'a missing photo',
    (json, files) => {
      delete files[json.photos[0]!.file];
    },
  ],
  [
    'FileDamaged',
    'a changed photo',
    (json, files) => {
      files[json.photos[0]!.file]!.set([1], 99);
    },
  ],
])('refuses a copy as %s and touches nothing: %s', async (type, _, change) => {
  const { db } = await filledPhone();
  await expectRefused(await changedCopy(db, change), type);
});

test('refuses a copy that was cut off or changed anywhere, or reads all of it', async () => {
  const { db } = await filledPhone();
  const whole = await copyOf(db);
  const other = await aPhone().open();
  for (let round = 0; round < 150; round += 1) {
    const bytes = whole.slice(0, round % 3 === 0 ? (whole.length * round) / 150 : whole.length);
    const at = (round * 7919) % Math.max(bytes.length, 1);
    bytes.fill((bytes[at] ?? 0) ^ (1 << (round % 8)), at, at + 1);
    const result = await importAll(other, bytes);
    const { all, photos } = await countEntries(other);
    expect([all, photos]).toEqual(result.ok ? [8, 2] : [0, 0]);
    valueOf(await eraseEverything(other));
  }
});

test.each([0, 3, 18])(
  'changes nothing when the phone is full at write %i of reading a copy',
  async (puts) => {
    const { db } = await filledPhone();
    const file = await copyOf(db);
    const other = await aPhone().open();
    valueOf(await saveContact(other, newId(other), aContact({ name: 'Dara' })));
    const before = await dump(other);
    const storage = fillStorage(puts);
    expect(await importAll(other, file)).toEqual({ ok: false, error: { type: 'QuotaExceeded' } });
    storage.makeRoom();
    expect(await dump(other)).toEqual(before);
    expect(valueOf(await importAll(other, file)).added).toBe(8);
  },
);

interface EncodedJson {
  i: string;
  V: number[];
  o: [number, number, number][];
  f: Record<string, [number, unknown][]>;
}

interface CopyJson {
  version: unknown;
  collections: Record<string, { state: EncodedJson }[]>;
  deleted: unknown[];
  photos: { id: string; file: string; type: string; bytes: number; sha256: string }[];
}

function first(json: CopyJson) {
  const record = json.collections['contracts']?.[0];
  if (record === undefined) {
    throw new Error('No contract in the copy');
  }
  return record;
}

/** One entry of each kind: a contract with a page, an agency with all its parts, a contact, a tick. */
async function filledPhone() {
  const db = await aPhone().open();
  const contract = { id: newId(db), ...aContract() };
  const agency = newId(db);
  const contact = newId(db);
  valueOf(await addPages(db, contract, [aPhoto({ seed: 1 })]));
  valueOf(await saveAgency(db, agency, anAgency()));
  valueOf(await savePromise(db, newId(db), { ...emptyPromise(agency), text: 'free housing' }));
  const payment = { id: newId(db), ...emptyPayment(agency), amount: 900, currency: 'USD' as const };
  valueOf(await addReceipt(db, payment, aPhoto({ seed: 2 })));
  valueOf(await saveContact(db, contact, aContact()));
  valueOf(await setDone(db, 'kr', 'passport', true));
  expect((await listPayments(db, agency)).length + (await listReceipts(db, payment.id)).length).toBe(2);
  expect((await listMarks(db, 'kr')).size).toBe(1);
  const [page] = await listPages(db, contract.id);
  expect(await getPhoto(db, page?.photoId ?? '')).not.toBeNull();
  return { db, contract, agency, contact };
}

async function copyOf(db: Database): Promise<Uint8Array<ArrayBuffer>> {
  return bytesOf(valueOf(await exportAll(db)).file);
}

async function changedCopy(db: Database, change: Change): Promise<Uint8Array<ArrayBuffer>> {
  const files: Record<string, Uint8Array<ArrayBuffer>> = unzipSync(await copyOf(db)) as never;
  const json = JSON.parse(strFromU8(files['mitra.json'] ?? new Uint8Array())) as CopyJson;
  change(json, files);
  return zip({ ...files, 'mitra.json': strToU8(JSON.stringify(json)) });
}

async function expectRefused(file: Uint8Array<ArrayBuffer>, type: string) {
  const { db } = await filledPhone();
  const before = await dump(db);
  expect(await importAll(db, file)).toEqual({ ok: false, error: { type } });
  expect(await dump(db)).toEqual(before);
}

async function bytesOf(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await blob.arrayBuffer());
}

function zip(files: Zippable): Uint8Array<ArrayBuffer> {
  return zipSync(files, { mtime: '2026-11-21' });
}
