import { beforeAll, describe, expect, test } from 'vitest';
import { BusyError, type Store } from '#server/store/store.ts';
import { TODAY, aBlob, aQuota, anAccount, atOnce, bytes, id, typesOf, usedBy } from './builders.ts';
import type { Setting } from './setting.ts';

export function describePhotos({ getStore }: Setting): void {
  describe('photos', () => {
    let store: Store;
    beforeAll(() => {
      store = getStore();
    });

    test('shows a photo only when its bytes are there', async () => {
      const worker = await anAccount(store);
      const { aid } = worker;
      const blob = aBlob(1069);
      expect(await store.reserveBlob(worker, blob, TODAY, aQuota())).toEqual({ type: 'Reserved' });
      expect(await store.findBlob(aid, blob.bid)).toEqual({ type: 'NotFound' });
      expect(await store.listBlobs(aid)).toEqual([]);
      expect(await usedBy(store, aid)).toMatchObject({ blobs: 1, blobBytes: 1069 });
      expect(await store.finishBlob(aid, blob.bid)).toEqual({ type: 'Ready' });
      expect(await store.findBlob(aid, blob.bid)).toEqual({
        type: 'Blob',
        blob: { bid: blob.bid, size: 1069 },
      });
      expect(await store.listBlobs(aid)).toEqual([{ bid: blob.bid, size: 1069 }]);
      expect(await store.finishBlob(aid, blob.bid)).toEqual({ type: 'Ready' });
    });

    test('tells the same photo from another of the same name', async () => {
      const worker = await anAccount(store);
      const { aid } = worker;
      const blob = aBlob();
      await store.reserveBlob(worker, blob, TODAY, aQuota());
      await store.finishBlob(aid, blob.bid);
      expect(await store.reserveBlob(worker, blob, TODAY, aQuota())).toEqual({ type: 'Same' });
      const other = { ...blob, digest: bytes(32) };
      expect(await store.reserveBlob(worker, other, TODAY, aQuota())).toEqual({ type: 'AlreadyExists' });
      expect(await usedBy(store, aid)).toMatchObject({ blobs: 1, blobBytes: 1000 });
    });

    test('lets an upload that broke off begin again, and counts it once', async () => {
      const worker = await anAccount(store);
      const { aid } = worker;
      const blob = aBlob();
      await store.reserveBlob(worker, blob, TODAY, aQuota());
      const again = { ...blob, digest: bytes(32) };
      const full = aQuota({ blobs: 1, blobBytes: 1000 });
      expect(await store.reserveBlob(worker, again, TODAY, full)).toEqual({ type: 'Reserved' });
      expect(await store.finishBlob(aid, blob.bid)).toEqual({ type: 'Ready' });
      expect(await store.reserveBlob(worker, again, TODAY, full)).toEqual({ type: 'Same' });
      expect(await usedBy(store, aid)).toMatchObject({ blobs: 1, blobBytes: 1000 });
      const larger = { ...aBlob(2000), bid: id() };
      await store.reserveBlob(worker, larger, TODAY, aQuota());
      expect(await store.reserveBlob(worker, { ...larger, size: 1 }, TODAY, aQuota())).toEqual({
        type: 'AlreadyExists',
      });
    });

    test('holds exactly so many photos and bytes as the quotas allow', async () => {
      const worker = await anAccount(store);
      const { aid } = worker;
      const reserve = (size: number, quotas: Parameters<typeof aQuota>[0], day = TODAY + 2) =>
        store.reserveBlob(worker, aBlob(size), day, aQuota(quotas));
      expect(await reserve(600, { blobBytes: 1000 })).toEqual({ type: 'Reserved' });
      expect(await reserve(401, { blobBytes: 1000 })).toEqual({
        type: 'QuotaExceeded',
        which: 'blobBytes',
        limit: 1000,
        used: 600,
      });
      expect(await reserve(400, { blobBytes: 1000 })).toEqual({ type: 'Reserved' });
      expect(await reserve(1, { blobs: 2 })).toEqual({
        type: 'QuotaExceeded',
        which: 'blobs',
        limit: 2,
        used: 2,
      });
      expect(await reserve(1, { blobs: 3 })).toEqual({ type: 'Reserved' });
      expect(await usedBy(store, aid)).toMatchObject({ blobs: 3, blobBytes: 1001 });
    });

    test('holds less in the first 24 hours of an account: on the day it was made and the day after', async () => {
      const worker = await anAccount(store);
      const quotas = aQuota({ firstDay: 1000 });
      expect(await store.reserveBlob(worker, aBlob(1001), TODAY, quotas)).toEqual({
        type: 'QuotaExceeded',
        which: 'firstDay',
        limit: 1000,
        used: 0,
      });
      expect(await store.reserveBlob(worker, aBlob(1000), TODAY, quotas)).toEqual({ type: 'Reserved' });
      for (const day of [TODAY, TODAY + 1])
        expect(await store.reserveBlob(worker, aBlob(1), day, quotas)).toMatchObject({ used: 1000 });
      expect(await store.reserveBlob(worker, aBlob(1001), TODAY + 2, quotas)).toEqual({ type: 'Reserved' });
    });

    test('never holds more when many come at once', async () => {
      const worker = await anAccount(store);
      const { aid } = worker;
      const quotas = aQuota({ blobs: 3 });
      const answers = await atOnce(6, () => store.reserveBlob(worker, aBlob(10), TODAY, quotas));
      expect(typesOf(answers).filter((type) => type === 'Reserved')).toHaveLength(3);
      expect(await usedBy(store, aid)).toMatchObject({ blobs: 3, blobBytes: 30 });
    });

    test('removes a photo: nobody sees it any more, and then its room is free', async () => {
      const worker = await anAccount(store);
      const { aid } = worker;
      const blob = aBlob();
      await store.reserveBlob(worker, blob, TODAY, aQuota());
      await store.finishBlob(aid, blob.bid);
      await store.forgetBlob(aid, blob.bid);
      expect(await store.findBlob(aid, blob.bid)).toMatchObject({ type: 'Blob' });

      expect(await store.hideBlob(aid, blob.bid)).toEqual({ type: 'Hidden' });
      expect(await store.findBlob(aid, blob.bid)).toEqual({ type: 'NotFound' });
      expect(await store.listBlobs(aid)).toEqual([]);
      expect(await usedBy(store, aid)).toMatchObject({ blobs: 1 });
      // A crash may have come before the bytes were removed.
      expect(await store.hideBlob(aid, blob.bid)).toEqual({ type: 'Hidden' });
      await store.forgetBlob(aid, blob.bid);
      expect(await usedBy(store, aid)).toMatchObject({ blobs: 0, blobBytes: 0 });
      expect(await store.hideBlob(aid, blob.bid)).toEqual({ type: 'NotFound' });
      await store.forgetBlob(aid, blob.bid);
      expect(await usedBy(store, aid)).toMatchObject({ blobs: 0, blobBytes: 0 });
      expect(await store.reserveBlob(worker, blob, TODAY, aQuota())).toEqual({ type: 'Reserved' });
    });

    test('takes no upload of a photo whose bytes are being removed', async () => {
      const worker = await anAccount(store);
      const { aid } = worker;
      const blob = aBlob();
      await store.reserveBlob(worker, blob, TODAY, aQuota());
      await store.hideBlob(aid, blob.bid);
      await expect(store.reserveBlob(worker, blob, TODAY, aQuota())).rejects.toThrow(BusyError);
      expect(await store.finishBlob(aid, blob.bid)).toEqual({ type: 'NotFound' });
      await store.forgetBlob(aid, blob.bid);
      expect(await store.finishBlob(aid, blob.bid)).toEqual({ type: 'NotFound' });
      expect(await store.reserveBlob(worker, blob, TODAY, aQuota())).toEqual({ type: 'Reserved' });
    });

    test('does not sweep away a photo that became ready since the sweep looked', async () => {
      const worker = await anAccount(store);
      const { aid } = worker;
      const blob = aBlob();
      await store.reserveBlob(worker, blob, TODAY, aQuota());
      await store.finishBlob(aid, blob.bid);
      expect(await store.hideBlob(aid, blob.bid, 'unfinished')).toEqual({ type: 'NotFound' });
      expect(await store.findBlob(aid, blob.bid)).toMatchObject({ type: 'Blob' });
      const other = aBlob();
      await store.reserveBlob(worker, other, TODAY, aQuota());
      expect(await store.hideBlob(aid, other.bid, 'unfinished')).toEqual({ type: 'Hidden' });
    });
  });
}
