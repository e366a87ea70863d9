import { expect, test } from 'vitest';
import { saveAgency } from '#data/agencies.ts';
import { EVERYTHING_CHOSEN, readChoice } from '#data/choice.ts';
import { saveContact } from '#data/contacts.ts';
import { removeContract, saveContract } from '#data/contracts.ts';
import { newId } from '#data/database.ts';
import { addPages, removePage } from '#data/pages.ts';
import { changeChoice, endCopy } from '#data/replica.ts';
import { patchSyncState, readSyncState, syncOverview } from '#data/syncQueries.ts';
import { type Choice, GROUP_OF, type Group } from '#data/syncState.ts';

import { keysOf, openFrame } from '#sync/sealing.ts';
import { valueOf } from '#tests/data/phone.ts';
import { aContact, aContract, anAgency, aPhoto } from '#tests/support/builders.ts';
import {
  aFreshPhone,
  aQuickPhone,
  aSecondPhone,
  aStartingPhone,
  entriesOf,
  expectEqual,
  isEqual,
  joinQuickly,
  type QuickPhone,
} from './quick.ts';
import { aSyncPhone, aWorld, expectDone, noNetwork, type World } from './world.ts';
import { MS_PER_DAY } from '#lib/day.ts';

/* Only what the worker chose is on the server, and stopping a part takes it away there and nowhere else. */

const NOTHING: Choice = {
  contracts: false,
  agencies: false,
  contacts: false,
  checklist: false,
  cards: false,
  photos: false,
};

/** Fills every group with something. */
async function fill(phone: QuickPhone): Promise<void> {
  const contract = { id: newId(phone.db), ...aContract() };
  valueOf(await saveContract(phone.db, contract.id, contract));
  valueOf(await addPages(phone.db, contract, [aPhoto(), aPhoto({ seed: 2 })]));
  valueOf(await saveAgency(phone.db, newId(phone.db), anAgency()));
  valueOf(await saveContact(phone.db, newId(phone.db), aContact()));
}

interface OnServer {
  /** How many entries of each collection can be read there with the keys of the phone. */
  readonly collections: Readonly<Record<string, number>>;
  readonly photos: number;
}

/** Everything on the server, opened with the keys of the phone. */
async function onServer({ server }: World, phone: QuickPhone): Promise<OnServer> {
  const state = await readSyncState(phone.db);
  if (state === null) throw new Error('The phone has no keys');
  const pulled = await server.store.pull(state.ring.aid, 0, { records: 1000, bytes: 1e9 });
  if (pulled.type === 'Gone') throw new Error('The copy is gone');
  const collections: Record<string, number> = {};
  for (const frame of pulled.page.records) {
    const opened = openFrame(keysOf(state.ring), frame);
    if (opened.kind === 'Forgotten') continue;
    const name = opened.kind === 'Record' ? opened.record.collection : opened.kind;
    collections[name] = (collections[name] ?? 0) + 1;
  }
  const photos = await server.store.listBlobs(state.ring.aid);
  return { collections, photos: 'type' in photos ? 0 : photos.length };
}

test('nothing is sent before the worker agreed', async () => {
  const world = await aWorld();
  const phone = await aSyncPhone(world);
  valueOf(await saveContact(phone.db, newId(phone.db), aContact()));
  expect(await phone.sync(true)).toEqual({ type: 'Ended' });
  expect(world.asked).toEqual([]);
  expect(await syncOverview(phone.db)).toMatchObject({ phase: 'off', choice: NOTHING });
});

test('nothing is chosen until the worker chooses it', async () => {
  const world = await aWorld();
  const phone = await aStartingPhone(world, NOTHING);
  await fill(phone);
  await expectDone(phone);
  expect(await onServer(world, phone)).toEqual({ collections: { choice: 1 }, photos: 0 });
});

test.for(['contracts', 'agencies', 'contacts', 'checklist', 'cards'] as const)(
  'only what was chosen is on the server: %s',
  async (group: Group) => {
    const world = await aWorld();
    const phone = await aStartingPhone(world, { ...NOTHING, [group]: true });
    await fill(phone);
    await expectDone(phone);
    const { collections, photos } = await onServer(world, phone);
    const others = Object.keys(collections).filter(
      (name) => name !== 'choice' && GROUP_OF[name as keyof typeof GROUP_OF] !== group,
    );
    expect(others).toEqual([]);
    expect(photos).toBe(0);
    if (group === 'contracts') expect(collections).toEqual({ choice: 1, contracts: 1, pages: 2 });
  },
);

test('a part that is switched off is forgotten on the server and stays on every phone', async () => {
  const world = await aWorld();
  const a = await aStartingPhone(world);
  await fill(a);
  await expectDone(a);
  const b = await aSecondPhone(world, a.credential);
  const had = await entriesOf(a.db);
  valueOf(await changeChoice(a.db, { ...EVERYTHING_CHOSEN, contracts: false }));
  await expectEqual(a, b);
  expect((await onServer(world, a)).collections).toEqual({ choice: 1, agencies: 1, contacts: 1 });
  for (const phone of [a, b]) expect(isEqual(await entriesOf(phone.db), had)).toBe(true);
  // Edits of it are kept, and go nowhere.
  const [contract] = await a.db.contracts.toArray();
  valueOf(await saveContract(a.db, contract?.id ?? '', { note: 'Only here' }));
  await expectEqual(a, b);
  expect((await onServer(world, a)).collections['contracts']).toBeUndefined();
  expect(await syncOverview(a.db)).toMatchObject({ entriesLeft: 0, problem: null });
  // Switched on again: everything is there, the edit too.
  valueOf(await changeChoice(b.db, EVERYTHING_CHOSEN));
  await expectEqual(b, a);
  await expectEqual(b, a);
  expect((await onServer(world, a)).collections).toMatchObject({ contracts: 1, pages: 2 });
  const check = await aSecondPhone(world, a.credential);
  expect((await check.db.contracts.toArray())[0]).toMatchObject({ note: 'Only here' });
  for (const phone of [a, b])
    expect(isEqual(await entriesOf(phone.db), await entriesOf(check.db))).toBe(true);
});

test('what two phones disagree about is off', async () => {
  const world = await aWorld();
  const a = await aStartingPhone(world, { ...EVERYTHING_CHOSEN, contacts: false });
  await fill(a);
  await expectDone(a);
  const b = await aSecondPhone(world, a.credential);
  valueOf(await changeChoice(a.db, EVERYTHING_CHOSEN));
  valueOf(await changeChoice(a.db, { ...EVERYTHING_CHOSEN, cards: false }));
  // The other one, offline, says no to the same question.
  valueOf(await changeChoice(b.db, EVERYTHING_CHOSEN));
  valueOf(await changeChoice(b.db, { ...EVERYTHING_CHOSEN, contacts: false }));
  await expectEqual(a, b);
  for (const phone of [a, b])
    expect(await readChoice(phone.db)).toMatchObject({ contacts: false, cards: false });
  expect((await onServer(world, a)).collections['contacts']).toBeUndefined();
});

test('photos go only when they were chosen', async () => {
  const world = await aWorld();
  const a = await aStartingPhone(world, { ...EVERYTHING_CHOSEN, photos: false });
  await fill(a);
  await expectDone(a);
  expect((await onServer(world, a)).photos).toBe(0);
  valueOf(await changeChoice(a.db, EVERYTHING_CHOSEN));
  await expectDone(a);
  expect((await onServer(world, a)).photos).toBe(2);
});

test.for([
  ['photos', { ...EVERYTHING_CHOSEN, photos: false }],
  ['contracts', { ...EVERYTHING_CHOSEN, contracts: false }],
] as const)(
  'photos leave the server some days after %s were switched off, and stay on the phone',
  async ([, choice]) => {
    const world = await aWorld();
    const a = await aStartingPhone(world);
    await fill(a);
    await expectDone(a);
    valueOf(await changeChoice(a.db, choice));
    for (let day = 0; day < 10; day++) {
      a.clock.now += MS_PER_DAY;
      await expectDone(a);
    }
    expect((await onServer(world, a)).photos).toBe(0);
    expect(await a.db.photos.count()).toBe(2);
    valueOf(await changeChoice(a.db, EVERYTHING_CHOSEN));
    a.clock.now += MS_PER_DAY;
    await expectDone(a);
    expect((await onServer(world, a)).photos).toBe(2);
  },
);

test('photos wait for Wi-Fi when that was chosen, and entries do not', async () => {
  const world = await aWorld();
  const a = await aStartingPhone(world);
  let isOnWifi = false;
  Object.assign(a.engine, { mayMovePhotos: () => isOnWifi });
  await fill(a);
  await expectDone(a);
  expect(await onServer(world, a)).toMatchObject({ collections: { contracts: 1 }, photos: 0 });
  expect(await syncOverview(a.db)).toMatchObject({ entriesLeft: 0, photosLeft: 2 });
  const b = await aFreshPhone(world, a.credential);
  isOnWifi = true;
  await expectDone(a);
  Object.assign(b.engine, { mayMovePhotos: () => false });
  await expectDone(b);
  expect(await b.db.photos.count()).toBe(0);
  expect(await syncOverview(b.db)).toMatchObject({ photosToCome: 2 });
});

test('a photo that no entry names any more leaves the server after a week, and not before', async () => {
  const world = await aWorld();
  const a = await aStartingPhone(world);
  await fill(a);
  await expectDone(a);
  const [page] = await a.db.pages.toArray();
  valueOf(await removePage(a.db, page?.id ?? ''));
  for (let day = 0; day < 7; day++) {
    await expectDone(a);
    expect((await onServer(world, a)).photos).toBe(2);
    a.clock.now += MS_PER_DAY;
  }
  a.clock.now += MS_PER_DAY;
  await expectDone(a);
  expect((await onServer(world, a)).photos).toBe(1);
});

test('a phone that gets the code takes the choice of that copy, whatever it had chosen for another one before', async () => {
  const world = await aWorld();
  const a = await aStartingPhone(world);
  await fill(a);
  await expectDone(a);
  const b = await aQuickPhone(world, { ...NOTHING, cards: true });
  valueOf(await endCopy(b.db, null));
  await joinQuickly(b, a.credential);
  await expectDone(b);
  await expectEqual(a, b);
  for (const phone of [a, b]) expect(await readChoice(phone.db)).toEqual(EVERYTHING_CHOSEN);
  expect((await onServer(world, a)).collections).toMatchObject({ contracts: 1, agencies: 1, contacts: 1 });
});

test('what is chosen right after the code was typed again counts', async () => {
  const world = await aWorld();
  const a = await aStartingPhone(world);
  await fill(a);
  await expectDone(a);
  const b = await aSecondPhone(world, a.credential);
  valueOf(await changeChoice(b.db, { ...EVERYTHING_CHOSEN, cards: false }));
  await expectEqual(b, a);
  valueOf(await endCopy(b.db, null));
  await joinQuickly(b, a.credential);
  valueOf(await changeChoice(b.db, { ...EVERYTHING_CHOSEN, contacts: false }));
  await expectEqual(b, a);
  for (const phone of [a, b])
    expect(await readChoice(phone.db)).toMatchObject({ contacts: false, agencies: true });
  expect((await onServer(world, a)).collections['contacts']).toBeUndefined();
});

test('photos of what is not chosen are not said to be left', async () => {
  const phone = await aQuickPhone(await aWorld(), { ...EVERYTHING_CHOSEN, contracts: false });
  const contract = { id: newId(phone.db), ...aContract() };
  valueOf(await saveContract(phone.db, contract.id, contract));
  valueOf(await addPages(phone.db, contract, [aPhoto()]));
  await expectDone(phone);
  expect(await syncOverview(phone.db)).toMatchObject({ photosLeft: 0 });
});

test('a refused photo that nothing names any more is no problem', async () => {
  const phone = await aQuickPhone(await aWorld());
  const contract = { id: newId(phone.db), ...aContract() };
  valueOf(await saveContract(phone.db, contract.id, contract));
  valueOf(await addPages(phone.db, contract, [aPhoto()]));
  phone.wire = async (address, init, send) =>
    init.method === 'PUT' ? new Response('<h1>Too large</h1>', { status: 413 }) : send(address, init);
  await expectDone(phone);
  expect(await syncOverview(phone.db)).toMatchObject({ problem: { type: 'Refused', count: 1 } });
  valueOf(await removeContract(phone.db, contract.id));
  await expectDone(phone);
  expect(await syncOverview(phone.db)).toMatchObject({ problem: null });
});

test('two quick changes of the choice both hold, and it is not called saved before they are sent', async () => {
  const phone = await aQuickPhone(await aWorld());
  const { savedAt } = await syncOverview(phone.db);
  phone.clock.now += 60_000;
  await Promise.all([
    changeChoice(phone.db, { contracts: false }),
    changeChoice(phone.db, { contacts: false }),
  ]);
  const { choice, choiceLeft } = await syncOverview(phone.db);
  expect(choice).toEqual({ ...EVERYTHING_CHOSEN, contracts: false, contacts: false });
  expect(choiceLeft).toBe(true);
  phone.wire = noNetwork;
  await phone.sync();
  expect((await syncOverview(phone.db)).savedAt).toBe(savedAt);
  phone.wire = null;
  await expectDone(phone);
  expect(await syncOverview(phone.db)).toMatchObject({ choiceLeft: false, savedAt: phone.clock.now });
});

test('what was agreed for the photos of a restore ends when there are none', async () => {
  const world = await aWorld();
  const a = await aQuickPhone(world);
  const b = await aFreshPhone(world, a.credential);
  valueOf(await patchSyncState(b.db, { fetchAgreed: true }));
  await expectDone(b);
  expect((await readSyncState(b.db))?.fetchAgreed).toBe(false);
});
