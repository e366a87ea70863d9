import { describe, expect, test } from 'vitest';
import { aBlob, anAccount, aNewAccount, aPush, aQuota, aRecord, hex, patiently, TODAY } from './builders.ts';
import type { Setting } from './setting.ts';

export function describeSweeps({ withOwnDatabase }: Setting): void {
  describe('sweeps', () => {
    test('finds accounts that were never used, and those nobody has seen for long', () =>
      withOwnDatabase(async (own) => {
        const other = await own.open();
        const [empty, used, seen] = [await anAccount(other), await anAccount(other), await anAccount(other)];
        for (const worker of [used, seen])
          await patiently(() => other.push(worker, 0, aPush(aRecord()), aQuota()));
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

    test('knows whether anybody came in some days, and believes no day before 2026', () =>
      withOwnDatabase(async (own) => {
        const other = await own.open();
        expect(await other.wasUsedBetween(0, TODAY + 100)).toBe(false);
        const { aid } = await anAccount(other);
        expect(await other.wasUsedBetween(TODAY - 1, TODAY + 1)).toBe(true);
        expect(await other.wasUsedBetween(TODAY, TODAY + 100)).toBe(false);
        expect(await other.wasUsedBetween(0, TODAY)).toBe(false);
        await other.touch(aid, TODAY + 5);
        expect(await other.wasUsedBetween(TODAY, TODAY + 6)).toBe(true);

        const firstDay = Date.UTC(2026, 0, 1) / 86_400_000;
        const early = aNewAccount();
        expect(await other.createAccount(early, 0)).toEqual({ type: 'Created' });
        await other.touch(early.aid, 1);
        const list = (day: number) => other.listForgotten({ emptyBefore: day, unseenBefore: day, most: 10 });
        expect(await list(firstDay)).toEqual([]);
        expect(await list(firstDay + 1)).toEqual([early.aid]);
        await other.close();
      }));

    test('finds uploads that never came to an end', () =>
      withOwnDatabase(async (own) => {
        const other = await own.open();
        const worker = await anAccount(other);
        const { aid } = worker;
        const [left, done, hidden] = [aBlob(), aBlob(), aBlob()];
        for (const blob of [left, done, hidden]) await other.reserveBlob(worker, blob, TODAY, aQuota());
        for (const blob of [done, hidden]) await other.finishBlob(aid, blob.bid);
        await other.hideBlob(aid, hidden.bid);
        const list = async (before: number, most = 10) =>
          (await other.listUnfinishedBlobs(before, most)).map(({ bid }) => hex(bid)).sort();
        expect(await list(TODAY)).toEqual([]);
        expect(await list(TODAY + 1)).toEqual([left, hidden].map(({ bid }) => hex(bid)).sort());
        expect(await list(TODAY + 1, 1)).toHaveLength(1);
        expect(await other.listUnfinishedBlobs(TODAY + 1, 10)).toContainEqual({ aid, bid: left.bid });
        // Begun again yesterday: not left yet.
        await other.reserveBlob(worker, left, TODAY + 1, aQuota());
        expect(await list(TODAY + 1)).toEqual([hex(hidden.bid)]);
        await other.close();
      }));
  });
}
