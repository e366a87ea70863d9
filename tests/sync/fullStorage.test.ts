import { EVERYTHING_CHOSEN } from '#data/choice.ts';
import { expect, test } from 'vitest';
import { listContacts, removeContact, saveContact } from '#data/contacts.ts';
import { saveContract } from '#data/contracts.ts';
import { newId } from '#data/database.ts';
import { addPages } from '#data/pages.ts';
import { changeChoice } from '#data/replica.ts';
import { readSyncState, syncOverview } from '#data/syncQueries.ts';
import { QUOTAS } from '#server/api/testApi.ts';

import { dump, fillStorage, valueOf } from '#tests/data/phone.ts';
import { aContact, aContract, aPhoto } from '#tests/support/builders.ts';
import {
  aFreshPhone,
  aQuickPhone,
  aSecondPhone,
  entriesOf,
  isEqual,
  newsOf,
  type QuickPhone,
} from './quick.ts';
import { aWorld, expectDone } from './world.ts';
import { MS_PER_DAY } from '#lib/day.ts';

/* No room left: on the phone while entries come, and on the server. */

async function addContacts(phone: QuickPhone, count: number, note = 'Contact'): Promise<void> {
  for (let index = 0; index < count; index++) {
    valueOf(await saveContact(phone.db, newId(phone.db), aContact({ name: `${note} ${index}` })));
  }
}

test('a phone that is full while entries come keeps nothing half, and goes on when there is room', async () => {
  const world = await aWorld();
  const a = await aQuickPhone(world);
  const contract = { id: newId(a.db), ...aContract() };
  valueOf(await addPages(a.db, contract, [aPhoto(), aPhoto({ seed: 2 })]));
  await addContacts(a, 20);
  await expectDone(a);
  // Small pages, so that there is a middle.
  const b = await aFreshPhone(world, a.credential);
  b.wire = (address, init, send) => send(address.replace('limit=1000', 'limit=5'), init);
  for (let puts = 0; puts < 200; puts += 7) {
    const before = await dump(b.db);
    const storage = fillStorage(puts);
    const end = await b.sync();
    storage.makeRoom();
    if (end.type === 'Done') break;
    expect(end).toMatchObject({ problem: { type: 'Storage', error: { type: 'QuotaExceeded' } } });
    // What came is whole: every row with its state, and the cursor only past what is here.
    const after = await dump(b.db);
    const state = await readSyncState(b.db);
    expect(after['syncMeta']?.length).toBe(state?.count);
    expect((after['recordState'] ?? []).length).toBe(state?.count);
    expect((after['recordState'] ?? []).length).toBeGreaterThanOrEqual((before['recordState'] ?? []).length);
    const rows = ['contracts', 'pages', 'contacts', 'choice'].reduce(
      (sum, name) => sum + (after[name] ?? []).length,
      0,
    );
    expect(rows).toBe(state?.count);
    expect((after['photos'] ?? []).length).toBe((after['photoInfo'] ?? []).length);
  }
  await expectDone(b);
  expect(isEqual(await entriesOf(b.db), await entriesOf(a.db))).toBe(true);
  expect(await newsOf(b)).toEqual([]);
});

test.for(['records', 'bytes'] as const)(
  'a server that is full (%s): entries still come, it is said, tried again once a day, and all is saved when there is room',
  async (which) => {
    const quotas = { ...QUOTAS, [which]: which === 'records' ? 6 : 2400 };
    const world = await aWorld({ quotas });
    const a = await aQuickPhone(world);
    await addContacts(a, 3);
    await expectDone(a);
    const b = await aSecondPhone(world, a.credential);
    await addContacts(b, 2, 'Of the other');
    await expectDone(b);
    await addContacts(a, 20);
    expect(await a.sync()).toMatchObject({ problem: { type: 'Full', which } });
    expect(await listContacts(a.db)).toHaveLength(25);
    // While it is full nothing is sent, and it stays said.
    const from = world.asked.length;
    for (let run = 0; run < 3; run++) await a.sync();
    expect(world.asked.slice(from).filter((request) => request.startsWith('POST'))).toEqual([]);
    expect(await syncOverview(a.db)).toMatchObject({ entriesLeft: 20, problem: { type: 'Full', which } });
    a.clock.now += MS_PER_DAY;
    await a.sync();
    await a.sync();
    expect(world.asked.slice(from).filter((request) => request.startsWith('POST'))).toHaveLength(1);
    Object.assign(quotas, QUOTAS);
    a.clock.now += MS_PER_DAY;
    await expectDone(a);
    expect(await syncOverview(a.db)).toMatchObject({ entriesLeft: 0, problem: null });
    const check = await aSecondPhone(world, a.credential);
    expect(await listContacts(check.db)).toHaveLength(25);
  },
);

test('a full server takes entries again as soon as something was removed', async () => {
  const quotas = { ...QUOTAS };
  const world = await aWorld({ quotas });
  const a = await aQuickPhone(world);
  // One that takes much room.
  const large = newId(a.db);
  valueOf(await saveContact(a.db, large, aContact({ name: 'x'.repeat(3000) })));
  await addContacts(a, 2);
  await expectDone(a);
  Object.assign(quotas, { bytes: (await usedBytes(a)) + 10 });
  await addContacts(a, 3, 'Later');
  expect(await a.sync()).toMatchObject({ problem: { type: 'Full', which: 'bytes' } });
  valueOf(await removeContact(a.db, large));
  await expectDone(a);
  expect(await syncOverview(a.db)).toMatchObject({ entriesLeft: 0, problem: null });
});

async function usedBytes(phone: QuickPhone): Promise<number> {
  return valueOf(await phone.engine.net.account(phone.credential)).used.bytes;
}

test('a full server takes entries again when a part is no longer chosen', async () => {
  const quotas = { ...QUOTAS };
  const world = await aWorld({ quotas });
  const a = await aQuickPhone(world);
  valueOf(await saveContract(a.db, newId(a.db), aContract({ note: 'x'.repeat(5000) })));
  await expectDone(a);
  Object.assign(quotas, { bytes: (await usedBytes(a)) + 10 });
  await addContacts(a, 3);
  expect(await a.sync()).toMatchObject({ problem: { type: 'Full' } });
  valueOf(await changeChoice(a.db, { ...EVERYTHING_CHOSEN, contracts: false }));
  await expectDone(a);
  expect(await syncOverview(a.db)).toMatchObject({ entriesLeft: 0, problem: null });
});

test.for(['blobs', 'blobBytes', 'firstDay'] as const)(
  'a server that is full of photos (%s): entries go on, photos wait, and all is saved when there is room',
  async (which) => {
    const quotas = { ...QUOTAS, [which]: which === 'blobs' ? 1 : 1000 };
    const world = await aWorld({ quotas });
    const a = await aQuickPhone(world);
    const contract = { id: newId(a.db), ...aContract() };
    valueOf(await addPages(a.db, contract, [aPhoto(), aPhoto({ seed: 2 }), aPhoto({ seed: 3 })]));
    expect(await a.sync()).toMatchObject({ problem: { type: 'Full', which } });
    expect(await syncOverview(a.db)).toMatchObject({ entriesLeft: 0, photosLeft: 2 });
    const from = world.asked.length;
    await addContacts(a, 2);
    await a.sync();
    expect(world.asked.slice(from).filter((request) => request.startsWith('PUT'))).toEqual([]);
    expect(await syncOverview(a.db)).toMatchObject({
      entriesLeft: 0,
      photosLeft: 2,
      problem: { type: 'Full', which },
    });
    Object.assign(quotas, QUOTAS);
    a.clock.now += MS_PER_DAY;
    world.server.clock.now += MS_PER_DAY;
    await expectDone(a);
    expect(await syncOverview(a.db)).toMatchObject({ entriesLeft: 0, photosLeft: 0, problem: null });
    const check = await aSecondPhone(world, a.credential);
    expect(isEqual(await entriesOf(check.db), await entriesOf(a.db))).toBe(true);
  },
);
