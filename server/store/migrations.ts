import type { Connection, Engine } from './engine.ts';

/*
 * The tables, as steps from an empty database. A step that was ever shipped is never changed: later changes are new
 * steps at the end. Only CREATE, DROP and INSERT … SELECT, and no table is both altered and written in one step:
 * CockroachDB refuses that.
 */
export const MIGRATIONS: readonly (readonly string[])[] = [
  // 1: docs/sync-design.md §12
  [
    `CREATE TABLE account (
      aid bytea NOT NULL, head bigint NOT NULL, man bytea, rec_n bigint NOT NULL, rec_bytes bigint NOT NULL,
      blob_n bigint NOT NULL, blob_bytes bigint NOT NULL, made_day bigint NOT NULL, seen_day bigint NOT NULL,
      PRIMARY KEY (aid))`,
    'CREATE TABLE deleting (aid bytea NOT NULL, PRIMARY KEY (aid))',
    `CREATE TABLE record (
      aid bytea NOT NULL, rid bytea NOT NULL, seq bigint NOT NULL, env bytea NOT NULL,
      PRIMARY KEY (aid, rid), UNIQUE (aid, seq))`,
    `CREATE TABLE blob (
      aid bytea NOT NULL, bid bytea NOT NULL, size bigint NOT NULL, digest bytea NOT NULL, ready smallint NOT NULL,
      day bigint NOT NULL, PRIMARY KEY (aid, bid))`,
    'CREATE TABLE cred_of (aid bytea NOT NULL, cid bytea NOT NULL, PRIMARY KEY (aid, cid))',
    `CREATE TABLE cred (
      cid bytea NOT NULL, aid bytea NOT NULL, role smallint NOT NULL, auth_hash bytea NOT NULL, ring bytea NOT NULL,
      ring_version bigint NOT NULL, PRIMARY KEY (cid))`,
    'CREATE TABLE gone (cid_hash bytea NOT NULL, until_day bigint NOT NULL, PRIMARY KEY (cid_hash))',
  ],
  // 2: who is an owner stands beside the account, so that one transaction can see that one is left; and the sweeps
  // look only at the rows they are after.
  [
    `CREATE TABLE code_of (
      aid bytea NOT NULL, cid bytea NOT NULL, role smallint NOT NULL, state smallint NOT NULL, PRIMARY KEY (aid, cid))`,
    'INSERT INTO code_of (aid, cid, role, state) SELECT aid, cid, role, 1 FROM cred',
    'DROP TABLE cred_of',
    'CREATE INDEX account_empty ON account (made_day) WHERE head = 0',
    'CREATE INDEX account_seen ON account (seen_day)',
    'CREATE INDEX blob_unfinished ON blob (day) WHERE ready <> 1',
    'CREATE INDEX gone_until ON gone (until_day)',
  ],
];

export const VERSION_SQL = {
  create:
    'CREATE TABLE IF NOT EXISTS version (id smallint NOT NULL, number bigint NOT NULL, PRIMARY KEY (id))',
  insert: 'INSERT INTO version (id, number) VALUES (1, 0) ON CONFLICT (id) DO NOTHING',
  lock: 'SELECT number FROM version WHERE id = 1 FOR UPDATE',
  set: 'UPDATE version SET number = ? WHERE id = 1',
} as const;

/**
 * Brings a database to the newest version, one step in one transaction; two servers that start together do each step
 * once. Throws, with words for the operator, when a newer server has been at this database.
 */
export async function migrate(write: Engine['write'], steps: typeof MIGRATIONS): Promise<void> {
  await write(async (connection) => {
    await connection.change(VERSION_SQL.create);
    await connection.change(VERSION_SQL.insert);
  });
  let isNewest = false;
  while (!isNewest) {
    isNewest = await write(async (connection) => {
      const version = await readVersion(connection);
      if (version > steps.length)
        throw new Error(
          `The database is of version ${version}, this server knows versions up to ${steps.length}. Start the newer server again.`,
        );
      for (const sql of steps[version] ?? []) await connection.change(sql);
      if (version < steps.length) await connection.change(VERSION_SQL.set, [version + 1]);
      return version === steps.length;
    });
  }
}

async function readVersion(connection: Connection): Promise<number> {
  const [row] = await connection.select<{ number: number }>(VERSION_SQL.lock);
  if (!row)
    throw new Error('The table "version" of the database is empty; it was not written by this server.');
  return row.number;
}
