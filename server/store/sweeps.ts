import type { Engine } from './engine.ts';
import { SWEEPS } from './sql.ts';
import type { Store } from './store.ts';

/** Finds what nobody needs any more; the only part that looks at all accounts. */
export function createSweeps({
  read,
  write,
}: Engine): Pick<Store, 'listForgotten' | 'wasUsedBetween' | 'listUnfinishedBlobs' | 'sweepGone'> {
  return {
    listForgotten: ({ emptyBefore, unseenBefore, most }) =>
      read(async (connection) => {
        const empty = await connection.select<{ aid: Uint8Array }>(SWEEPS.listEmpty, [emptyBefore, most]);
        const unseen = await connection.select<{ aid: Uint8Array }>(SWEEPS.listUnseen, [unseenBefore, most]);
        // An account can be both.
        const byName = new Map(
          [...empty, ...unseen].map(({ aid }) => [Buffer.from(aid).toString('hex'), aid] as const),
        );
        return [...byName.values()].slice(0, most);
      }),

    wasUsedBetween: (after, before) =>
      read(async (connection) => {
        const used = await connection.select(SWEEPS.listUsedBetween, [after, before, 1]);
        return used.length > 0;
      }),

    listUnfinishedBlobs: (before, most) =>
      read(async (connection) => {
        const rows = await connection.select<{ aid: Uint8Array; bid: Uint8Array }>(SWEEPS.listUnfinished, [
          before,
          most,
        ]);
        return rows.map(({ aid, bid }) => ({ aid, bid }));
      }),

    sweepGone: async (today) => {
      await write((connection) => connection.change(SWEEPS.deleteGone, [today]));
    },
  };
}
