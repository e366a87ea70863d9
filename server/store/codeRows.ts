import { GONE, lockAccount, lockFor } from './accountRows.ts';
import type { Connection, Engine } from './engine.ts';
import { CODE_ADDING, CODE_IN_USE, CODE_REMOVING, SQL } from './sql.ts';
import type { Asker, Credential, Gone, NotAuthorised, Role } from './store.ts';

/*
 * A code stands in two places: in `cred`, found by its cid at each request, and in `code_of`, the list of its account.
 * They may lie on different machines, so no transaction touches both. Adding a code is: list it as ADDING, write `cred`,
 * list it as IN_USE. Removing is: list it as REMOVING, delete `cred`, take it off the list. So no `cred` is without its
 * place in the list, only what is IN_USE counts as an owner, and who finds that another was faster takes back its own.
 */

export interface CodeRow {
  readonly cid: Uint8Array;
  readonly role: number;
  readonly state: number;
}

export const roleNumber = (role: Role): number => (role === 'owner' ? 1 : 0);
export const isOwner = (code: { readonly role: number }): boolean => code.role === roleNumber('owner');
export const isSame = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;

export async function findCredentialRow(
  connection: Connection,
  cid: Uint8Array,
  sql: typeof SQL.readCredential | typeof SQL.lockCredential = SQL.readCredential,
): Promise<Credential | null> {
  const [row] = await connection.select<{
    aid: Uint8Array;
    role: number;
    auth_hash: Uint8Array;
    ring: Uint8Array;
    ring_version: number;
  }>(sql, [cid]);
  if (!row) return null;
  const { aid, auth_hash: authHash, ring, ring_version: ringVersion } = row;
  return { cid, aid, role: isOwner(row) ? 'owner' : 'reader', authHash, ring, ringVersion };
}

/** `false` when a code with this cid exists, in whichever account. */
export async function insertCredentialRow(
  connection: Connection,
  { cid, aid, role, authHash, ring, ringVersion }: Credential,
): Promise<boolean> {
  const values = [cid, aid, roleNumber(role), authHash, ring, ringVersion];
  return (await connection.change(SQL.insertCredential, values)) === 1;
}

export const listCodes = (connection: Connection, aid: Uint8Array): Promise<readonly CodeRow[]> =>
  connection.select<CodeRow>(SQL.listCodes, [aid]);

export async function findCode(
  connection: Connection,
  aid: Uint8Array,
  cid: Uint8Array,
): Promise<CodeRow | undefined> {
  return (await listCodes(connection, aid)).find((code) => isSame(code.cid, cid));
}

/** Last step of adding. When the place in the list was lost meanwhile, what was written is taken back. */
export async function settleCode(
  { write }: Engine,
  aid: Uint8Array,
  cid: Uint8Array,
): Promise<{ readonly type: 'Settled' | 'Lost' } | Gone> {
  const settled = await write(async (connection) => {
    if (!(await lockAccount(connection, aid))) return GONE;
    const code = await findCode(connection, aid, cid);
    if (!code || code.state === CODE_REMOVING) return { type: 'Lost' as const };
    await connection.change(SQL.setCodeState, [CODE_IN_USE, aid, cid]);
    return { type: 'Settled' as const };
  });
  if (settled.type !== 'Settled') await write((connection) => deleteCredentialRow(connection, aid, cid));
  return settled;
}

/**
 * Removes a code; `AlreadyExists` when no owner would be left. With `unlessInUse` only what a crash has left. A code that
 * takes itself away may ask again when it was marked and the answer got lost.
 */
export async function removeCode(
  { write }: Engine,
  asker: Asker,
  cid: Uint8Array,
  { unlessInUse = false } = {},
): Promise<{ readonly type: 'Deleted' | 'AlreadyExists' } | NotAuthorised | Gone> {
  const { aid } = asker;
  const marked = await write(async (connection) => {
    const locked = await lockFor(connection, asker);
    if (locked.type === 'Gone' || (locked.type === 'NotAuthorised' && !isSame(asker.cid, cid))) return locked;
    const codes = await listCodes(connection, aid);
    const code = codes.find((other) => isSame(other.cid, cid));
    const otherOwner = codes.some((other) => other !== code && isOwner(other) && other.state === CODE_IN_USE);
    if (code && isOwner(code) && !otherOwner) return { type: 'AlreadyExists' as const };
    if (unlessInUse && code?.state === CODE_IN_USE) return { type: 'AlreadyExists' as const };
    if (code) await connection.change(SQL.setCodeState, [CODE_REMOVING, aid, cid]);
    return { type: 'Deleted' as const };
  });
  if (marked.type !== 'Deleted') return marked;
  await write((connection) => deleteCredentialRow(connection, aid, cid));
  await write((connection) => connection.change(SQL.deleteCodeInState, [aid, cid, CODE_REMOVING]));
  return marked;
}

/** Frees places that a crash has left in the list: a code that was written counts, any other is removed. */
export async function tidyCodes(engine: Engine, aid: Uint8Array): Promise<void> {
  const codes = await engine.read((connection) => listCodes(connection, aid));
  for (const { cid, state } of codes) {
    if (state === CODE_IN_USE) continue;
    const stored = await engine.read((connection) => findCredentialRow(connection, cid));
    const isWritten = state === CODE_ADDING && stored !== null && isSame(stored.aid, aid);
    if (isWritten) await settleCode(engine, aid, cid);
    else await removeCode(engine, { aid, cid }, cid, { unlessInUse: true });
  }
}

/** Only where the code is of this account. */
export const deleteCredentialRow = (
  connection: Connection,
  aid: Uint8Array,
  cid: Uint8Array,
): Promise<number> => connection.change(SQL.deleteCredential, [cid, aid]);
