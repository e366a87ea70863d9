import { expect, test, vi } from 'vitest';
import { saveContact } from '#data/contacts.ts';
import { saveContract } from '#data/contracts.ts';
import { type Database, newId } from '#data/database.ts';
import { addPages } from '#data/pages.ts';
import { eraseEverything } from '#data/storage.ts';
import { patchSyncState, readSyncState, syncOverview } from '#data/syncQueries.ts';
import { watchEdits } from '#data/watch.ts';
import { createSyncClient } from '#sync/createSyncClient.ts';
import { createRunner, type RunnerOptions } from '#sync/runner.ts';
import { valueOf } from '#tests/data/phone.ts';
import { aContact, aContract, aPhoto } from '#tests/support/builders.ts';
import { aFreshPhone, aQuickPhone, aSecondPhone, aStartingPhone } from './quick.ts';
import { aWorld, expectDone, noNetwork, type Wire } from './world.ts';

/* What the worker does while a run is under way must neither get lost nor wait for an hour of photos. */

async function addPhotos(db: Database, count: number): Promise<void> {
  const contract = { id: newId(db), ...aContract() };
  valueOf(await saveContract(db, contract.id, contract));
  const photos = Array.from({ length: count }, (_, seed) => aPhoto({ seed }));
  valueOf(await addPages(db, contract, photos));
}

/** A runner whose runs end when the test says so, and whose timers the test calls. */
function aRunner(options: Partial<RunnerOptions> = {}) {
  const runs: (() => void)[] = [];
  const plans: number[] = [];
  const runner = createRunner({
    run: () => new Promise((resolve) => runs.push(() => resolve({ type: 'Done' }))),
    now: () => 0,
    random: () => 0,
    after: (ms) => {
      plans.push(ms);
      return () => {};
    },
    isOnline: () => true,
    isShown: () => true,
    ...options,
  });
  return { runner, runs, plans };
}

test.for(['edit', 'hand'] as const)(
  'what was asked for by "%s" while a run went on begins another',
  async (trigger) => {
    const { runner, runs, plans } = aRunner();
    const run = runner.runNow();
    expect(runner.isAwaited()).toBe(false);
    runner.trigger(trigger);
    expect(runner.isAwaited()).toBe(true);
    runs[0]?.();
    await run;
    expect(plans).toEqual([5000]);
  },
);

test('"save now" while a run goes on waits for a run that knows what was asked', async () => {
  const { runner, runs } = aRunner();
  const first = runner.runNow();
  const second = runner.runNow();
  runs[0]?.();
  await first;
  await vi.waitFor(() => expect(runs).toHaveLength(2));
  runs[1]?.();
  await second;
});

test('a server that asks to wait is never asked before', async () => {
  const wait = 600_000;
  const { runner, plans } = aRunner({
    run: () => Promise.resolve({ type: 'Failed', problem: { type: 'Busy' }, wait }),
  });
  await runner.runNow();
  expect(plans[0]).toBeGreaterThanOrEqual(wait);
});

test('every edit is told, whether a run goes on or not', async () => {
  const phone = await aQuickPhone(await aWorld());
  const told = vi.fn();
  const end = watchEdits(phone.db, told);
  let edits = 0;
  // It begins to look in its own time.
  await vi.waitFor(async () => {
    valueOf(await saveContact(phone.db, 'typed', aContact({ name: `${(edits += 1)}` })));
    expect(told).toHaveBeenCalled();
  });
  end();
});

test('what a run puts together itself asks for no other run', async () => {
  const world = await aWorld();
  const a = await aQuickPhone(world);
  const b = await aSecondPhone(world, a.credential);
  for (const phone of [a, b]) valueOf(await saveContact(phone.db, 'both', aContact({ name: phone.name })));
  await expectDone(a);
  b.wire = (address, init, send) =>
    init.method === 'POST' ? noNetwork(address, init, send) : send(address, init);
  await b.sync();
  expect(await b.db.unsent.toArray()).toMatchObject([{ id: 'both', merged: true }]);
});

test('photos wait for what the worker wants now', async () => {
  const phone = await aQuickPhone(await aWorld());
  await addPhotos(phone.db, 3);
  let puts = 0;
  phone.wire = async (address, init, send) => {
    if (init.method === 'PUT') puts += 1;
    return send(address, init);
  };
  Object.assign(phone.engine, { isAwaited: () => Promise.resolve(puts > 0) });
  await expectDone(phone);
  expect(puts).toBe(1);
  Object.assign(phone.engine, { isAwaited: () => Promise.resolve(false) });
  await expectDone(phone);
  expect(puts).toBe(3);
});

test('stop is noted at once, although a photo is on its way, and no other photo follows', async () => {
  const world = await aWorld();
  const phone = await aStartingPhone(world);
  await addPhotos(phone.db, 3);
  const gate = Promise.withResolvers<void>();
  const started = Promise.withResolvers<void>();
  let puts = 0;
  vi.stubGlobal('fetch', async (address: string, init: RequestInit) => {
    if (init.method === 'PUT') {
      puts += 1;
      started.resolve();
      await gate.promise;
    }
    return world.server.request(address.replace('/v1', ''), init);
  });
  vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }));
  const client = createSyncClient(phone.db);
  const run = client.syncNow();
  await started.promise;
  const stopping = client.stop();
  await vi.waitFor(async () => expect((await syncOverview(phone.db)).phase).toBe('withdrawing'));
  gate.resolve();
  await run;
  expect(await stopping).toEqual({ ok: true, value: undefined });
  vi.unstubAllGlobals();
  expect(puts).toBe(1);
  expect(await readSyncState(phone.db)).toBeNull();
});

test('a stop while the copy is made on the server stays a stop', async () => {
  const phone = await aStartingPhone(await aWorld());
  phone.wire = async (address, init, send) => {
    const answer = await send(address, init);
    if (address === '/v1/accounts') valueOf(await patchSyncState(phone.db, { phase: 'withdrawing' }));
    return answer;
  };
  expect(await phone.sync()).toEqual({ type: 'Ended' });
  expect((await syncOverview(phone.db)).phase).toBe('withdrawing');
});

test('a photo that comes while everything is erased leaves nothing', async () => {
  const world = await aWorld();
  const a = await aQuickPhone(world);
  await addPhotos(a.db, 1);
  await expectDone(a);
  const b = await aFreshPhone(world, a.credential);
  const eraseFirst: Wire = async (address, init, send) => {
    const answer = await send(address, init);
    if (init.method === 'GET' && address.startsWith('/v1/blobs/')) valueOf(await eraseEverything(b.db));
    return answer;
  };
  b.wire = eraseFirst;
  await b.sync();
  for (const table of ['photos', 'photoInfo', 'blobState', 'pages'] as const) {
    expect(await b.db[table].count(), table).toBe(0);
  }
});
