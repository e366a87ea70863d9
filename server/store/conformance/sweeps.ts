import { describe, expect, test } from 'vitest';
import { aBlob, anAccount, aPush, aQuota, aRecord, hex, patiently, TODAY } from './builders.ts';
import type { Setting } from './setting.ts';

export function describeSweeps({ withOwnDatabase }: Setting): void {
  describe('sweeps', () => {
    test('finds accounts that were never used, and those nobody has seen for long', () =>
      withOwnDatabase(async (own) => {
        const other = await own.open();
        const [empty, used, seen] = [await anAccount(other), await anAccount(other), await anAccount(other)];
        for (const { aid } of [used, seen])
          await patiently(() => other.push(aid, 0, aPush(aRecord()), aQuota()));
        await other.touch(seen.aid, TODAY + 5);
        await other.touch(seen.aid, TODAY + 3);
        const list = async (emptyBefore: number, unseenBefore: number, most = 10) =>
          (await other.listForgotten({ emptyBefore, unseenBefore, most })).map(hex).sort();
        const names = (...accounts: { aid: Uint8Array }[]) => accounts.map(({ aid }) => hex(aid)).sort();

        expect(await list(TODAY, TODAY)).toEqual([]);
        expect(await list(TODAY + 1, TODAY)).toEqual(names(empty));
        expect(await list(TODAY, TODAY + 1)).toEqual(names(empty, used));
        expect(await list(TODAY + 1, TODAY + 1)).toEqual(names(empty, used));
        expect(await list(TODAY, TODAY + 5)).toEqual(names(empty, used));
        expect(await list(TODAY, TODAY + 6)).toEqual(names(empty, used, seen));
        expect(await list(TODAY + 1, TODAY + 6, 2)).toHaveLength(2);
        await other.close();
      }));

    test('finds uploads that never came to an end', () =>
      withOwnDatabase(async (own) => {
        const other = await own.open();
        const { aid } = await anAccount(other);
        const [left, done, hidden] = [aBlob(), aBlob(), aBlob()];
        for (const blob of [left, done, hidden]) await other.reserveBlob(aid, blob, TODAY, aQuota());
        for (const blob of [done, hidden]) await other.finishBlob(aid, blob.bid);
        await other.hideBlob(aid, hidden.bid);
        const list = async (before: number, most = 10) =>
          (await other.listUnfinishedBlobs(before, most)).map(({ bid }) => hex(bid)).sort();
        expect(await list(TODAY)).toEqual([]);
        expect(await list(TODAY + 1)).toEqual([left, hidden].map(({ bid }) => hex(bid)).sort());
        expect(await list(TODAY + 1, 1)).toHaveLength(1);
        expect(await other.listUnfinishedBlobs(TODAY + 1, 10)).toContainEqual({ aid, bid: left.bid });
        // Begun again yesterday: not left yet.
        await other.reserveBlob(aid, left, TODAY + 1, aQuota());
        expect(await list(TODAY + 1)).toEqual([hex(hidden.bid)]);
        await other.close();
      }));
  });
}
