import { beforeAll, describe, expect, test } from 'vitest';
import type { Store } from '#server/store/store.ts';
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

    async function fill(into: Store, aid: Uint8Array): Promise<void> {
      await patiently(() =>
        into.push(aid, 0, aPush(...Array.from({ length: 50 }, () => aRecord())), aQuota()),
      );
      for (let count = 0; count < 7; count++) {
        const blob = aBlob();
        await patiently(() => into.reserveBlob(aid, blob, TODAY, aQuota()));
        if (count > 0) await patiently(() => into.finishBlob(aid, blob.bid));
      }
    }

    test('answers gone to everything from the first moment on', async () => {
      const { aid, cid } = await anAccount(store);
      await fill(store, aid);
      const [blob] = await store.listBlobs(aid);
      await store.startDeletion(aid);
      const gone = { type: 'Gone' };
      expect(await store.readAccount(aid)).toEqual(gone);
      expect(await store.pull(aid, 0, PAGE)).toEqual(gone);
      expect(await store.pull(aid, 50, PAGE)).toEqual(gone);
      expect(await store.push(aid, 50, aPush(aRecord()), aQuota())).toEqual(gone);
      expect(await store.reserveBlob(aid, aBlob(), TODAY, aQuota())).toEqual(gone);
      expect(await store.finishBlob(aid, blob?.bid ?? id())).toEqual(gone);
      expect(await store.hideBlob(aid, blob?.bid ?? id())).toEqual(gone);
      expect(await store.findBlob(aid, blob?.bid ?? id())).toBeNull();
      expect(await store.listBlobs(aid)).toEqual([]);
      expect(await store.listCredentials(aid)).toEqual(gone);
      expect(await store.deleteCredential(aid, cid)).toEqual(gone);
      for (const authHash of [bytes(32), null]) {
        const code = { cid: id(), aid, role: 'owner', authHash, ring: bytes(301), ringVersion: 1 } as const;
        expect(await store.putCredential(code, 5)).toEqual(gone);
      }
      expect(await store.createAccount(aNewAccount({ aid }), TODAY)).toEqual({ type: 'AlreadyExists' });
      await finishDeletion(store, aid);
    });

    test('tells every code of the account for 90 days, and leaves no other row', () =>
      withOwnDatabase(async (own) => {
        const other = await own.open();
        const { aid, cid } = await anAccount(other);
        await fill(other, aid);
        const second = {
          cid: id(),
          aid,
          role: 'reader',
          authHash: bytes(32),
          ring: bytes(9),
          ringVersion: 1,
        } as const;
        await other.putCredential(second, 5);
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
        await fill(other, mine.aid);
        await fill(other, theirs.aid);
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
      const { aid } = await anAccount(store);
      await store.push(aid, 0, aPush(aRecord()), aQuota());
      expect(await store.continueDeletion(aid, 1000, TODAY + 90)).toEqual({ done: true });
      expect((await pullAll(store, aid)).records).toHaveLength(1);
    });

    test('leaves nothing behind while phones go on pushing, uploading and adding codes', () =>
      withOwnDatabase(async (own) => {
        const other = await own.open();
        for (let round = 0; round < 5; round++) {
          const { aid } = await anAccount(other);
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
              return other.push(aid, read.account.head, aPush(aRecord(), aRecord()), aQuota());
            }),
            until(async () => {
              const blob = aBlob();
              const reserved = await other.reserveBlob(aid, blob, TODAY, aQuota({ blobs: 1e6 }));
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
              return other.putCredential({ ...code, role: 'reader' }, 50);
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

    test('lets an account be opened again with the same code', async () => {
      const account = await anAccount(store);
      await deleteWholly(store, account.aid);
      expect(await store.createAccount(account, TODAY)).toEqual({ type: 'Created' });
      expect(await store.findCredential(account.cid)).toMatchObject({ type: 'Known' });
      await deleteWholly(store, account.aid);
    });
  });
}
