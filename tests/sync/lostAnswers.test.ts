import { expect, test } from 'vitest';
import { listContacts, removeContact, saveContact } from '#data/contacts.ts';
import { listContracts, saveContract } from '#data/contracts.ts';
import { newId } from '#data/database.ts';
import { addPages } from '#data/pages.ts';
import { patchSyncState, readSyncState, syncOverview } from '#data/syncQueries.ts';
import { addFamily, otherCodes, takeAway } from '#sync/codes.ts';
import { newestEpoch } from '#sync/ring.ts';
import { syncOnce } from '#sync/run.ts';
import { valueOf } from '#tests/data/phone.ts';
import { aContact, aContract, aPhoto } from '#tests/support/builders.ts';
import {
  aFreshPhone,
  alterPages,
  aQuickPhone,
  aSecondPhone,
  aStartingPhone,
  countOf,
  entriesOf,
  isEqual,
  loseAnswer,
  newsOf,
  type QuickPhone,
  refusal,
} from './quick.ts';
import { aWorld, expectDone, noNetwork, type Wire, type World } from './world.ts';
import { drawFrom } from '#tests/support/random.ts';

/* Answers that get lost on the way, phones that die in the middle, and workers who stop without a network. */

async function aPhoneWithEntries(world: World): Promise<QuickPhone> {
  const phone = await aStartingPhone(world);
  const contract = { id: newId(phone.db), ...aContract() };
  valueOf(await saveContract(phone.db, contract.id, contract));
  valueOf(await addPages(phone.db, contract, [aPhoto(), aPhoto({ seed: 2 })]));
  for (let index = 0; index < 5; index++) {
    valueOf(await saveContact(phone.db, newId(phone.db), aContact({ name: `Contact ${index}` })));
  }
  return phone;
}

async function expectAllSaved(world: World, phone: QuickPhone): Promise<void> {
  expect(await syncOverview(phone.db)).toMatchObject({ entriesLeft: 0, photosLeft: 0, problem: null });
  const check = await aSecondPhone(world, phone.credential);
  expect(isEqual(await entriesOf(check.db), await entriesOf(phone.db))).toBe(true);
  expect(await newsOf(check)).toEqual([]);
  expect(await newsOf(phone)).toEqual([]);
}

const REQUESTS: Readonly<Record<string, (request: string) => boolean>> = {
  'a new copy': (request) => request === 'POST /v1/accounts',
  'fetching entries': (request) => request.startsWith('GET /v1/records'),
  'saving entries': (request) => request === 'POST /v1/records',
  'the list of photos': (request) => request === 'GET /v1/blobs',
  'saving a photo': (request) => request.startsWith('PUT /v1/blobs/'),
};

test.for(Object.entries(REQUESTS))(
  'the answer to %s gets lost, and all is saved in the end',
  async ([, isIt]) => {
    const world = await aWorld();
    const phone = await aPhoneWithEntries(world);
    phone.wire = loseAnswer(isIt);
    expect(await phone.sync()).toMatchObject({ type: 'Failed', problem: { type: 'Offline' } });
    await expectDone(phone);
    await expectAllSaved(world, phone);
  },
);

test('the answer to a photo that is fetched gets lost, and it is fetched again', async () => {
  const world = await aWorld();
  const phone = await aPhoneWithEntries(world);
  await expectDone(phone);
  const other = await aFreshPhone(world, phone.credential);
  other.wire = loseAnswer((request) => request.startsWith('GET /v1/blobs/'), 1);
  expect(await other.sync()).toMatchObject({ problem: { type: 'Offline' } });
  await expectDone(other);
  expect(isEqual(await entriesOf(other.db), await entriesOf(phone.db))).toBe(true);
});

test('a photo whose bytes break off goes on where it stopped', async () => {
  const world = await aWorld();
  const phone = await aQuickPhone(world);
  const contract = { id: newId(phone.db), ...aContract() };
  valueOf(await addPages(phone.db, contract, [aPhoto({ size: 200_000 })]));
  await expectDone(phone);
  const other = await aFreshPhone(world, phone.credential);
  const ranges: (string | null)[] = [];
  other.wire = async (address, init, send) => {
    const response = await send(address, init);
    if (!address.startsWith('/v1/blobs/')) return response;
    ranges.push(new Headers(init.headers).get('Range'));
    if (ranges.length > 2) return response;
    const bytes = new Uint8Array(await response.arrayBuffer());
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        if (sent >= 60_000) controller.error(new TypeError('network error'));
        else controller.enqueue(bytes.slice(sent, (sent += 20_000)));
      },
    });
    return new Response(body, { status: response.status, headers: response.headers });
  };
  expect(await other.sync()).toMatchObject({ problem: { type: 'Offline' } });
  expect(await other.sync()).toMatchObject({ problem: { type: 'Offline' } });
  await expectDone(other);
  expect(ranges).toEqual([null, 'bytes=60000-', 'bytes=120000-']);
  expect(isEqual(await entriesOf(other.db), await entriesOf(phone.db))).toBe(true);
});

/** The app dies with the `at`th request: before it is sent, or after the server did it. The next start is a new device. */
async function dieAt(phone: QuickPhone, at: number, isDone: boolean): Promise<boolean> {
  let count = 0;
  let hasDied = false;
  phone.wire = async (address, init, send) => {
    count += 1;
    if (count < at) return send(address, init);
    hasDied = true;
    if (isDone) await send(address, init);
    phone.db.close();
    throw new TypeError('Failed to fetch');
  };
  await phone.sync();
  phone.wire = null;
  return hasDied;
}

async function startAgain(phone: QuickPhone): Promise<QuickPhone> {
  const db = await phone.restart();
  const next = { ...phone, db, engine: { ...phone.engine, db } };
  return Object.assign(next, { sync: (byHand = false) => syncOnce(next.engine, byHand) });
}

test.for([false, true])(
  'the phone dies at any request (done by the server: %s), and nothing is lost',
  async (isDone) => {
    for (let at = 1; at < 40; at++) {
      const world = await aWorld();
      let phone = await aPhoneWithEntries(world);
      // Few records in a push, so that there are steps to die between.
      phone.engine.pushSize = 3;
      const hasDied = await dieAt(phone, at, isDone);
      phone = await startAgain(phone);
      const [contact] = await listContacts(phone.db);
      valueOf(await saveContact(phone.db, contact?.id ?? '', { phone: '+855 after' }));
      await expectDone(phone);
      await expectAllSaved(world, phone);
      if (!hasDied) {
        expect(at).toBeGreaterThan(5);
        return;
      }
    }
    throw new Error('The run never came to its end');
  },
);

test('the phone dies while it writes, wherever that is, and nothing is half', async () => {
  const draw = drawFrom(3);
  for (let round = 0; round < countOf(15, 150); round++) {
    const world = await aWorld();
    const a = await aPhoneWithEntries(world);
    await expectDone(a);
    let b = await aFreshPhone(world, a.credential);
    // The database closes after some answers of the real thing, between two transactions of the same run.
    let steps = 2 + draw(6);
    const pause = b.engine.pause;
    Object.assign(b.engine, {
      pause: () => {
        steps -= 1;
        if (steps === 0) b.db.close();
        return pause();
      },
    });
    await b.sync();
    b = await startAgain(b);
    Object.assign(b.engine, { pause });
    await expectDone(b);
    expect(isEqual(await entriesOf(b.db), await entriesOf(a.db))).toBe(true);
    expect(await newsOf(b)).toEqual([]);
  }
});

test('the phone dies after entries came and before they were checked: what is missing is still noticed', async () => {
  const world = await aWorld();
  const a = await aPhoneWithEntries(world);
  await expectDone(a);
  let b = await aSecondPhone(world, a.credential);
  const [one, two] = await listContacts(a.db);
  valueOf(await saveContact(a.db, one?.id ?? '', { phone: '1' }));
  valueOf(await saveContact(a.db, two?.id ?? '', { phone: '2' }));
  await expectDone(a);
  // One entry is left out, and the app dies as soon as the other one is kept.
  b.wire = alterPages((page) => ({ ...page, records: page.records.slice(1) }));
  const { pause } = b.engine;
  Object.assign(b.engine, {
    pause: () => {
      b.db.close();
      return pause();
    },
  });
  await b.sync();
  b.wire = null;
  b = await startAgain(b);
  Object.assign(b.engine, { pause });
  await expectDone(b);
  expect(isEqual(await entriesOf(b.db), await entriesOf(a.db))).toBe(true);
});

test('what is edited while a push is under way is not lost', async () => {
  const world = await aWorld();
  const phone = await aPhoneWithEntries(world);
  await expectDone(phone);
  const [contact] = await listContacts(phone.db);
  const id = contact?.id ?? '';
  valueOf(await saveContact(phone.db, id, { phone: 'first' }));
  let isFirst = true;
  phone.wire = async (address, init, send) => {
    const response = await send(address, init);
    if (isFirst && init.method === 'POST') {
      isFirst = false;
      valueOf(await saveContact(phone.db, id, { phone: 'second' }));
      valueOf(await removeContact(phone.db, (await listContacts(phone.db))[1]?.id ?? ''));
    }
    return response;
  };
  await expectDone(phone);
  phone.wire = null;
  expect(await syncOverview(phone.db)).toMatchObject({ entriesLeft: 2 });
  await expectDone(phone);
  await expectAllSaved(world, phone);
  const check = await aSecondPhone(world, phone.credential);
  expect((await listContacts(check.db)).map(({ phone: number }) => number)).toContain('second');
});

test('"Gone" in the middle of saving: keys go, every entry stays', async () => {
  const world = await aWorld();
  const phone = await aPhoneWithEntries(world);
  const had = await entriesOf(phone.db);
  phone.engine.pushSize = 2;
  let pushes = 0;
  phone.wire = (address, init, send) => {
    if (init.method !== 'POST' || address !== '/v1/records') return send(address, init);
    pushes += 1;
    return pushes > 1 ? Promise.resolve(refusal(410, 'Gone')) : send(address, init);
  };
  expect(await phone.sync()).toEqual({ type: 'Ended' });
  phone.wire = null;
  expect(await syncOverview(phone.db)).toMatchObject({ phase: 'off', news: ['StoppedElsewhere'] });
  expect(isEqual(await entriesOf(phone.db), had)).toBe(true);
  expect(await phone.sync()).toEqual({ type: 'Ended' });
  for (const table of [phone.db.syncMeta, phone.db.unsent, phone.db.held, phone.db.blobState]) {
    expect(await table.count()).toBe(0);
  }
});

async function stop(phone: QuickPhone): Promise<void> {
  valueOf(await patchSyncState(phone.db, { phase: 'withdrawing', problem: null }));
}

test.for([
  ['offline', noNetwork],
  ['with the answer lost', loseAnswer((request) => request === 'DELETE /v1/account')],
  ['with the proof lost', loseAnswer((request) => request === 'GET /v1/account')],
  ['while the server is still at it', once503()],
] as const)('a stop %s is finished later, and another phone keeps its entries too', async ([, wire]) => {
  const world = await aWorld();
  const phone = await aPhoneWithEntries(world);
  await expectDone(phone);
  const other = await aSecondPhone(world, phone.credential);
  const had = await entriesOf(phone.db);
  await stop(phone);
  phone.wire = wire;
  expect(await phone.sync()).toMatchObject({ type: 'Failed' });
  expect(await syncOverview(phone.db)).toMatchObject({ phase: 'withdrawing' });
  // Nothing is sent any more.
  valueOf(await saveContact(phone.db, newId(phone.db), aContact({ name: 'After' })));
  const from = world.asked.length;
  phone.wire = null;
  expect(await phone.sync()).toEqual({ type: 'Ended' });
  expect(world.asked.slice(from).filter((request) => request.includes('records'))).toEqual([]);
  expect(await syncOverview(phone.db)).toMatchObject({ phase: 'off', news: ['Deleted'] });
  expect((await entriesOf(phone.db))['contracts']).toEqual(had['contracts']);
  expect(await other.sync()).toEqual({ type: 'Ended' });
  expect(isEqual(await entriesOf(other.db), had)).toBe(true);
  expect(await newsOf(other)).toEqual(['StoppedElsewhere']);
});

function once503(): Wire {
  let isFirst = true;
  return (address, init, send) => {
    if (!isFirst || init.method !== 'DELETE') return send(address, init);
    isFirst = false;
    return Promise.resolve(refusal(503, 'Busy'));
  };
}

test('a server that says "deleted" and still knows the copy is not believed', async () => {
  const world = await aWorld();
  const phone = await aPhoneWithEntries(world);
  await expectDone(phone);
  await stop(phone);
  phone.wire = (address, init, send) =>
    init.method === 'DELETE' ? Promise.resolve(new Response(null, { status: 200 })) : send(address, init);
  expect(await phone.sync()).toMatchObject({ type: 'Failed' });
  expect(await syncOverview(phone.db)).toMatchObject({ phase: 'withdrawing', news: [] });
});

test('a server that does not know the code any more has not proved that the copy is gone', async () => {
  const world = await aWorld();
  const phone = await aPhoneWithEntries(world);
  await expectDone(phone);
  await stop(phone);
  phone.wire = () => Promise.resolve(refusal(401, 'NotAuthorised'));
  expect(await phone.sync(true)).toMatchObject({ type: 'Failed', problem: { type: 'NotAuthorised' } });
  expect(await newsOf(phone)).toEqual([]);
  phone.wire = null;
  expect(await phone.sync(true)).toEqual({ type: 'Ended' });
  expect(await newsOf(phone)).toEqual(['Deleted']);
});

test('a stop before the server ever answered ends at once when it knows nothing', async () => {
  const world = await aWorld();
  const phone = await aPhoneWithEntries(world);
  phone.wire = noNetwork;
  await phone.sync();
  await stop(phone);
  phone.wire = null;
  expect(await phone.sync()).toEqual({ type: 'Ended' });
  expect(await syncOverview(phone.db)).toMatchObject({ phase: 'off', news: ['Deleted'] });
});

test('the login page of a Wi-Fi that says yes to everything stores nothing', async () => {
  const world = await aWorld();
  const phone = await aPhoneWithEntries(world);
  await expectDone(phone);
  const contract = (await listContracts(phone.db))[0];
  if (contract) valueOf(await addPages(phone.db, contract, [aPhoto({ seed: 9 })]));
  phone.wire = (address, init, send) =>
    init.method === 'PUT'
      ? Promise.resolve(new Response('<!doctype html>Welcome', { status: 200 }))
      : send(address, init);
  expect(await phone.sync()).toMatchObject({ problem: { type: 'BadAnswer' } });
  phone.wire = null;
  await expectDone(phone);
  await expectAllSaved(world, phone);
});

test('a code that was taken away stays so when the answer gets lost, and what is written then is not for it', async () => {
  const world = await aWorld();
  const phone = await aPhoneWithEntries(world);
  await expectDone(phone);
  valueOf(await addFamily(phone.engine, 'Mother'));
  await expectDone(phone);
  const [code] = valueOf(await otherCodes(phone.engine));
  const before = await readSyncState(phone.db);
  phone.wire = loseAnswer((request) => request.startsWith('DELETE /v1/creds/'));
  expect(await takeAway(phone.engine, code?.cid ?? '')).toMatchObject({ ok: false });
  phone.wire = null;
  await expectDone(phone);
  // The worker looks at the list: the code is gone from it, so nothing more will be done by hand.
  expect(valueOf(await otherCodes(phone.engine))).toEqual([]);
  const after = await readSyncState(phone.db);
  const epochs = [before, after].map((state) => (state ? newestEpoch(state.ring)[0] : 0));
  expect(epochs).toEqual([1, 2]);
});
