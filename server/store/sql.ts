/*
 * Every statement on the tables, so that `sql.test.ts` can hold all of them against docs/sync-design.md §12: they run
 * unchanged on SQLite, PostgreSQL, Citus, CockroachDB and YugabyteDB. Each names its shard key; only the sweeps do not.
 */

/** `code_of.state` */
export const CODE_ADDING = 0;
export const CODE_IN_USE = 1;
export const CODE_REMOVING = 2;

/** `blob.ready`; 0 is reserved: the bytes are still to come. */
export const BLOB_READY = 1;
export const BLOB_REMOVING = 2;

const usage = 'rec_n, rec_bytes, blob_n, blob_bytes';

export const SQL = {
  lockAccount: `SELECT head, ${usage}, made_day FROM account WHERE aid = ? FOR UPDATE`,
  readAccount: `SELECT head, man, ${usage}, made_day FROM account WHERE aid = ?`,
  insertAccount: `INSERT INTO account (aid, head, man, ${usage}, made_day, seen_day) VALUES (?, 0, NULL, 0, 0, 0, 0, ?, ?) ON CONFLICT (aid) DO NOTHING`,
  setHead: 'UPDATE account SET head = ?, man = ?, rec_n = ?, rec_bytes = ? WHERE aid = ?',
  setBlobUsage: 'UPDATE account SET blob_n = ?, blob_bytes = ? WHERE aid = ?',
  readSeenDay: 'SELECT seen_day FROM account WHERE aid = ?',
  setSeenDay: 'UPDATE account SET seen_day = ? WHERE aid = ? AND seen_day < ?',
  // Changes nothing but the row's version: a transaction with an older snapshot then fails instead of going on.
  touchForDeletion: 'UPDATE account SET seen_day = seen_day WHERE aid = ?',
  readUse: 'SELECT head, made_day, seen_day FROM account WHERE aid = ?',
  deleteAccount: 'DELETE FROM account WHERE aid = ?',

  findDeletion: 'SELECT aid FROM deleting WHERE aid = ?',
  insertDeletion: 'INSERT INTO deleting (aid) VALUES (?) ON CONFLICT (aid) DO NOTHING',
  deleteDeletion: 'DELETE FROM deleting WHERE aid = ?',

  pageOfSizes: 'SELECT seq, LENGTH(env) AS size FROM record WHERE aid = ? AND seq > ? ORDER BY seq LIMIT ?',
  // Without LIMIT: SQLite plans a statement again for each value of one, which takes longer than the rest of it (3.57 µs
  // instead of 8.52 for one record, SQLite 3.53.4), and seq is as good an end.
  recordsUpTo: 'SELECT rid, seq, env FROM record WHERE aid = ? AND seq > ? AND seq <= ? ORDER BY seq',
  pageOfRids: 'SELECT rid FROM record WHERE aid = ? ORDER BY rid LIMIT ?',
  deleteRecords: 'DELETE FROM record WHERE aid = ? AND rid <= ?',

  findBlob: 'SELECT size, digest, ready FROM blob WHERE aid = ? AND bid = ?',
  listBlobs: 'SELECT bid, size FROM blob WHERE aid = ? AND ready = 1 ORDER BY bid',
  putBlob:
    'INSERT INTO blob (aid, bid, size, digest, ready, day) VALUES (?, ?, ?, ?, 0, ?) ON CONFLICT (aid, bid) DO UPDATE SET digest = excluded.digest, day = excluded.day',
  setBlobReady: 'UPDATE blob SET ready = ? WHERE aid = ? AND bid = ?',
  deleteBlob: 'DELETE FROM blob WHERE aid = ? AND bid = ?',
  pageOfBids: 'SELECT bid FROM blob WHERE aid = ? ORDER BY bid LIMIT ?',
  deleteBlobs: 'DELETE FROM blob WHERE aid = ? AND bid <= ?',

  listCodes: 'SELECT cid, role, state FROM code_of WHERE aid = ? ORDER BY cid',
  readCodeState: 'SELECT state FROM code_of WHERE aid = ? AND cid = ?',
  insertCode: 'INSERT INTO code_of (aid, cid, role, state) VALUES (?, ?, ?, 0)',
  setCodeState: 'UPDATE code_of SET state = ? WHERE aid = ? AND cid = ?',
  deleteCode: 'DELETE FROM code_of WHERE aid = ? AND cid = ?',
  deleteCodeInState: 'DELETE FROM code_of WHERE aid = ? AND cid = ? AND state = ?',

  readCredential: 'SELECT aid, role, auth_hash, ring, ring_version FROM cred WHERE cid = ?',
  insertCredential:
    'INSERT INTO cred (cid, aid, role, auth_hash, ring, ring_version) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (cid) DO NOTHING',
  lockCredential: 'SELECT aid, role, auth_hash, ring, ring_version FROM cred WHERE cid = ? FOR UPDATE',
  setRing: 'UPDATE cred SET auth_hash = ?, ring = ?, ring_version = ? WHERE cid = ?',
  deleteCredential: 'DELETE FROM cred WHERE cid = ? AND aid = ?',

  findGone: 'SELECT until_day FROM gone WHERE cid_hash = ?',
  insertGone:
    'INSERT INTO gone (cid_hash, until_day) VALUES (?, ?) ON CONFLICT (cid_hash) DO UPDATE SET until_day = excluded.until_day',
} as const;

/** The only statements that look at more than one account. */
export const SWEEPS = {
  listDeletions: 'SELECT aid FROM deleting',
  listEmpty: 'SELECT aid FROM account WHERE head = 0 AND made_day < ? ORDER BY made_day LIMIT ?',
  listUnseen: 'SELECT aid FROM account WHERE seen_day < ? ORDER BY seen_day LIMIT ?',
  listUsedBetween: 'SELECT aid FROM account WHERE seen_day > ? AND seen_day < ? ORDER BY seen_day LIMIT ?',
  // `ready <> 1` as in the index, which SQLite takes only for the same words.
  listUnfinished: 'SELECT aid, bid FROM blob WHERE ready <> 1 AND day < ? ORDER BY day LIMIT ?',
  deleteGone: 'DELETE FROM gone WHERE until_day < ?',
} as const;

/** The sizes of the stored envelopes of so many rids. */
export const sizesOf = (count: number): string =>
  `SELECT rid, LENGTH(env) AS size FROM record WHERE aid = ? AND rid IN (${repeat('?', count)})`;

/** Writes so many records at once; each brings aid, rid, seq, env. */
export const putRecords = (count: number): string =>
  `INSERT INTO record (aid, rid, seq, env) VALUES ${repeat('(?, ?, ?, ?)', count)} ON CONFLICT (aid, rid) DO UPDATE SET seq = excluded.seq, env = excluded.env`;

/**
 * Cuts a list into pieces of 128, 64, … 2, 1: one statement for each is few round trips to PostgreSQL, and only eight
 * different texts for a database to prepare.
 */
export function inPowersOfTwo<T>(items: readonly T[]): readonly (readonly T[])[] {
  const pieces: (readonly T[])[] = [];
  let from = 0;
  for (let size = 128; size >= 1; size /= 2) {
    for (; items.length - from >= size; from += size) pieces.push(items.slice(from, from + size));
  }
  return pieces;
}

const repeat = (text: string, count: number): string => Array<string>(count).fill(text).join(', ');
