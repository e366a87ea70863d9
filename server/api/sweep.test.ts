import { expect, test } from 'vitest';
import { bytesToText } from './base64.ts';
import { sweep } from './sweep.ts';
import { aPhoto, aPush, aWorker, createTestApi, newBytes, newId } from './testApi.ts';

const DAY = 86_400_000;

test('a photo that was begun and never finished is removed a day later, and its room is free again', async () => {
  const api = await createTestApi();
  const phone = await aWorker(api.request);
  const [finished, begun] = [newId(), newId()];
  await phone.ask(`/blobs/${bytesToText(finished)}`, aPhoto(newBytes(100)));
  const today = Math.floor(api.clock.now / DAY);
  const photo = { bid: begun, size: 50, digest: newBytes(32) };
  await api.store.reserveBlob(phone.aid, photo, today, api.dependencies.quotas);
  await api.blobs.put(phone.aid, begun, newBytes(50));
  const used = async () => ((await (await phone.ask('/account')).json()) as { used: object }).used;

  api.clock.now += DAY;
  await sweep(api.dependencies);
  expect(await used()).toMatchObject({ blobs: 2 });
  api.clock.now += DAY;
  await sweep(api.dependencies);
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
    await api.store.reserveBlob(phone.aid, photo, today, api.dependencies.quotas);
  }
  api.clock.now += 2 * DAY;
  await sweep(api.dependencies);
  expect(await api.store.listUnfinishedBlobs(Number.MAX_SAFE_INTEGER, 100)).toEqual([]);
});

test('an account that never saved anything goes after 30 days, and one that did stays', async () => {
  const api = await createTestApi();
  const empty = await aWorker(api.request);
  const used = await aWorker(api.request);
  await used.ask('/records', aPush(0));
  api.clock.now += 30 * DAY;
  await sweep(api.dependencies);
  expect((await empty.ask('/account')).status).toBe(200);
  api.clock.now += DAY;
  await sweep(api.dependencies);
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
    api.clock.now += 365 * DAY;
    expect((await seen.ask('/account')).status).toBe(200);
    await sweep(api.dependencies);
    expect(await api.store.readAccount(forgotten.aid)).toMatchObject({ type: 'Account' });
  }
  api.clock.now += DAY;
  await sweep(api.dependencies);
  expect(await api.store.readAccount(forgotten.aid)).toEqual({ type: 'Gone' });
  expect(await api.blobs.get(forgotten.aid, bid)).toBeNull();
  expect((await seen.ask('/account')).status).toBe(200);
});

test('many forgotten accounts go in pieces', async () => {
  const api = await createTestApi();
  for (let workers = 0; workers < 45; workers += 1) await aWorker(api.request);
  api.clock.now += 31 * DAY;
  await sweep(api.dependencies);
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
  await sweep({ ...api.dependencies, stopped: AbortSignal.abort() });
  expect((await api.store.listForgotten(listing)).length).toBe(3);
  await sweep(api.dependencies);
  expect(await api.store.listForgotten(listing)).toEqual([]);
});
