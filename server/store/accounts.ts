import { createHash } from 'node:crypto';
import { findAccount, GONE, isDeleting, usageOf } from './accountRows.ts';
import { findCode, findCredentialRow, insertCredentialRow, isSame, settleCode } from './codeRows.ts';
import type { Connection, Engine } from './engine.ts';
import { CODE_REMOVING, SQL } from './sql.ts';
import type { Credential, NewAccount, Store } from './store.ts';

/** What `gone` knows of a code: enough to tell its phone, nothing to log in with. */
export const hashOfCode = (cid: Uint8Array): Uint8Array => createHash('sha256').update(cid).digest();

/** 1 January 2026: before this server was written no account was made or used. */
const FIRST_DAY = Date.UTC(2026, 0, 1) / 86_400_000;

/** A computer without a clock of its own starts in 1970, and accounts of those years would be swept as forgotten. */
const plausible = (day: number): number => Math.max(day, FIRST_DAY);

/** Opening an account, finding it again, and noting that it is used. */
export function createAccounts(
  engine: Engine,
): Pick<Store, 'createAccount' | 'findCredential' | 'isGone' | 'readAccount' | 'touch'> {
  const { read, write } = engine;
  return {
    async createAccount(account, day) {
      const { aid, cid, authHash } = account;
      const credential: Credential = { ...account, role: 'owner', ringVersion: 1 };
      const isKnown = (stored: Credential): boolean =>
        isSame(stored.aid, aid) && isSame(stored.authHash, authHash);

      const before = await read((connection) => findCredentialRow(connection, cid));
      if (before && !isKnown(before)) return { type: 'AlreadyExists' };
      if (!(await openAccount(engine, account, plausible(day)))) return { type: 'AlreadyExists' };
      const written = await write(async (connection) => {
        if (await insertCredentialRow(connection, credential)) return 'Created';
        const stored = await findCredentialRow(connection, cid);
        return stored && isKnown(stored) ? 'Same' : 'AlreadyExists';
      });
      // The account that was opened for a code of somebody else stays empty, and the sweep removes it.
      if (written === 'AlreadyExists') return { type: 'AlreadyExists' };
      const settled = await settleCode(engine, aid, cid);
      return { type: settled.type === 'Settled' ? written : 'AlreadyExists' };
    },

    findCredential: (cid) =>
      read(async (connection) => {
        const credential = await findCredentialRow(connection, cid);
        // Only a code that was not found: for all others it would be a trip to PostgreSQL more, and 3 µs in SQLite.
        if (credential) return { type: 'Known', credential };
        return (await hasGone(connection, cid)) ? GONE : { type: 'Unknown' };
      }),

    isGone: (cid) => read((connection) => hasGone(connection, cid)),

    readAccount: (aid) =>
      read(async (connection) => {
        const row = await findAccount(connection, aid);
        if (!row) return GONE;
        const { head, man: manifest } = row;
        return { type: 'Account', account: { head, manifest, used: usageOf(row) } };
      }),

    async touch(aid, today) {
      const day = plausible(today);
      const [row] = await read((connection) =>
        connection.select<{ seen_day: number }>(SQL.readSeenDay, [aid]),
      );
      if (row && row.seen_day < day)
        await write((connection) => connection.change(SQL.setSeenDay, [day, aid, day]));
    },
  };
}

async function hasGone(connection: Connection, cid: Uint8Array): Promise<boolean> {
  return (await connection.select(SQL.findGone, [hashOfCode(cid)])).length > 0;
}

/** Writes the account with its first code, or finds it written; `false` when it has another code. */
async function openAccount({ write }: Engine, { aid, cid }: NewAccount, day: number): Promise<boolean> {
  return write(async (connection) => {
    if (await isDeleting(connection, aid)) return false;
    if ((await connection.change(SQL.insertAccount, [aid, day, day])) === 1) {
      await connection.change(SQL.insertCode, [aid, cid, 1]);
      return true;
    }
    const code = await findCode(connection, aid, cid);
    return code !== undefined && code.state !== CODE_REMOVING;
  });
}
