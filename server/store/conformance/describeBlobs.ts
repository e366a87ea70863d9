import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BlobStore } from '#server/store/blobStore.ts';
import { bytes, id } from './builders.ts';
import { BusyError } from '#server/store/store.ts';

/** A place for blobs that is empty at first, and the same place when it cannot be written. */
export interface TestBlobs {
  readonly blobs: BlobStore;
  readonly broken: BlobStore;
  /** Everything that lies there, names and bytes. */
  dump(): Promise<Uint8Array>;
  remove(): Promise<void>;
}

/** What every place for photos must do. */
export function describeBlobs(name: string, make: () => Promise<TestBlobs>): void {
  describe(name, () => {
    let place: TestBlobs;
    let blobs: BlobStore;
    beforeAll(async () => {
      place = await make();
      blobs = place.blobs;
    });
    afterAll(() => place.remove());

    test('gives back what was put there', async () => {
      const aid = id();
      for (const length of [1, 1069, 2 * 1024 * 1024]) {
        const [bid, photo] = [id(), bytes(length)];
        await blobs.put(aid, bid, photo);
        const back = await blobs.get(aid, bid);
        expect(Buffer.compare(back ?? new Uint8Array(0), photo)).toBe(0);
      }
    });

    test('gives back a part', async () => {
      const [aid, bid, photo] = [id(), id(), bytes(1000)];
      await blobs.put(aid, bid, photo);
      for (const [from, to] of [
        [0, 0],
        [0, 999],
        [10, 19],
        [999, 999],
        [500, 5000],
      ] as const)
        expect(await blobs.get(aid, bid, { from, to })).toEqual(photo.slice(from, to + 1));
      expect(await blobs.get(aid, bid, { from: 1000, to: 2000 })).toEqual(new Uint8Array(0));
    });

    test('knows nothing of what was never there', async () => {
      const [aid, bid] = [id(), id()];
      expect(await blobs.get(aid, bid)).toBeNull();
      expect(await blobs.get(aid, bid, { from: 0, to: 1 })).toBeNull();
      await blobs.delete(aid, bid);
      expect(await blobs.deleteAccount(aid, 10)).toEqual({ done: true });
    });

    test('replaces what has the same name', async () => {
      const [aid, bid] = [id(), id()];
      await blobs.put(aid, bid, bytes(2000));
      const second = bytes(1000);
      await blobs.put(aid, bid, second);
      expect(await blobs.get(aid, bid)).toEqual(second);
    });

    test('takes many at once', async () => {
      const aid = id();
      const photos = Array.from({ length: 20 }, () => ({ bid: id(), photo: bytes(5000) }));
      await Promise.all(photos.map(({ bid, photo }) => blobs.put(aid, bid, photo)));
      const back = await Promise.all(photos.map(({ bid }) => blobs.get(aid, bid)));
      expect(back).toEqual(photos.map(({ photo }) => photo));
      // Two uploads of one name: one of them is there, whole.
      const [bid, one, two] = [id(), bytes(4000), bytes(4000)];
      await Promise.all([blobs.put(aid, bid, one), blobs.put(aid, bid, two)]);
      expect([one, two]).toContainEqual(await blobs.get(aid, bid));
    });

    test('deletes one, and leaves the others', async () => {
      const aid = id();
      const [first, second] = [id(), id()];
      const photo = bytes(100);
      for (const bid of [first, second]) await blobs.put(aid, bid, photo);
      await blobs.delete(aid, first);
      await blobs.delete(aid, first);
      expect(await blobs.get(aid, first)).toBeNull();
      expect(await blobs.get(aid, second)).toEqual(photo);
    });

    test('deletes all of an account in pieces, and nothing of another', async () => {
      const [mine, theirs] = [id(), id()];
      const photos = Array.from({ length: 25 }, () => ({ bid: id(), photo: bytes(64) }));
      for (const { bid, photo } of photos) await blobs.put(mine, bid, photo);
      const [bid, photo] = [id(), bytes(64)];
      await blobs.put(theirs, bid, photo);

      let pieces = 0;
      for (let done = false; !done; pieces++) ({ done } = await blobs.deleteAccount(mine, 10));
      expect(pieces).toBeGreaterThanOrEqual(3);
      expect(pieces).toBeLessThanOrEqual(4);
      for (const each of photos) expect(await blobs.get(mine, each.bid)).toBeNull();
      expect(await blobs.get(theirs, bid)).toEqual(photo);

      const left = Buffer.from(await place.dump());
      const traces = [mine, ...photos.map((each) => each.bid)];
      for (const trace of traces) {
        expect(left.includes(Buffer.from(trace))).toBe(false);
        expect(left.includes(Buffer.from(trace).toString('base64url'))).toBe(false);
      }
      for (const each of photos) expect(left.includes(Buffer.from(each.photo))).toBe(false);
      expect(left.includes(Buffer.from(theirs).toString('base64url'))).toBe(true);
    });

    test('is busy when the place is not there, in words that name nobody', async () => {
      const [aid, bid] = [id(), id()];
      const name = Buffer.from(aid).toString('base64url');
      const { broken } = place;
      const asked = [
        broken.put(aid, bid, bytes(10)),
        broken.get(aid, bid),
        broken.delete(aid, bid),
        broken.deleteAccount(aid, 10),
      ];
      for (const failed of await Promise.allSettled(asked)) {
        if (failed.status === 'fulfilled') throw new Error('It should have failed.');
        expect(failed.reason).toBeInstanceOf(BusyError);
        expect(`${String(failed.reason)} ${JSON.stringify(failed.reason)}`).not.toContain(name);
      }
    });
  });
}
