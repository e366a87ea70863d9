import { expect, test } from 'vitest';
import { concat, readU32, u32, u64, xorInto } from '#crypto/bytes.ts';
import { contributionOf } from '#crypto/keys.ts';
import { seal, tagOf } from '#crypto/envelope.ts';
import { readChoice } from '#data/choice.ts';
import { listContacts, removeContact, saveContact } from '#data/contacts.ts';
import { listContracts, saveContract } from '#data/contracts.ts';
import { type Database, newId } from '#data/database.ts';
import { addPages } from '#data/pages.ts';
import { saveRecord } from '#data/records.ts';
import { syncOverview } from '#data/syncQueries.ts';
import { decodePullPage, encodePullPage } from '#shared/protocol.ts';
import { exportSealed, importSealed } from '#sync/fileCopy.ts';
import { newRing, openCode } from '#sync/newCopy.ts';
import { openRing, sealRing } from '#sync/ring.ts';
import {
  type Keys,
  keysOf,
  type Manifest,
  openManifest,
  recordId,
  sealManifest,
  sealPhoto,
} from '#sync/sealing.ts';
import { aPhone, dump, fillStorage, randomBytes, valueOf } from '#tests/data/phone.ts';
import { aContact, aContract, aPhoto } from '#tests/support/builders.ts';
import { aQuickPhone, aSecondPhone, countOf, entriesOf, isEqual } from './quick.ts';
import { aWorld, expectDone } from './world.ts';
import { drawFrom } from '#tests/support/random.ts';

/* The sealed copy as a file, for a phone without a server (docs/sync-design.md §11). */

const ignore = () => {};

async function aFilledPhone(): Promise<Database> {
  const db = await aPhone().open();
  const contract = { id: newId(db), ...aContract() };
  valueOf(await saveContract(db, contract.id, contract));
  valueOf(await addPages(db, contract, [aPhoto(), aPhoto({ seed: 2, size: 5000 })]));
  for (const name of ['Maly', 'Sok']) valueOf(await saveContact(db, newId(db), aContact({ name })));
  return db;
}

async function bytesOf(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await file.arrayBuffer());
}

async function aFile(db: Database) {
  const { file, digits, ...about } = valueOf(await exportSealed(db, ignore));
  return { bytes: await bytesOf(file), digits, about };
}

test('a new phone gets every entry and photo out of the file, byte for byte', async () => {
  const db = await aFilledPhone();
  const before = await dump(db);
  const { bytes, digits, about } = await aFile(db);
  expect(await dump(db)).toEqual(before);
  expect(about).toMatchObject({ entries: 5, photos: 2, leftOut: 0 });
  expect(about.name).toMatch(/^mitra-\d{4}-\d\d-\d\d\.mitra$/);
  const other = await aPhone().open();
  expect(await importSealed(other, new Blob([bytes]), digits, false)).toEqual({
    ok: true,
    value: { added: 5, changed: 0, removed: 0, deletedHere: 0 },
  });
  expect(isEqual(await entriesOf(other), await entriesOf(db))).toBe(true);
  // The same file again changes nothing.
  expect(await importSealed(other, new Blob([bytes]), digits, false)).toMatchObject({
    value: { added: 0, changed: 0, removed: 0, deletedHere: 0 },
  });
});

test('an empty phone makes a file that opens', async () => {
  const db = await aPhone().open();
  const { bytes, digits } = await aFile(db);
  expect(await importSealed(db, new Blob([bytes]), digits, false)).toMatchObject({ ok: true });
});

/** Where the only page begins: after magic, ring and the number of pages. */
function pageIn(bytes: Uint8Array): { readonly from: number; readonly length: number } {
  const from = 8 + (bytes[6] ?? 0) * 256 + (bytes[7] ?? 0) + 2;
  return { from, length: readU32(bytes, from) };
}

async function manifestIn(bytes: Uint8Array, digits: string): Promise<Manifest | null> {
  const { from, length } = pageIn(bytes);
  const ring = openRing(bytes.subarray(8, from - 2), await deriveOnce(digits), 1);
  const page = decodePullPage(bytes.subarray(from + 4, from + 4 + length));
  if (ring === null || ring === 'TooNew' || !page?.manifest) throw new Error('The file did not open');
  return openManifest(keysOf(ring), page.manifest, page.head);
}

test('an entry that is too large is left out, and the file says how many are in it and how many are not', async () => {
  const db = await aFilledPhone();
  valueOf(await saveContract(db, newId(db), aContract({ note: 'ក'.repeat(22_000) })));
  const { bytes, digits, about } = await aFile(db);
  expect(about).toMatchObject({ entries: 5, photos: 2, leftOut: 1 });
  expect(await manifestIn(bytes, digits)).toMatchObject({ count: 5, live: 5 });
  const other = await aPhone().open();
  expect(await importSealed(other, new Blob([bytes]), digits, false)).toMatchObject({
    value: { added: about.entries },
  });
});

test('the file says nothing without its code', async () => {
  const db = await aFilledPhone();
  const { bytes } = await aFile(db);
  for (const word of ['Kim Farm', 'Maly', 'contracts', 'pages', 'photoId']) {
    expect(Buffer.from(bytes).includes(word)).toBe(false);
  }
});

test('a wrong code is refused and nothing changes', async () => {
  const db = await aFilledPhone();
  const { bytes, digits } = await aFile(db);
  const before = await dump(db);
  const wrong = digits.startsWith('1') ? `2${digits.slice(1)}` : `1${digits.slice(1)}`;
  expect(await importSealed(db, new Blob([bytes]), wrong, false)).toEqual({
    ok: false,
    error: { type: 'WrongCode' },
  });
  expect(await dump(db)).toEqual(before);
});

async function deriveOnce(digits: string) {
  const credential = await openCode(digits);
  if (credential === null) throw new Error('No cryptography');
  return credential;
}

test('one flipped bit anywhere, a file cut off anywhere, bytes added anywhere: refused, and nothing changes', async () => {
  const db = await aFilledPhone();
  const { bytes, digits } = await aFile(db);
  const other = await aPhone().open();
  const before = await dump(other);
  const fast = quickly();
  const draw = drawFrom(11);
  const accepted: string[] = [];
  const expectRefused = async (what: string, altered: Uint8Array<ArrayBuffer>) => {
    const result = await fast(() => importSealed(other, new Blob([altered]), digits, false));
    if (result.ok) accepted.push(what);
  };
  // The head of the file whole, then samples.
  const places = [
    ...Array.from({ length: 60 }, (_, index) => index),
    ...Array.from({ length: countOf(200, 5000) }, () => draw(bytes.length)),
  ];
  for (const at of places) {
    const altered = bytes.slice();
    altered[at] = (altered[at] ?? 0) ^ (1 << draw(8));
    await expectRefused(`flipped at ${at}`, altered);
    await expectRefused(`cut off at ${at}`, bytes.slice(0, at));
    const added = concat(bytes.subarray(0, at), randomBytes(1 + draw(40)), bytes.subarray(at));
    await expectRefused(`added at ${at}`, added);
  }
  await expectRefused('added at the end', concat(bytes, Uint8Array.of(0)));
  expect(accepted).toEqual([]);
  expect(await dump(other)).toEqual(before);
});

test('a file that somebody took an entry out of is refused as a whole', async () => {
  const db = await aFilledPhone();
  const { bytes, digits } = await aFile(db);
  const { from, length } = pageIn(bytes);
  const page = decodePullPage(bytes.subarray(from + 4, from + 4 + length));
  if (page === null) throw new Error('The page was not found');
  const other = await aPhone().open();
  const before = await dump(other);
  for (const gone of page.records) {
    const rest = encodePullPage({ ...page, records: page.records.filter((one) => one !== gone) });
    const file = concat(bytes.subarray(0, from), u32(rest.length), rest, bytes.subarray(from + 4 + length));
    expect(await importSealed(other, new Blob([file]), digits, false)).toEqual({
      ok: false,
      error: { type: 'FileDamaged' },
    });
  }
  expect(await dump(other)).toEqual(before);
});

/** Runs imports without deriving the same code again and again: 600,000 rounds each time otherwise. */
function quickly() {
  const { subtle } = crypto;
  const real = subtle.deriveBits.bind(subtle);
  let known: Promise<ArrayBuffer> | null = null;
  return async <T>(work: () => Promise<T>): Promise<T> => {
    subtle.deriveBits = ((...given: Parameters<typeof real>) => (known ??= real(...given))) as typeof real;
    try {
      return await work();
    } finally {
      subtle.deriveBits = real;
    }
  };
}

test('files of chance, lengths that lie, and files of something else never break it', {
  timeout: 3_600_000,
}, async () => {
  const db = await aFilledPhone();
  const { bytes, digits } = await aFile(db);
  const other = await aPhone().open();
  const before = await dump(other);
  const fast = quickly();
  const draw = drawFrom(13);
  const ringEnd = 8 + (bytes[6] ?? 0) * 256 + (bytes[7] ?? 0);
  const count = countOf(10_000, 1_000_000);
  let most = 0;
  const answers: Record<string, number> = {};
  const start = process.memoryUsage().rss;
  const began = performance.now();
  for (let round = 0; round < count; round++) {
    const kind = round % 5;
    let file: Uint8Array<ArrayBuffer>;
    if (kind === 0) file = new Uint8Array(randomBytes(draw(400)));
    else if (kind === 1) file = concat(bytes.subarray(0, 6), randomBytes(draw(300)));
    else if (kind === 2) file = concat(bytes.subarray(0, ringEnd), randomBytes(draw(300)));
    else if (kind === 3) {
      // A length that promises far more than there is.
      file = bytes.slice(0, ringEnd + 10 + draw(60));
      file.set([0xff, 0xff, 0xff, 0xff].slice(0, 1 + draw(4)), ringEnd + draw(6));
    } else {
      file = bytes.slice();
      for (let flip = 0; flip <= draw(6); flip++) file[draw(file.length)] = draw(256);
    }
    const result = await fast(() => importSealed(other, new Blob([file]), digits, false));
    const name = result.ok ? 'Read' : result.error.type;
    answers[name] = (answers[name] ?? 0) + 1;
    if (round % 500 === 0) most = Math.max(most, process.memoryUsage().rss - start);
  }
  const perSecond = Math.round((count / (performance.now() - began)) * 1000);
  console.log(
    `${count} altered files, ${perSecond} a second: ${JSON.stringify(answers)}, ${Math.round(most / 2 ** 20)} MiB more`,
  );
  expect(
    Object.keys(answers).filter(
      (name) => !['FileDamaged', 'NotOurs', 'TooNew', 'WrongCode', 'Read'].includes(name),
    ),
  ).toEqual([]);
  // A byte that is drawn as what it was changes nothing; then the file is read as it is.
  expect(answers['Read'] ?? 0).toBeLessThan(count / 50);
  if ((answers['Read'] ?? 0) === 0) expect(await dump(other)).toEqual(before);
  expect(most).toBeLessThan(64 * 2 ** 20 * (count > 100_000 ? 4 : 1));
});

test('a file that is too large is refused before it is read', async () => {
  const db = await aPhone().open();
  let isRead = false;
  const file = {
    size: 151 * 1024 * 1024,
    arrayBuffer: () => {
      isRead = true;
      return Promise.resolve(new ArrayBuffer(0));
    },
  } as unknown as Blob;
  expect(await importSealed(db, file, '0'.repeat(32), false)).toEqual({
    ok: false,
    error: { type: 'TooBig' },
  });
  expect(isRead).toBe(false);
});

test('what was deleted since stays deleted, is counted, and comes back when the worker wants it', async () => {
  const db = await aFilledPhone();
  const { bytes, digits } = await aFile(db);
  const [contact] = await listContacts(db);
  valueOf(await removeContact(db, contact?.id ?? ''));
  expect(await importSealed(db, new Blob([bytes]), digits, false)).toMatchObject({
    value: { deletedHere: 1 },
  });
  expect(await listContacts(db)).toHaveLength(1);
  valueOf(await importSealed(db, new Blob([bytes]), digits, true));
  expect((await listContacts(db)).map(({ name }) => name)).toContain(contact?.name);
});

test('a phone that saves to a server takes the file in and sends what changed with its own keys', async () => {
  const db = await aFilledPhone();
  const { bytes, digits } = await aFile(db);
  const world = await aWorld();
  const phone = await aQuickPhone(world);
  valueOf(await saveContact(phone.db, newId(phone.db), aContact({ name: 'Here before' })));
  await expectDone(phone);
  valueOf(await importSealed(phone.db, new Blob([bytes]), digits, false));
  expect(await syncOverview(phone.db)).toMatchObject({ phase: 'on', entriesLeft: 5, photosLeft: 2 });
  await expectDone(phone);
  const other = await aSecondPhone(world, phone.credential);
  expect(isEqual(await entriesOf(other.db), await entriesOf(phone.db))).toBe(true);
  expect(await listContracts(other.db)).toHaveLength(1);
});

interface FileParts {
  readonly keys: Keys;
  readonly digits: string;
  readonly ring: Uint8Array;
}

/** A file of somebody who has a code and means harm. */
async function hostileParts(): Promise<FileParts> {
  const digits = '0123456789'.repeat(3) + '01';
  const credential = await deriveOnce(digits);
  const ring = newRing(credential, randomBytes);
  const { cid, wrap } = credential;
  return { keys: keysOf(ring), digits, ring: sealRing(ring, { cid, wrap, role: 'owner' }, 1, randomBytes) };
}

function hostileFile(
  { keys, ring }: FileParts,
  records: readonly { readonly c: string; readonly i: string; readonly json: object }[],
  photos: readonly Uint8Array[] = [],
): Blob {
  const x = new Uint8Array(32);
  const key = keys.ofEpoch(1);
  if (key === null) throw new Error('No key');
  const frames = records.map(({ c, i, json }, index) => {
    const rid = recordId(keys, { collection: c as 'contacts', id: i });
    const seq = index + 1;
    const binding = concat(keys.aid, rid, u64(seq));
    const content = new TextEncoder().encode(JSON.stringify(json));
    const env = seal(content, { kind: 'rec', key: key.rec, epoch: 1, binding }, randomBytes);
    if (env === null) throw new Error('Too large');
    const added = contributionOf(keys.account, rid, seq, tagOf(env));
    xorInto(x, added);
    return { rid, seq, env };
  });
  const head = frames.length;
  const manifest = sealManifest(keys, { head, count: head, x, at: 0, live: head }, randomBytes);
  const page = encodePullPage({ head, manifest, records: frames });
  const u16 = (value: number) => Uint8Array.of(value >> 8, value & 255);
  const parts = [new TextEncoder().encode('MITRA1'), u16(ring.length), ring, u16(1), u32(page.length), page];
  return new Blob([...parts, u16(photos.length), ...photos] as BlobPart[]);
}

const record = (c: string, i: string, f: object) => ({
  c,
  i,
  json: { v: 1, c, i, D: ['HOSTILE1'], V: [1], o: [[0, 1, 5]], f },
});

test('a file of somebody else chooses nothing for the worker and brings no markup, link or field that means more', async () => {
  const parts = await hostileParts();
  const db = await aPhone().open();
  const html = '<img src=x onerror=alert(1)>';
  const result = await importSealed(
    db,
    hostileFile(parts, [
      record('contacts', 'c1', { name: [[0, html]] }),
      record('choice', 'sync', { contracts: [[0, true]], photos: [[0, true]] }),
    ]),
    parts.digits,
    false,
  );
  expect(result.ok).toBe(true);
  expect(await readChoice(db)).toMatchObject({ contracts: false, photos: false });
  expect((await listContacts(db)).map(({ name }) => name)).toEqual([html]);
});

test.for([
  record('contacts', 'c1', { id: [[0, 'x']] }),
  record('contacts', 'c1', { constructor: [[0, 'x']] }),
  record('contacts', '../c1', { name: [[0, 'x']] }),
  record('contracts', 'c1', { wage: [[0, 'much']] }),
  { ...record('contacts', 'c1', {}), json: { v: 1, c: 'contacts', i: 'c1', D: [], V: [], o: [], f: {} } },
])('a file with a record that does not fit is refused as a whole: %j', async (odd) => {
  const parts = await hostileParts();
  const db = await aPhone().open();
  const before = await dump(db);
  const file = hostileFile(parts, [record('contacts', 'good', { name: [[0, 'Good']] }), odd]);
  expect(await importSealed(db, file, parts.digits, false)).toMatchObject({ ok: false });
  expect(await dump(db)).toEqual(before);
});

test('a photo in a file replaces none that is here, and none that no entry names is kept', async () => {
  const db = await aPhone().open();
  const contract = { id: newId(db), ...aContract() };
  valueOf(await addPages(db, contract, [aPhoto()]));
  const [mine] = await db.photos.toArray();
  const parts = await hostileParts();
  const other = { id: newId(db), ...aPhoto({ seed: 8 }) };
  const photos = [{ ...aPhoto({ seed: 7 }), id: mine?.id ?? '' }, other].map((photo) => {
    const env = sealPhoto(parts.keys, photo, randomBytes);
    return concat(
      new Uint8Array(Buffer.from(photo.id, 'base64url')),
      u32(env?.length ?? 0),
      env ?? new Uint8Array(),
    );
  });
  const file = hostileFile(parts, [record('contacts', 'c1', { name: [[0, 'x']] })], photos);
  expect(await importSealed(db, file, parts.digits, false)).toMatchObject({ ok: true });
  expect(await db.photos.toArray()).toEqual([mine]);
});

test('a full phone takes in nothing of a file', async () => {
  const source = await aFilledPhone();
  valueOf(await saveRecord(source, 'cards', 'own', { words: 'x' }));
  const { bytes, digits } = await aFile(source);
  const db = await aPhone().open();
  const before = await dump(db);
  for (const puts of [0, 3, 9]) {
    const storage = fillStorage(puts);
    expect(await importSealed(db, new Blob([bytes]), digits, false)).toMatchObject({
      error: { type: 'QuotaExceeded' },
    });
    storage.makeRoom();
    expect(await dump(db)).toEqual(before);
  }
});
