import { expect, test } from 'vitest';
import { ascii, concat, u64, xorInto } from '#crypto/bytes.ts';
import { seal, tagOf } from '#crypto/envelope.ts';
import { contributionOf } from '#crypto/keys.ts';
import { findUnusedBlobs } from '#data/blobs.ts';
import { saveContact } from '#data/contacts.ts';
import { getContract, saveContract } from '#data/contracts.ts';
import { newId } from '#data/database.ts';
import { addPages } from '#data/pages.ts';
import { saveRecord } from '#data/records.ts';
import { readSyncState, syncOverview } from '#data/syncQueries.ts';
import { base64url } from '#lib/id.ts';
import { encodePushBody } from '#shared/protocol.ts';

import { keysOf, recordId, sealManifest } from '#sync/sealing.ts';
import { randomBytes, valueOf } from '#tests/data/phone.ts';
import { aContact, aContract, aPhoto } from '#tests/support/builders.ts';
import {
  aFreshPhone,
  aQuickPhone,
  aSecondPhone,
  entriesOf,
  expectEqual,
  isEqual,
  newsOf,
  type QuickPhone,
} from './quick.ts';
import { aWorld, expectDone, type World } from './world.ts';
import { MS_PER_DAY } from '#lib/day.ts';

/* An older app beside a newer one: what it does not understand it keeps, counts and never overwrites. */

interface NewerRecord {
  readonly c: string;
  readonly i: string;
  readonly json: object;
  /** The version byte of the envelope. */
  readonly version?: number;
}

/** Pushes records as a newer app would: this app's keys, other contents. */
async function pushNewer(phone: QuickPhone, records: readonly NewerRecord[]): Promise<void> {
  const state = await readSyncState(phone.db);
  if (state === null) throw new Error('The phone has no keys');
  const keys = keysOf(state.ring);
  const key = keys.ofEpoch(keys.epoch);
  if (key === null) throw new Error('No key');
  let { count } = state;
  const x = state.x.slice();
  const frames = records.map(({ c, i, json, version = 1 }, index) => {
    const seq = state.cursor + index + 1;
    const rid = recordId(keys, { collection: c as 'contacts', id: i });
    const env = seal(
      new TextEncoder().encode(JSON.stringify(json)),
      { kind: 'rec', key: key.rec, epoch: keys.epoch, binding: concat(keys.aid, rid, u64(seq)) },
      randomBytes,
    );
    if (env === null) throw new Error('Too large');
    env[0] = version;
    const added = contributionOf(keys.account, rid, seq, tagOf(env));
    xorInto(x, added);
    count += 1;
    return { rid, env };
  });
  const head = state.cursor + frames.length;
  const manifest = sealManifest(keys, { head, count, x, at: 1, live: count }, randomBytes);
  const body = encodePushBody({ manifest, records: frames });
  valueOf(await phone.engine.net.push(phone.credential, state.cursor, body));
}

async function onServer({ server }: World, phone: QuickPhone): Promise<ReadonlyMap<string, string>> {
  const state = await readSyncState(phone.db);
  const pulled = state && (await server.store.pull(state.ring.aid, 0, { records: 1000, bytes: 1e9 }));
  if (pulled?.type !== 'Page') throw new Error('The copy is gone');
  return new Map(pulled.page.records.map(({ rid, env }) => [base64url(rid), base64url(env)]));
}

const D = ['NEWERAPP'];
const one = (c: string, i: string, f: object): NewerRecord => ({
  c,
  i,
  json: { v: 1, c, i, D, V: [1], o: [[0, 1, 5]], f },
});

const NEWER: Readonly<Record<string, NewerRecord>> = {
  'a record of a newer form': {
    ...one('contacts', 'n1', {}),
    json: { v: 2, c: 'contacts', i: 'n1', z: 'new' },
  },
  'a collection that this app does not know': one('diary', 'n1', { hours: [[0, 10.5]] }),
  'a value that does not fit its field': one('contracts', 'n1', { wage: [[0, 'much']] }),
  'a field name that cannot be one': one('contacts', 'n1', { Name: [[0, 'x']] }),
  'fields that are not a list': one('contacts', 'n1', { name: 'x' }),
  'a newer envelope': { ...one('contacts', 'n1', { name: [[0, 'x']] }), version: 2 },
  'no JSON at all': { c: 'contacts', i: 'n1', json: [] },
};

test.for(Object.entries(NEWER))('is kept, counted and not written over: %s', async ([, record]) => {
  const world = await aWorld();
  const a = await aQuickPhone(world);
  valueOf(await saveContact(a.db, newId(a.db), aContact({ name: 'Maly' })));
  await expectDone(a);
  await pushNewer(a, [record]);
  const before = await onServer(world, a);
  const fresh = await aFreshPhone(world, a.credential);
  for (const phone of [a, fresh]) {
    await expectDone(phone);
    expect(await syncOverview(phone.db)).toMatchObject({ problem: { type: 'AppTooOld' }, entriesLeft: 0 });
    expect(await newsOf(phone)).toEqual([]);
    expect(await phone.db.held.toArray()).toMatchObject([{ reason: 'NotUnderstood' }]);
  }
  // Edits of other things go on, from both phones, and the sums still fit.
  for (const phone of [a, fresh]) valueOf(await saveContact(phone.db, newId(phone.db), aContact()));
  await expectEqual(a, fresh);
  const after = await onServer(world, a);
  const rid = [...before.keys()].find((key) => !after.has(key) || before.get(key) === after.get(key));
  expect([...before].filter(([key, env]) => after.get(key) !== env && key === rid)).toEqual([]);
  for (const [key, env] of before) {
    const held = await a.db.held.get(key);
    if (held !== undefined) expect(after.get(key)).toBe(env);
  }
  for (const phone of [a, fresh]) expect(await newsOf(phone)).toEqual([]);
  expect(isEqual(await entriesOf(a.db), await entriesOf(fresh.db))).toBe(true);
});

test('an entry of a newer app is not written over by a phone that has one of the same name', async () => {
  const world = await aWorld();
  const a = await aQuickPhone(world);
  await pushNewer(a, [
    { c: 'checklist', i: 'kr/passport', json: { v: 2, c: 'checklist', i: 'kr/passport' } },
  ]);
  const before = await onServer(world, a);
  // This one filled in the same item before it got the code, and knows nothing of the other.
  const fresh = await aFreshPhone(world, a.credential);
  valueOf(await saveRecord(fresh.db, 'checklist', 'kr/passport', { done: true }));
  valueOf(await saveRecord(a.db, 'checklist', 'kr/passport', { note: 'here' }));
  await expectEqual(fresh, a);
  const after = await onServer(world, a);
  for (const [rid, env] of before) expect(after.get(rid)).toBe(env);
  expect((await fresh.db.checklist.toArray()).length).toBe(1);
});

test('a contract of a newer app is not written over because of a page that came without it', async () => {
  const world = await aWorld();
  const a = await aQuickPhone(world);
  await pushNewer(a, [
    { c: 'contracts', i: 'c1', json: { v: 2, c: 'contracts', i: 'c1' } },
    one('pages', 'p1', { contractId: [[0, 'c1']], position: [[0, 1]] }),
  ]);
  const before = await onServer(world, a);
  const fresh = await aFreshPhone(world, a.credential);
  await expectEqual(fresh, a);
  const after = await onServer(world, a);
  for (const [rid, env] of before) expect(after.get(rid)).toBe(env);
});

test('the choice of a newer app is not written over', async () => {
  const world = await aWorld();
  const a = await aQuickPhone(world);
  const state = await readSyncState(a.db);
  const rid = state && base64url(recordId(keysOf(state.ring), { collection: 'choice', id: 'sync' }));
  const aid = state?.ring.aid;
  if (!rid || !aid) throw new Error('No keys');
  // In place of the one that is there: its part leaves the sums.
  const meta = await a.db.syncMeta.get(rid);
  const x = state.x.map((byte, index) => byte ^ (meta?.contribution?.[index] ?? 0));
  await a.db.syncState.put({ ...state, x, count: state.count - 1 });
  await pushNewer(a, [{ c: 'choice', i: 'sync', json: { v: 2, c: 'choice', i: 'sync' } }]);
  await a.db.syncState.put(state);
  const before = await onServer(world, a);
  const fresh = await aFreshPhone(world, a.credential);
  await expectEqual(fresh, a);
  valueOf(await saveContact(fresh.db, newId(fresh.db), aContact()));
  await expectEqual(fresh, a);
  expect((await onServer(world, a)).get(rid)).toBe(before.get(rid));
  expect(await newsOf(a)).toEqual([]);
});

test('no photo leaves the server while entries of a newer app may name it', async () => {
  const world = await aWorld();
  const a = await aQuickPhone(world);
  const contract = { id: newId(a.db), ...aContract() };
  valueOf(await addPages(a.db, contract, [aPhoto()]));
  await expectDone(a);
  await pushNewer(a, [{ c: 'pages', i: 'n1', json: { v: 2, c: 'pages', i: 'n1' } }]);
  await expectDone(a);
  await a.db.recordState.where('[collection+id]').between(['pages', ''], ['pages', '\uffff']).delete();
  for (let day = 0; day < 20; day++) {
    a.clock.now += MS_PER_DAY;
    expect(valueOf(await findUnusedBlobs(a.db, 7 * MS_PER_DAY))).toEqual([]);
  }
  await a.db.held.clear();
  for (let day = 0; day < 9; day++) {
    a.clock.now += MS_PER_DAY;
    valueOf(await findUnusedBlobs(a.db, 7 * MS_PER_DAY));
  }
  expect(valueOf(await findUnusedBlobs(a.db, 7 * MS_PER_DAY))).toHaveLength(1);
});

test('after an update everything that was set aside is shown', async () => {
  const world = await aWorld();
  const a = await aQuickPhone(world);
  // What an update changes is that a record which did not fit does now: here it is kept as if it had not.
  valueOf(await saveContact(a.db, 'later', aContact({ name: 'From a newer app' })));
  await expectDone(a);
  const b = await aFreshPhone(world, a.credential);
  await expectDone(b);
  const state = await readSyncState(b.db);
  const pulled = state && (await world.server.store.pull(state.ring.aid, 0, { records: 1000, bytes: 1e9 }));
  if (state === null || pulled?.type !== 'Page') throw new Error('The copy is gone');
  const keys = keysOf(state.ring);
  const rid = base64url(recordId(keys, { collection: 'contacts', id: 'later' }));
  const frame = pulled.page.records.find((record) => base64url(record.rid) === rid);
  if (frame === undefined) throw new Error('Not on the server');
  await b.db.held.put({ rid, seq: frame.seq, env: frame.env, reason: 'NotUnderstood' });
  await b.db.contacts.delete('later');
  await b.db.recordState.delete(['contacts', 'later']);
  await expectDone(b);
  expect((await b.db.contacts.get('later'))?.['name']).toBe('From a newer app');
  expect(await b.db.held.count()).toBe(0);
  expect(await syncOverview(b.db)).toMatchObject({ problem: null, entriesLeft: 0, news: [] });
  expect(isEqual(await entriesOf(b.db), await entriesOf(a.db))).toBe(true);
});

test('fields that this app does not know survive its edits', async () => {
  const world = await aWorld();
  const a = await aQuickPhone(world);
  await pushNewer(a, [one('contracts', 'c1', { employer: [[0, 'Kim']], overtimeRate: [[0, 1.5]] })]);
  const b = await aSecondPhone(world, a.credential);
  valueOf(await saveContract(b.db, 'c1', { employer: 'Lee' }));
  await expectEqual(b, a);
  const c = await aSecondPhone(world, a.credential);
  expect(await getContract(c.db, 'c1')).toMatchObject({ employer: 'Lee', overtimeRate: 1.5 });
});

test('keys of a newer app stop the run with words, and nothing is taken for broken', async () => {
  const world = await aWorld();
  const a = await aQuickPhone(world);
  valueOf(await saveContact(a.db, newId(a.db), aContact({ name: 'Maly' })));
  await expectDone(a);
  const b = await aSecondPhone(world, a.credential);
  // A newer app wrote the ring, with an epoch that this app cannot read, and an entry under it.
  const { cid, wrap } = a.credential;
  const ring = seal(
    ascii(JSON.stringify({ v: 2, odd: true })),
    { kind: 'ring', key: wrap, epoch: 0, binding: concat(cid, Uint8Array.of(0, 0, 0, 2)) },
    randomBytes,
  );
  if (ring === null) throw new Error('Too large');
  const put = { role: 'owner', ring: base64url(ring), ringVersion: 2 } as const;
  valueOf(await a.engine.net.putCredential(a.credential, base64url(cid), put));
  const state = await readSyncState(a.db);
  if (state === null) throw new Error('No keys');
  const epochs = [...state.ring.epochs, [2, randomBytes(32)] as const];
  await a.db.syncState.put({ ...state, ring: { ...state.ring, epochs } });
  const [contact] = await a.db.contacts.toArray();
  valueOf(await saveContact(a.db, contact?.id ?? '', { name: 'Newer' }));
  await expectDone(a);
  const before = await onServer(world, a);
  valueOf(await saveContact(b.db, newId(b.db), aContact({ name: 'Of the older app' })));
  for (let run = 0; run < 3; run++) {
    expect(await b.sync()).toMatchObject({ type: 'Failed', problem: { type: 'AppTooOld' } });
  }
  expect(await onServer(world, a)).toEqual(before);
  expect(await newsOf(b)).toEqual([]);
  expect(new Set((await b.db.contacts.toArray()).map((row) => row['name']))).toEqual(
    new Set(['Maly', 'Of the older app']),
  );
});
