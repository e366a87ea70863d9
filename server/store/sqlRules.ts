/*
 * The SQL that every database of docs/sync-design.md §12 understands, as patterns of whole statements. Whoever needs
 * more adds it here first, after a look at Citus, CockroachDB and YugabyteDB.
 */

const name = '[a-z_]+';
const names = `${name}(?:, ${name})*`;
const column = `(?:${name}|LENGTH\\(${name}\\) AS ${name})`;
const condition = `${name} (?:=|<|>|<=|<>) (?:\\?|\\d+)`;
const conditions = `${condition}(?: AND ${condition})*`;
const values = '\\((?:\\?|\\d+|NULL)(?:, (?:\\?|\\d+|NULL))*\\)';
const set = `${name} = (?:\\?|excluded\\.${name}|${name})`;
const sets = `${set}(?:, ${set})*`;
const conflict = `ON CONFLICT \\(${names}\\) DO (?:NOTHING|UPDATE SET ${sets})`;

/** The column that says on which machine a row lies, by table. */
const SHARD_KEYS: Readonly<Record<string, string>> = {
  account: 'aid',
  deleting: 'aid',
  record: 'aid',
  blob: 'aid',
  code_of: 'aid',
  cred_of: 'aid',
  cred: 'cid',
  gone: 'cid_hash',
  version: 'id',
};

const SELECT = new RegExp(
  `^SELECT ${column}(?:, ${column})* FROM (${name}) WHERE (${conditions})( AND ${name} IN \\(\\?(?:, \\?)*\\))?( ORDER BY ${name})?( LIMIT \\?)?( FOR UPDATE)?$`,
);
const INSERT = new RegExp(
  `^INSERT INTO (${name}) \\((${names})\\) VALUES ${values}(?:, ${values})*( ${conflict})?$`,
);
const UPDATE = new RegExp(`^UPDATE (${name}) SET ${sets} WHERE (${conditions})$`);
const DELETE = new RegExp(`^DELETE FROM (${name}) WHERE (${conditions})$`);

/** Over all accounts: found by an index, at most so many, nothing locked. */
const SWEEP = [
  new RegExp(`^SELECT ${names} FROM ${name}$`),
  new RegExp(`^SELECT ${names} FROM ${name} WHERE ${conditions} ORDER BY ${name} LIMIT \\?$`),
  new RegExp(`^DELETE FROM ${name} WHERE ${conditions}$`),
];

const type = '(?:bytea|bigint|smallint)';
const definition = `${name} ${type}(?: NOT NULL)?`;
const key = `(?:PRIMARY KEY|UNIQUE) \\(${names}\\)`;
const STEP = [
  new RegExp(
    `^CREATE TABLE (?:IF NOT EXISTS )?${name} \\(${definition}(?:, ${definition})*(?:, ${key})+\\)$`,
  ),
  new RegExp(`^CREATE INDEX ${name} ON ${name} \\(${names}\\)(?: WHERE ${conditions})?$`),
  new RegExp(
    `^INSERT INTO ${name} \\(${names}\\) SELECT (?:${name}|\\d+)(?:, (?:${name}|\\d+))* FROM ${name}$`,
  ),
  new RegExp(`^DROP TABLE ${name}$`),
];

const plain = (sql: string): string => sql.replace(/\s+/g, ' ').replace('( ', '(');

/** A statement of a request: of one kind, and about one account, code or note. */
export function isAllowedInRequest(sql: string): boolean {
  const text = plain(sql);
  const inserted = INSERT.exec(text);
  if (inserted) return inserted[2]?.split(', ')[0] === SHARD_KEYS[inserted[1] ?? ''];
  const found = SELECT.exec(text) ?? UPDATE.exec(text) ?? DELETE.exec(text);
  const [, table = '', where = ''] = found ?? [];
  return where.split(' AND ').some((each) => new RegExp(`^${SHARD_KEYS[table]} = (\\?|\\d+)$`).test(each));
}

export const isAllowedInSweep = (sql: string): boolean => SWEEP.some((pattern) => pattern.test(plain(sql)));

export const isAllowedInStep = (sql: string): boolean => STEP.some((pattern) => pattern.test(plain(sql)));

export const isAllowed = (sql: string): boolean =>
  isAllowedInRequest(sql) || isAllowedInSweep(sql) || isAllowedInStep(sql);
