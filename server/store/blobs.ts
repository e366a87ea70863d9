import { findAccount, GONE, isDeleting, lockAccount, lockFor } from './accountRows.ts';
import type { Connection, Engine } from './engine.ts';
import { findFullQuota } from './quotas.ts';
import { BLOB_READY, BLOB_REMOVING, SQL } from './sql.ts';
import { BusyError, type Store } from './store.ts';

interface BlobRow {
  readonly size: number;
  readonly digest: Uint8Array;
  readonly ready: number;
}

/** The rows of photos and voice; their bytes lie in a `BlobStore`. */
export function createBlobs({
  read,
  snapshot,
  write,
}: Engine): Pick<Store, 'reserveBlob' | 'finishBlob' | 'findBlob' | 'listBlobs' | 'hideBlob' | 'forgetBlob'> {
  const reserveBlob: Store['reserveBlob'] = (asker, { bid, size, digest }, day, quotas) =>
    write(async (connection) => {
      const locked = await lockFor(connection, asker);
      if (locked.type !== 'Locked') return locked;
      const { account } = locked;
      const { aid } = asker;
      const stored = await findRow(connection, aid, bid);
      if (stored?.ready === BLOB_READY)
        return { type: Buffer.compare(stored.digest, digest) === 0 ? 'Same' : 'AlreadyExists' };
      // Somebody is about to remove bytes of this name, and would remove the new ones.
      if (stored?.ready === BLOB_REMOVING) throw new BusyError('A blob of this name is being removed.');
      // Blobs never change, so only somebody after more room than the quota gives comes with another size.
      if (stored && stored.size !== size) return { type: 'AlreadyExists' };
      if (!stored) {
        const [count, bytes] = [account.blob_n + 1, account.blob_bytes + size];
        const isFirstDay = day <= account.made_day + 1;
        const full = findFullQuota(quotas, [
          { which: 'blobs', from: account.blob_n, to: count },
          { which: 'blobBytes', from: account.blob_bytes, to: bytes },
          ...(isFirstDay ? [{ which: 'firstDay' as const, from: account.blob_bytes, to: bytes }] : []),
        ]);
        if (full) return full;
        await connection.change(SQL.setBlobUsage, [count, bytes, aid]);
      }
      await connection.change(SQL.putBlob, [aid, bid, size, digest, day]);
      return { type: 'Reserved' };
    });

  const finishBlob: Store['finishBlob'] = (aid, bid) =>
    write(async (connection) => {
      if (!(await lockAccount(connection, aid))) return GONE;
      const stored = await findRow(connection, aid, bid);
      if (!stored || stored.ready === BLOB_REMOVING) return { type: 'NotFound' };
      await connection.change(SQL.setBlobReady, [BLOB_READY, aid, bid]);
      return { type: 'Ready' };
    });

  const findBlob: Store['findBlob'] = (aid, bid) =>
    read(async (connection) => {
      const stored = await findRow(connection, aid, bid);
      // A row is deleted before its account: without one only the account tells whether it is gone.
      if (stored ? await isDeleting(connection, aid) : !(await findAccount(connection, aid))) return GONE;
      if (stored?.ready !== BLOB_READY) return { type: 'NotFound' };
      return { type: 'Blob', blob: { bid, size: stored.size } };
    });

  const listBlobs: Store['listBlobs'] = (aid) =>
    snapshot(async (connection) => {
      if (!(await findAccount(connection, aid))) return GONE;
      const rows = await connection.select<{ bid: Uint8Array; size: number }>(SQL.listBlobs, [aid]);
      return rows.map(({ bid, size }) => ({ bid, size }));
    });

  const hideBlob: Store['hideBlob'] = (aid, bid, which = 'any') =>
    write(async (connection) => {
      if (!(await lockAccount(connection, aid))) return GONE;
      const stored = await findRow(connection, aid, bid);
      if (!stored || (which === 'unfinished' && stored.ready === BLOB_READY)) return { type: 'NotFound' };
      await connection.change(SQL.setBlobReady, [BLOB_REMOVING, aid, bid]);
      return { type: 'Hidden' };
    });

  const forgetBlob: Store['forgetBlob'] = (aid, bid) =>
    write(async (connection) => {
      const account = await lockAccount(connection, aid);
      const stored = await findRow(connection, aid, bid);
      if (!account || !stored || stored.ready === BLOB_READY) return;
      await connection.change(SQL.deleteBlob, [aid, bid]);
      await connection.change(SQL.setBlobUsage, [account.blob_n - 1, account.blob_bytes - stored.size, aid]);
    });

  return { reserveBlob, finishBlob, findBlob, listBlobs, hideBlob, forgetBlob };
}

async function findRow(
  connection: Connection,
  aid: Uint8Array,
  bid: Uint8Array,
): Promise<BlobRow | undefined> {
  const [row] = await connection.select<BlobRow>(SQL.findBlob, [aid, bid]);
  return row;
}
