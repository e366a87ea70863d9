import { setImmediate } from 'node:timers/promises';
import { isDeleting } from './accountRows.ts';
import { hashOfCode } from './accounts.ts';
import { deleteCredentialRow, findCredentialRow, isSame, listCodes } from './codeRows.ts';
import type { Connection, Engine } from './engine.ts';
import { SQL, SWEEPS } from './sql.ts';
import type { Forgotten, Store } from './store.ts';

/** Deleting an account in pieces, in the order of docs/sync-design.md §9. */
export function createDeletions(
  engine: Engine,
): Pick<Store, 'startDeletion' | 'continueDeletion' | 'listDeletions'> {
  const { read, write } = engine;
  return {
    startDeletion: (aid, onlyIf) =>
      write(async (connection) => {
        // The account first, as everybody else: who holds it now ends before the deletion begins.
        await connection.change(SQL.touchForDeletion, [aid]);
        if (onlyIf && !(await isForgotten(connection, aid, onlyIf))) return false;
        await connection.change(SQL.insertDeletion, [aid]);
        return true;
      }),

    async continueDeletion(aid, most, goneUntilDay) {
      // Other requests get their turn: SQLite works without a pause, and the caller may ask in a loop.
      await setImmediate();
      if (await read((connection) => isDeleting(connection, aid))) {
        if (await write((connection) => deletePiece(connection, aid, most))) return { done: false };
        await deleteCodes(engine, aid, goneUntilDay);
        await write((connection) => connection.change(SQL.deleteAccount, [aid]));
        // While the entry in `deleting` still brings us back here after a crash.
        await engine.wipe();
        await write((connection) => connection.change(SQL.deleteDeletion, [aid]));
      }
      await engine.emptyJournal();
      return { done: true };
    },

    listDeletions: () =>
      read(async (connection) => {
        const rows = await connection.select<{ aid: Uint8Array }>(SWEEPS.listDeletions);
        return rows.map(({ aid }) => aid);
      }),
  };
}

/** Says of one account what `listForgotten` says of all. */
async function isForgotten(
  connection: Connection,
  aid: Uint8Array,
  { emptyBefore, unseenBefore }: Forgotten,
): Promise<boolean> {
  const [use] = await connection.select<{ head: number; made_day: number; seen_day: number }>(SQL.readUse, [
    aid,
  ]);
  if (!use) return false;
  return (use.head === 0 && use.made_day < emptyBefore) || use.seen_day < unseenBefore;
}

/**
 * Blobs while there are any, then records; `false` when there are none left. What counts is what was found: of rows that
 * another server deletes at the same moment this one deletes none, and there are more behind them.
 */
async function deletePiece(connection: Connection, aid: Uint8Array, most: number): Promise<boolean> {
  const bids = await connection.select<{ bid: Uint8Array }>(SQL.pageOfBids, [aid, most]);
  const lastBlob = bids.at(-1);
  if (lastBlob) {
    await connection.change(SQL.deleteBlobs, [aid, lastBlob.bid]);
    return true;
  }
  const rids = await connection.select<{ rid: Uint8Array }>(SQL.pageOfRids, [aid, most]);
  const lastRecord = rids.at(-1);
  if (lastRecord) await connection.change(SQL.deleteRecords, [aid, lastRecord.rid]);
  return lastRecord !== undefined;
}

/** The note for its phone comes before the code goes, and the list goes last, so that a crash leaves no code behind. */
async function deleteCodes({ read, write }: Engine, aid: Uint8Array, goneUntilDay: number): Promise<void> {
  for (const { cid } of await read((connection) => listCodes(connection, aid))) {
    const stored = await read((connection) => findCredentialRow(connection, cid));
    if (stored && isSame(stored.aid, aid)) {
      await write((connection) => connection.change(SQL.insertGone, [hashOfCode(cid), goneUntilDay]));
      await write((connection) => deleteCredentialRow(connection, aid, cid));
    }
    await write((connection) => connection.change(SQL.deleteCode, [aid, cid]));
  }
}
