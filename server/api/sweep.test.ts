import { expect, test } from 'vitest';
import { bytesToText } from './base64.ts';
import { createApi } from './createApi.ts';
import { createDeletions } from './deletions.ts';
import { type SweepDependencies, sweep } from './sweep.ts';
import { aPhoto, aPush, aWorker, createTestApi, newBytes, newId } from './testApi.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** A sweep of a server that has run for long enough. */
const sweepOf = (world: Omit<SweepDependencies, 'uptime'>): Promise<void> =>
  sweep({ ...world, uptime: () => 6 * HOUR });

test('a photo that was begun and never finished is removed a day later, and its room is free again', async () => {
  const api = await createTestApi();
  const phone = await aWorker(api.request);
  const [finished, begun] = [newId(), newId()];
  await phone.ask(`/blobs/${bytesToText(finished)}`, aPhoto(newBytes(100)));
  const today = Math.floor(api.clock.now / DAY);
  const photo = { bid: begun, size: 50, digest: newBytes(32) };
  await api.store.reserveBlob(phone, photo, today, api.dependencies.quotas);
  await api.blobs.put(phone.aid, begun, newBytes(50));
  const used = async () => ((await (await phone.ask('/account')).json()) as { used: object }).used;

  api.clock.now += DAY;
  await sweepOf(api.dependencies);
  expect(await used()).toMatchObject({ blobs: 2 });
  api.clock.now += DAY;
  await sweepOf(api.dependencies);
  expect(await used()).toMatchObject({ blobs: 1, blobBytes: 100 });
  expect(await api.blobs.get(phone.aid, begun)).toBeNull();
  expect((await phone.ask(`/blobs/${bytesToText(finished)}`)).status).toBe(200);
});

test('many unfinished photos are removed in pieces', async () => {
  const api = await createTestApi();
  const phone = await aWorker(api.request);
  const today = Math.floor(api.clock.now / DAY);
  for (let photos = 0; photos < 45; photos += 1) {
    const photo = { bid: newId(), size: 50, digest: newBytes(32) };
    await api.store.reserveBlob(phone, photo, today, api.dependencies.quotas);
  }
  api.clock.now += 2 * DAY;
  await sweepOf(api.dependencies);
  expect(await api.store.listUnfinishedBlobs(Number.MAX_SAFE_INTEGER, 100)).toEqual([]);
});

test('an account that never saved anything goes after 30 days, and one that did stays', async () => {
  const api = await createTestApi();
  const empty = await aWorker(api.request);
  const used = await aWorker(api.request);
  await used.ask('/records', aPush(0));
  api.clock.now += 30 * DAY;
  await sweepOf(api.dependencies);
  expect((await empty.ask('/account')).status).toBe(200);
  api.clock.now += DAY;
  await sweepOf(api.dependencies);
  expect((await empty.ask('/account')).status).toBe(410);
  expect((await used.ask('/account')).status).toBe(200);
});

test('an account that nobody asked for goes after three years, with its photos', async () => {
  const api = await createTestApi();
  const forgotten = await aWorker(api.request);
  const bid = newId();
  await forgotten.ask('/records', aPush(0));
  await forgotten.ask(`/blobs/${bytesToText(bid)}`, aPhoto(newBytes(100)));
  const seen = await aWorker(api.request);
  await seen.ask('/records', aPush(0));
  for (let year = 0; year < 3; year += 1) {
    api.clock.now += 363 * DAY;
    expect((await seen.ask('/account')).status).toBe(200);
    api.clock.now += 2 * DAY;
    await sweepOf(api.dependencies);
    expect(await api.store.readAccount(forgotten.aid)).toMatchObject({ type: 'Account' });
  }
  api.clock.now += DAY;
  await sweepOf(api.dependencies);
  expect(await api.store.readAccount(forgotten.aid)).toEqual({ type: 'Gone' });
  expect(await api.blobs.get(forgotten.aid, bid)).toBeNull();
  expect((await seen.ask('/account')).status).toBe(200);
});

test('many forgotten accounts go in pieces', async () => {
  const api = await createTestApi();
  for (let workers = 0; workers < 45; workers += 1) await aWorker(api.request);
  api.clock.now += 31 * DAY;
  await sweepOf(api.dependencies);
  const left = await api.store.listForgotten({
    emptyBefore: Number.MAX_SAFE_INTEGER,
    unseenBefore: 0,
    most: 10,
  });
  expect(left).toEqual([]);
});

test('a sweep ends when the server stops, and the next one goes on', async () => {
  const api = await createTestApi();
  for (let workers = 0; workers < 3; workers += 1) await aWorker(api.request);
  api.clock.now += 31 * DAY;
  const listing = { emptyBefore: Number.MAX_SAFE_INTEGER, unseenBefore: 0, most: 10 };
  await sweepOf({ ...api.dependencies, stopped: AbortSignal.abort() });
  expect((await api.store.listForgotten(listing)).length).toBe(3);
  await sweepOf(api.dependencies);
  expect(await api.store.listForgotten(listing)).toEqual([]);
});

test('an account that is in use again since the sweep looked stays', async () => {
  const [reached, slow] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const api = await createTestApi({
    changeBlobs: (blobs) => ({
      ...blobs,
      async deleteAccount(...asked) {
        reached.resolve();
        await slow.promise;
        return blobs.deleteAccount(...asked);
      },
    }),
  });
  const phones = [await aWorker(api.request), await aWorker(api.request), await aWorker(api.request)];
  api.clock.now += 31 * DAY;
  const sweeping = sweepOf(api.dependencies);
  await reached.promise;
  const pushed = await Promise.all(
    phones.map(async (phone) => (await phone.ask('/records', aPush(0))).status),
  );
  expect(pushed.toSorted((a, b) => a - b)).toEqual([200, 200, 410]);
  slow.resolve();
  await sweeping;
  const after = await Promise.all(phones.map(async (phone) => (await phone.ask('/account')).status));
  expect(after).toEqual(pushed);
});

test('what cannot be removed stops nothing else, and stands in the log', async () => {
  const api = await createTestApi();
  const { store, blobs, dependencies, lines, clock } = api;
  const phone = await aWorker(api.request);
  await phone.ask('/records', aPush(0));
  const today = Math.floor(clock.now / DAY);
  const stuck = new Set<string>();
  // More than fit into one piece, and those first.
  for (let photos = 0; photos < 50; photos += 1) {
    const bid = newId();
    if (photos < 25) stuck.add(bytesToText(bid));
    const day = today - (photos < 25 ? 1 : 0);
    await store.reserveBlob(phone, { bid, size: 5, digest: newBytes(32) }, day, dependencies.quotas);
  }
  const empty = await aWorker(api.request);
  clock.now += 31 * DAY;
  const broken = {
    ...blobs,
    delete: (aid: Uint8Array, bid: Uint8Array) =>
      stuck.has(bytesToText(bid)) ? Promise.reject(new Error('EACCES')) : blobs.delete(aid, bid),
  };
  await sweepOf({ ...dependencies, blobs: broken });
  const left = await store.listUnfinishedBlobs(Number.MAX_SAFE_INTEGER, 100);
  expect(new Set(left.map(({ bid }) => bytesToText(bid)))).toEqual(stuck);
  expect((await empty.ask('/account')).status).toBe(410);
  expect(lines.filter((line) => line.startsWith('Trouble with the sweep of a photo'))).toHaveLength(25);
});

test('accounts that cannot be removed do not keep others from being removed', async () => {
  const api = await createTestApi();
  const { blobs, dependencies, clock, store } = api;
  const phones = await Promise.all(Array.from({ length: 45 }, () => aWorker(api.request)));
  const stuck = new Set(phones.slice(0, 25).map(({ aid }) => bytesToText(aid)));
  const broken = {
    ...blobs,
    deleteAccount: (aid: Uint8Array, most: number) =>
      stuck.has(bytesToText(aid)) ? Promise.reject(new Error('EACCES')) : blobs.deleteAccount(aid, most),
  };
  clock.now += 31 * DAY;
  await sweepOf({ ...dependencies, deletions: createDeletions({ ...dependencies, blobs: broken }) });
  expect(new Set((await store.listDeletions()).map(bytesToText))).toEqual(stuck);
  const everything = { emptyBefore: Number.MAX_SAFE_INTEGER, unseenBefore: 0, most: 100 };
  expect(await store.listForgotten(everything)).toHaveLength(25);
});

test('a list that cannot be read keeps nobody from the other lists', async () => {
  const api = await createTestApi();
  const empty = await aWorker(api.request);
  api.clock.now += 31 * DAY;
  const fail = (): Promise<never> => Promise.reject(new Error('broken'));
  const store = { ...api.store, listUnfinishedBlobs: fail, sweepGone: fail };
  await sweepOf({ ...api.dependencies, store });
  expect((await empty.ask('/account')).status).toBe(410);
  expect(api.lines.filter((line) => line.startsWith('Trouble with the daily sweep'))).toHaveLength(2);
});

test('a clock that is years ahead deletes no account, also when phones ask meanwhile', async () => {
  const api = await createTestApi();
  const [used, empty, other] = [
    await aWorker(api.request),
    await aWorker(api.request),
    await aWorker(api.request),
  ];
  await used.ask('/records', aPush(0));
  api.clock.now += 4 * 365 * DAY;
  expect((await other.ask('/account')).status).toBe(200);
  await sweepOf(api.dependencies);
  for (const phone of [used, empty, other]) expect((await phone.ask('/account')).status).toBe(200);
  const said = api.lines.filter((line) => !/^(GET|POST) /.test(line));
  expect(said).toEqual([
    'Forgotten accounts are not removed now: before yesterday nobody used this server for 60 days. Is its clock right?',
  ]);
});

test('a server that has just started deletes no account: its clock may still be wrong', async () => {
  const api = await createTestApi();
  const empty = await aWorker(api.request);
  api.clock.now += 31 * DAY;
  let uptime = 6 * HOUR - 1;
  await sweep({ ...api.dependencies, uptime: () => uptime });
  expect((await empty.ask('/account')).status).toBe(200);
  api.clock.now += 31 * DAY;
  uptime += 1;
  await sweep({ ...api.dependencies, uptime: () => uptime });
  expect((await empty.ask('/account')).status).toBe(410);
});

test('an account that is opened while the clock stands in 1970 is not taken for a forgotten one', async () => {
  const api = await createTestApi();
  const real = api.clock.now;
  const other = await aWorker(api.request);
  api.clock.now = 60_000;
  const phone = await aWorker(api.request);
  await phone.ask('/records', aPush(0));
  expect((await createApi(api.dependencies).request('/account', { headers: auth(phone) })).status).toBe(200);
  api.clock.now = real + 3 * DAY;
  await sweepOf(api.dependencies);
  for (const each of [phone, other]) expect((await each.ask('/account')).status).toBe(200);
});

const auth = ({ authorization }: { authorization: string }) => ({ Authorization: authorization });
