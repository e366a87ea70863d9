import { LIMITS } from '#shared/protocol.ts';
import { type AccountRow, findAccount, GONE, lockFor } from './accountRows.ts';
import type { Connection, Engine } from './engine.ts';
import { findFullQuota } from './quotas.ts';
import { inPowersOfTwo, putRecords, SQL, sizesOf } from './sql.ts';
import type { Store } from './store.ts';

/** Records: push and pull. */
export function createRecords({ snapshot, write }: Engine): Pick<Store, 'pull' | 'push'> {
  const pull: Store['pull'] = (aid, since, limits) =>
    snapshot(async (connection) => {
      const account = await findAccount(connection, aid);
      if (!account) return GONE;
      const { head, man } = account;
      if (since >= head) return { type: 'Page', page: { head, manifest: man, records: [] } };
      const last = await findEnd(connection, aid, since, account, limits);
      const records = await connection.select<{ rid: Uint8Array; seq: number; env: Uint8Array }>(
        SQL.recordsUpTo,
        [aid, since, last],
      );
      return {
        type: 'Page',
        page: {
          head,
          manifest: last === head ? man : null,
          records: records.map(({ rid, seq, env }) => ({ rid, seq, env })),
        },
      };
    });

  const push: Store['push'] = async (asker, base, { manifest, records }, quotas) => {
    if (new Set(records.map(({ rid }) => nameOf(rid))).size < records.length)
      throw new Error('A record stands in a push twice; decodePushBody refuses that.');
    const { aid } = asker;
    return write(async (connection) => {
      const locked = await lockFor(connection, asker);
      if (locked.type !== 'Locked') return locked;
      const { account } = locked;
      if (account.head !== base) return { type: 'HeadMoved', head: account.head };

      const before = await readSizes(connection, aid, records);
      const count = account.rec_n + records.filter(({ rid }) => !before.has(nameOf(rid))).length;
      const bytes = records.reduce(
        (sum, { rid, env }) => sum + env.length - (before.get(nameOf(rid)) ?? 0),
        account.rec_bytes,
      );
      const full = findFullQuota(quotas, [
        { which: 'records', from: account.rec_n, to: count },
        { which: 'bytes', from: account.rec_bytes, to: bytes },
      ]);
      if (full) return full;

      const head = base + records.length;
      const rows = records.map(({ rid, env }, index) => [aid, rid, base + 1 + index, env]);
      for (const piece of inPowersOfTwo(rows))
        await connection.change(putRecords(piece.length), piece.flat());
      // At head 0 there is no manifest (§5).
      await connection.change(SQL.setHead, [head, head === 0 ? null : manifest, count, bytes, aid]);
      return { type: 'Pushed', head };
    });
  };

  return { pull, push };
}

interface PageLimits {
  readonly records: number;
  readonly bytes: number;
}

/** The seq up to which a page goes; `head` when everything newer fits. */
async function findEnd(
  connection: Connection,
  aid: Uint8Array,
  since: number,
  { head, rec_bytes: allBytes }: AccountRow,
  limits: PageLimits,
): Promise<number> {
  // What a phone that syncs often asks for needs no look at the sizes: 5 µs of 9 less in SQLite.
  const newer = head - since;
  if (newer <= limits.records && Math.min(newer * LIMITS.env, allBytes) <= limits.bytes) return head;
  // Otherwise the sizes first: a thousand of the largest records would be 64 MB in memory for a page of one.
  const sizes = await connection.select<{ seq: number; size: number }>(SQL.pageOfSizes, [
    aid,
    since,
    limits.records + 1,
  ]);
  const fitting = countFitting(sizes, limits);
  return fitting === sizes.length ? head : (sizes[fitting - 1]?.seq ?? head);
}

/** How many of the first fit; one always does. */
function countFitting(sizes: readonly { readonly size: number }[], limits: PageLimits): number {
  let bytes = 0;
  let count = 0;
  for (const { size } of sizes) {
    bytes += size;
    if (count > 0 && (count === limits.records || bytes > limits.bytes)) return count;
    count += 1;
  }
  return count;
}

/** The sizes of the records that are stored already, by `nameOf` their rid. */
async function readSizes(
  connection: Connection,
  aid: Uint8Array,
  records: readonly { readonly rid: Uint8Array }[],
): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  for (const piece of inPowersOfTwo(records)) {
    const rids = piece.map(({ rid }) => rid);
    const rows = await connection.select<{ rid: Uint8Array; size: number }>(sizesOf(rids.length), [
      aid,
      ...rids,
    ]);
    for (const { rid, size } of rows) sizes.set(nameOf(rid), size);
  }
  return sizes;
}

const nameOf = (rid: Uint8Array): string =>
  Buffer.from(rid.buffer, rid.byteOffset, rid.length).toString('latin1');
