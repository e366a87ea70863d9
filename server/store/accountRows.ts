import type { Connection } from './engine.ts';
import { CODE_REMOVING, SQL } from './sql.ts';
import type { Asker, Gone, NotAuthorised, Usage } from './store.ts';

export interface AccountRow {
  readonly head: number;
  readonly rec_n: number;
  readonly rec_bytes: number;
  readonly blob_n: number;
  readonly blob_bytes: number;
  readonly made_day: number;
}

export const GONE: Gone = { type: 'Gone' };
const NOT_AUTHORISED: NotAuthorised = { type: 'NotAuthorised' };

/** Keeps others from changing the account until the transaction ends; `null` when it is deleted or being deleted. */
export async function lockAccount(connection: Connection, aid: Uint8Array): Promise<AccountRow | null> {
  const [account] = await connection.select<AccountRow>(SQL.lockAccount, [aid]);
  // After the lock: a deletion that came first is seen only by a later statement.
  return account && !(await isDeleting(connection, aid)) ? account : null;
}

/**
 * As `lockAccount`, for a code that asks for a change: who takes a code away marks it under the same lock, so that
 * nothing of it is written afterwards.
 */
export async function lockFor(
  connection: Connection,
  { aid, cid }: Asker,
): Promise<{ readonly type: 'Locked'; readonly account: AccountRow } | NotAuthorised | Gone> {
  const account = await lockAccount(connection, aid);
  if (!account) return GONE;
  const [code] = await connection.select<{ state: number }>(SQL.readCodeState, [aid, cid]);
  return code && code.state !== CODE_REMOVING ? { type: 'Locked', account } : NOT_AUTHORISED;
}

/** As `lockAccount`, without the lock and with the manifest. */
export async function findAccount(
  connection: Connection,
  aid: Uint8Array,
): Promise<(AccountRow & { readonly man: Uint8Array | null }) | null> {
  const [account] = await connection.select<AccountRow & { man: Uint8Array | null }>(SQL.readAccount, [aid]);
  return account && !(await isDeleting(connection, aid)) ? account : null;
}

export async function isDeleting(connection: Connection, aid: Uint8Array): Promise<boolean> {
  return (await connection.select(SQL.findDeletion, [aid])).length > 0;
}

export const usageOf = (row: AccountRow): Usage => ({
  records: row.rec_n,
  bytes: row.rec_bytes,
  blobs: row.blob_n,
  blobBytes: row.blob_bytes,
});
