import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { bytesToText } from './base64.ts';
import { createDeletions } from './deletions.ts';
import {
  aPhone,
  aPhoto,
  aPush,
  aReader,
  aWorker,
  createTestApi,
  newAccountOf,
  newBytes,
  newId,
  type Phone,
  type TestApi,
} from './testApi.ts';
import { createTurns } from './turns.ts';

const STOP = { method: 'DELETE', headers: { Confirm: 'delete' } };

/** An account with entries, photos and a family copy. */
async function aFullAccount({ request }: TestApi): Promise<{ owner: Phone; reader: Phone }> {
  const owner = await aWorker(request);
  const reader = await aReader(owner, request);
  const records = Array.from({ length: 150 }, () => ({ rid: newId(), env: newBytes(301) }));
  await owner.ask('/records', aPush(0, { records }));
  for (let photos = 0; photos < 3; photos += 1) {
    await owner.ask(`/blobs/${bytesToText(newId())}`, aPhoto(newBytes(1069)));
  }
  return { owner, reader };
}

async function expectGone(phone: Phone): Promise<void> {
  const id = bytesToText(newId());
  for (const [path, init] of [
    ['/account', {}],
    ['/records', {}],
    ['/records', aPush(0)],
    ['/blobs', {}],
    [`/blobs/${id}`, {}],
    [`/blobs/${id}`, aPhoto(newBytes(9))],
    [`/blobs/${id}`, { method: 'DELETE' }],
    ['/creds', {}],
    [`/creds/${id}`, { method: 'DELETE' }],
  ] as const) {
    const answer = await phone.ask(path, init);
    expect(answer.status, path).toBe(410);
    expect(await answer.json()).toEqual({ error: 'Gone' });
  }
}

describe('stopping', { timeout: 30_000 }, () => {
  test('deletes the account, and every phone of it hears 410 for 90 days', async () => {
    const api = await createTestApi();
    const { owner, reader } = await aFullAccount(api);
    const other = await aWorker(api.request);
    expect((await owner.ask('/account', STOP)).status).toBe(200);
    await expectGone(owner);
    expect((await reader.ask('/account')).status).toBe(410);
    expect((await owner.ask('/account', STOP)).status).toBe(410);
    // Nobody opens an account with a code that is spent.
    expect((await api.request('/accounts', newAccountOf(owner))).status).toBe(409);
    expect((await other.ask('/account')).status).toBe(200);

    api.clock.now += 90 * 86_400_000;
    await api.store.sweepGone(Math.floor(api.clock.now / 86_400_000));
    expect((await owner.ask('/account')).status).toBe(410);
    api.clock.now += 86_400_000;
    await api.store.sweepGone(Math.floor(api.clock.now / 86_400_000));
    expect((await owner.ask('/account')).status).toBe(401);
  });

  test('needs the word, and an owner', async () => {
    const api = await createTestApi();
    const { owner, reader } = await aFullAccount(api);
    for (const headers of [{}, { Confirm: 'yes' }, { Confirm: 'Delete' }] as Record<string, string>[]) {
      const refused = await owner.ask('/account', { method: 'DELETE', headers });
      expect(refused.status).toBe(428);
      expect(await refused.json()).toEqual({ error: 'HeadRequired' });
    }
    const refused = await reader.ask('/account', STOP);
    expect(refused.status).toBe(403);
    expect(await refused.json()).toEqual({ error: 'NotAllowed' });
    expect((await owner.ask('/account')).status).toBe(200);
  });

  test('answers 503 while it goes on, everything else 410, and 200 only at the end', async () => {
    let open = (): void => {};
    const gate = new Promise<void>((resolve) => (open = resolve));
    const api = await createTestApi({
      deletionPatience: 20,
      changeBlobs: (blobs) => ({
        ...blobs,
        async deleteAccount(aid, most) {
          await gate;
          return blobs.deleteAccount(aid, most);
        },
      }),
    });
    const { owner, reader } = await aFullAccount(api);
    for (let asked = 0; asked < 3; asked += 1) {
      const waiting = await owner.ask('/account', STOP);
      expect(waiting.status).toBe(503);
      expect(Number(waiting.headers.get('Retry-After'))).toBeGreaterThan(0);
      await expectGone(owner);
      await expectGone(reader);
    }
    open();
    await expect
      .poll(async () => (await owner.ask('/account', STOP)).status, { timeout: 10_000 })
      .toSatisfy(isDone);
    expect(await api.store.listDeletions()).toEqual([]);
  });

  test('that meets a broken store of photos says 503 and is finished later', async () => {
    let isBroken = true;
    const api = await createTestApi({
      changeBlobs: (blobs) => ({
        ...blobs,
        deleteAccount: (aid, most) =>
          isBroken ? Promise.reject(new Error('S3 is down')) : blobs.deleteAccount(aid, most),
      }),
    });
    const { owner } = await aFullAccount(api);
    expect((await owner.ask('/account', STOP)).status).toBe(503);
    await expectGone(owner);
    expect((await api.store.listDeletions()).length).toBe(1);
    isBroken = false;
    await api.dependencies.deletions.resume();
    expect(await api.store.listDeletions()).toEqual([]);
    expect((await owner.ask('/account', STOP)).status).toBe(410);
    expect(api.lines.filter((line) => line.startsWith('Trouble')).length).toBe(1);
  });

  test('never says 410 to a second stop before everything is gone, though the code is gone already', async () => {
    let open = (): void => {};
    const gate = new Promise<void>((resolve) => (open = resolve));
    const api = await createTestApi({
      deletionPatience: 20,
      changeStore: (store) => ({
        ...store,
        async continueDeletion(aid, most, until) {
          const piece = await store.continueDeletion(aid, most, until);
          if (piece.done) await gate;
          return piece;
        },
      }),
    });
    const { owner } = await aFullAccount(api);
    expect((await owner.ask('/account', STOP)).status).toBe(503);
    expect((await owner.ask('/account')).status).toBe(410);
    expect((await owner.ask('/account', STOP)).status).toBe(503);
    open();
    await expect
      .poll(async () => (await owner.ask('/account', STOP)).status, { timeout: 10_000 })
      .toSatisfy(isDone);
  });

  test('while the server stops ends after the piece under way and goes on at the next start', async () => {
    const api = await createTestApi({
      changeBlobs: (blobs) => ({
        ...blobs,
        async deleteAccount() {
          await setTimeout(5);
          return { done: false };
        },
      }),
    });
    const { owner } = await aFullAccount(api);
    const asked = owner.ask('/account', STOP);
    await setTimeout(20);
    await api.dependencies.deletions.stop();
    expect((await asked).status).toBe(503);
    expect((await api.store.listDeletions()).length).toBe(1);
  });
});

describe('stopping through another server', () => {
  test('leaves no bytes of a photo that came at the same moment and could not be removed', async () => {
    const [reached, slow] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let isBroken = false;
    const api = await createTestApi({
      changeBlobs: (blobs) => ({
        ...blobs,
        async put(...photo) {
          reached.resolve();
          await slow.promise;
          await blobs.put(...photo);
        },
        delete: (...name) => (isBroken ? Promise.reject(new Error('S3 is down')) : blobs.delete(...name)),
      }),
    });
    const { store, blobs, dependencies } = api;
    const other = createDeletions({ ...dependencies, inTurn: createTurns() });
    const phone = await aWorker(api.request);
    const bid = newId();
    const upload = phone.ask(`/blobs/${bytesToText(bid)}`, aPhoto(newBytes(100)));
    await reached.promise;
    expect(await other.deleteAccount(phone.aid, phone.cid)).toBe(true);
    isBroken = true;
    slow.resolve();
    expect((await upload).status).toBe(410);
    isBroken = false;
    await dependencies.deletions.resume();
    expect(await blobs.get(phone.aid, bid)).toBeNull();
    expect(await store.listDeletions()).toEqual([]);
  });
});

describe('what a crash has left', () => {
  test('is finished also behind a deletion that never ends', async () => {
    const api = await createTestApi();
    const { store, blobs, dependencies } = api;
    const phones = await Promise.all(Array.from({ length: 3 }, () => aWorker(api.request)));
    for (const { aid } of phones) await store.startDeletion(aid);
    const [stuck] = await store.listDeletions();
    const deletions = createDeletions({
      ...dependencies,
      patience: 10,
      blobs: {
        ...blobs,
        deleteAccount: (aid, most) =>
          Buffer.compare(aid, stuck ?? newId()) === 0
            ? new Promise(() => {})
            : blobs.deleteAccount(aid, most),
      },
    });
    await deletions.resume();
    expect(await store.listDeletions()).toEqual([stuck]);
  });
});

describe('stopping while the other phone saves', { timeout: 30_000 }, () => {
  test('leaves nothing of pushes, photos and codes that came at the same moment', async () => {
    const api = await createTestApi({
      changeBlobs: (blobs) => ({
        ...blobs,
        async put(aid, bid, bytes) {
          await setTimeout(3);
          await blobs.put(aid, bid, bytes);
        },
      }),
    });
    for (let round = 0; round < 8; round += 1) {
      const { owner } = await aFullAccount(api);
      const second = aPhone(api.request, { aid: owner.aid });
      const bids = Array.from({ length: 6 }, newId);
      let head = 150;
      let isStopped = false;
      const push = async (): Promise<number[]> => {
        const seen: number[] = [];
        while (!isStopped) {
          const pushed = await owner.ask('/records', aPush(head));
          seen.push(pushed.status);
          if (pushed.status === 200) head += 1;
          await setTimeout(0);
        }
        return seen;
      };
      const upload = Promise.all(
        bids.map(async (bid, index) => {
          await setTimeout(index * 2);
          return (await owner.ask(`/blobs/${bytesToText(bid)}`, aPhoto(newBytes(5000)))).status;
        }),
      );
      const pushing = push();
      const adding = aReader(owner, api.request).catch(() => second);
      await setTimeout(round * 2);
      const stopped = await owner.ask('/account', STOP);
      isStopped = true;
      expect(stopped.status).toBe(200);
      for (const status of await pushing) expect([200, 410]).toContain(status);
      for (const status of await upload) expect([201, 410]).toContain(status);
      const added = await adding;

      expect(await api.blobs.deleteAccount(owner.aid, 1)).toEqual({ done: true });
      for (const bid of bids) expect(await api.blobs.get(owner.aid, bid)).toBeNull();
      expect((await owner.ask('/account')).status).toBe(410);
      expect([401, 410]).toContain((await added.ask('/account')).status);
      expect(await api.store.readAccount(owner.aid)).toEqual({ type: 'Gone' });
      expect(await api.store.listBlobs(owner.aid)).toEqual({ type: 'Gone' });
      expect(await api.store.listDeletions()).toEqual([]);
    }
  });
});

/** A second request comes while the deletion goes on (200), or after it (410). */
const isDone = (status: number): boolean => status === 200 || status === 410;
