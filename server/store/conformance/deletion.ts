import { beforeAll, describe, expect, test } from 'vitest';
import type { Asker, Store } from '#server/store/store.ts';
import {
  aBlob,
  anAccount,
  aNewAccount,
  aPush,
  aQuota,
  aRecord,
  bytes,
  deleteWholly,
  finishDeletion,
  id,
  patiently,
  pullAll,
  TODAY,
} from './builders.ts';
import { countRows } from './database.ts';
import type { Setting } from './setting.ts';

const PAGE = { records: 1000, bytes: 1024 * 1024 };

export function describeDeletion({ getStore, withOwnDatabase }: Setting): void {
  describe('deletion', () => {
    let store: Store;
    beforeAll(() => {
      store = getStore();
    });

    async function fill(into: Store, worker: Asker): Promise<void> {
      await patiently(() =>
        into.push(worker, 0, aPush(...Array.from({ length: 50 }, () => aRecord())), aQuota()),
      );
      for (let count = 0; count < 7; count++) {
        const blob = aBlob();
        await patiently(() => into.reserveBlob(worker, blob, TODAY, aQuota()));
        if (count > 0) await patiently(() => into.finishBlob(worker.aid, blob.bid));
      }
    }

    test('answers gone to everything from the first moment on', async () => {
      const worker = await anAccount(store);
      const { aid, cid } = worker;
      await fill(store, worker);
      const blobs = await store.listBlobs(aid);
      const bid = 'type' in blobs ? id() : (blobs[0]?.bid ?? id());
      await store.startDeletion(aid);
      const gone = { type: 'Gone' };
      expect(await store.readAccount(aid)).toEqual(gone);
      expect(await store.pull(aid, 0, PAGE)).toEqual(gone);
      expect(await store.pull(aid, 50, PAGE)).toEqual(gone);
      expect(await store.push(worker, 50, aPush(aRecord()), aQuota())).toEqual(gone);
      expect(await store.reserveBlob(worker, aBlob(), TODAY, aQuota())).toEqual(gone);
      expect(await store.finishBlob(aid, bid)).toEqual(gone);
      expect(await store.hideBlob(aid, bid)).toEqual(gone);
      for (const each of [bid, id()]) expect(await store.findBlob(aid, each)).toEqual(gone);
      expect(await store.listBlobs(aid)).toEqual(gone);
      expect(await store.listCredentials(aid)).toEqual(gone);
      expect(await store.deleteCredential(worker, cid)).toEqual(gone);
      for (const authHash of [bytes(32), null]) {
        const code = { cid: id(), aid, role: 'owner', authHash, ring: bytes(301), ringVersion: 1 } as const;
        expect(await store.putCredential(worker, code, 5)).toEqual(gone);
      }
      expect(await store.createAccount(aNewAccount({ aid }), TODAY)).toEqual({ type: 'AlreadyExists' });
      await finishDeletion(store, aid);
    });

    test('tells every code of the account for 90 days, and leaves no other row', () =>
      withOwnDatabase(async (own) => {
        const other = await own.open();
        const worker = await anAccount(other);
        const { aid, cid } = worker;
        await fill(other, worker);
        const second = {
          cid: id(),
          aid,
          role: 'reader',
          authHash: bytes(32),
          ring: bytes(9),
          ringVersion: 1,
        } as const;
        await other.putCredential(worker, second, 5);
        await deleteWholly(other, aid);
        for (const code of [cid, second.cid])
          expect(await other.findCredential(code)).toEqual({ type: 'Gone' });
        expect(await other.readAccount(aid)).toEqual({ type: 'Gone' });
        expect(await other.continueDeletion(aid, 10, TODAY + 90)).toEqual({ done: true });
        await other.sweepGone(TODAY + 90);
        expect(await other.findCredential(cid)).toEqual({ type: 'Gone' });
        await other.close();
        expect(await countRows(own)).toEqual({ gone: 2 });

        const later = await own.open();
        await later.sweepGone(TODAY + 91);
        expect(await later.findCredential(cid)).toEqual({ type: 'Unknown' });
        await later.close();
        expect(await countRows(own)).toEqual({});
      }));

    test('goes on after a crash at any piece, and touches no other account', () =>
      withOwnDatabase(async (own) => {
        let other = await own.open();
        const [mine, theirs] = [await anAccount(other), await anAccount(other)];
        await fill(other, mine);
        await fill(other, theirs);
        const before = await pullAll(other, theirs.aid);
        await patiently(() => other.startDeletion(mine.aid));
        await patiently(() => other.startDeletion(mine.aid));
        let pieces = 0;
        for (let done = false; !done; pieces++) {
          await other.close();
          other = await own.open();
          expect(await other.listDeletions()).toEqual([mine.aid]);
          expect(await other.readAccount(mine.aid)).toEqual({ type: 'Gone' });
          ({ done } = await patiently(() => other.continueDeletion(mine.aid, 10, TODAY + 90)));
        }
        // 7 photos, 50 records in tens, and the rest.
        expect(pieces).toBe(7);
        expect(await other.listDeletions()).toEqual([]);
        expect(await pullAll(other, theirs.aid)).toEqual(before);
        expect(await other.listBlobs(theirs.aid)).toHaveLength(6);
        await deleteWholly(other, theirs.aid, 3);
        await other.close();
        expect(await countRows(own)).toEqual({ gone: 2 });
      }));

    test('deletes nothing of an account whose deletion was not asked for', async () => {
      const worker = await anAccount(store);
      const { aid } = worker;
      await store.push(worker, 0, aPush(aRecord()), aQuota());
      expect(await store.continueDeletion(aid, 1000, TODAY + 90)).toEqual({ done: true });
      expect((await pullAll(store, aid)).records).toHaveLength(1);
    });

    test('leaves nothing behind while phones go on pushing, uploading and adding codes', () =>
      withOwnDatabase(async (own) => {
        const other = await own.open();
        for (let round = 0; round < 5; round++) {
          const worker = await anAccount(other);
          const { aid } = worker;
          let isGone = false;
          const late: string[] = [];
          const until = async (ask: () => Promise<{ type: string }>): Promise<void> => {
            for (let wasGone = false; !wasGone; ) {
              const after = isGone;
              const { type } = await patiently(ask);
              wasGone = type === 'Gone';
              if (after && !wasGone) late.push(type);
            }
          };
          const phones = [
            until(async () => {
              const read = await other.readAccount(aid);
              if (read.type === 'Gone') return read;
              return other.push(worker, read.account.head, aPush(aRecord(), aRecord()), aQuota());
            }),
            until(async () => {
              const blob = aBlob();
              const reserved = await other.reserveBlob(worker, blob, TODAY, aQuota({ blobs: 1e6 }));
              return reserved.type === 'Reserved' ? other.finishBlob(aid, blob.bid) : reserved;
            }),
            until(() => {
              const code = {
                cid: id(),
                aid,
                role: 'reader',
                authHash: bytes(32),
                ring: bytes(9),
                ringVersion: 1,
              };
              return other.putCredential(worker, { ...code, role: 'reader' }, 50);
            }),
          ];
          await new Promise((resolve) => setTimeout(resolve, 30));
          await patiently(() => other.startDeletion(aid));
          isGone = true;
          await finishDeletion(other, aid);
          await Promise.all(phones);
          expect(late).toEqual([]);
        }
        await other.sweepGone(TODAY + 91);
        await other.close();
        expect(await countRows(own)).toEqual({});
      }));

    test('starts one of a forgotten account only while it is forgotten', async () => {
      const nobody = { emptyBefore: 0, unseenBefore: 0 };
      const empty = { emptyBefore: TODAY + 1, unseenBefore: 0 };
      const unseen = { emptyBefore: 0, unseenBefore: TODAY + 1 };
      const begin = async (changes: typeof nobody, use = false): Promise<boolean> => {
        const worker = await anAccount(store);
        if (use) await store.push(worker, 0, aPush(aRecord()), aQuota());
        const started = await store.startDeletion(worker.aid, changes);
        expect((await store.readAccount(worker.aid)).type).toBe(started ? 'Gone' : 'Account');
        await deleteWholly(store, worker.aid);
        // Of what is gone nothing is left to be deleted.
        expect(await store.startDeletion(worker.aid, changes)).toBe(false);
        return started;
      };
      expect(await begin(nobody)).toBe(false);
      expect(await begin(empty)).toBe(true);
      expect(await begin(empty, true)).toBe(false);
      expect(await begin(unseen)).toBe(true);
      expect(await begin(unseen, true)).toBe(true);
      expect(await begin({ emptyBefore: TODAY, unseenBefore: TODAY })).toBe(false);
    });

    test('lets an account be opened again with the same code', async () => {
      const account = await anAccount(store);
      await deleteWholly(store, account.aid);
      expect(await store.createAccount(account, TODAY)).toEqual({ type: 'Created' });
      expect(await store.findCredential(account.cid)).toMatchObject({ type: 'Known' });
      await deleteWholly(store, account.aid);
    });
  });
}
