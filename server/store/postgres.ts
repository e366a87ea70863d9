import { setTimeout } from 'node:timers/promises';
import { Client, type ClientBase, DatabaseError, Pool, type PoolConfig, types } from 'pg';
import type { Connection, Engine, Run, Value } from './engine.ts';
import { MIGRATIONS, migrate } from './migrations.ts';
import { createSqlStore } from './sqlStore.ts';
import { BusyError, type Store } from './store.ts';

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database` */
  readonly url: string;
  /** At most so many connections at a time. */
  readonly connections?: number;
  /** Milliseconds for one statement, waiting for locks included. */
  readonly patience?: number;
  readonly isolation?: 'READ COMMITTED' | 'SERIALIZABLE';
  readonly random?: () => number;
  /** Told each statement before it is sent; what it throws is taken for PostgreSQL's answer. For tests. */
  readonly onStatement?: ((sql: string) => void) | undefined;
  /** Other than all: for tests of migrations. */
  readonly steps?: typeof MIGRATIONS;
}

const RETRIES = 8;
/** Longest pause before the first retry in milliseconds; it doubles up to the limit. */
const FIRST_PAUSE = 5;
const LONGEST_PAUSE = 200;

/** Serialization failure and deadlock: the same transaction may succeed a moment later. */
const RETRIED = ['40001', '40P01'];
/** Two servers that create the first table at the same moment. */
const RETRIED_IN_MIGRATIONS = [...RETRIED, '23505', '42710', '42P07'];

/** Errors that pass, by their first two letters: connection, state, outcome, resources, limits, operator, system. */
const PASSING = ['08', '25', '40', '53', '55', '57', '58'];

/**
 * The store in PostgreSQL 15 or later, or what speaks like it. Several servers may share one database. Rejects with
 * words for the operator when the database cannot be reached, or when a newer server has written it.
 */
export async function createPostgresStore(options: PostgresOptions): Promise<Store> {
  await migrateAlone(options.url, options.steps ?? MIGRATIONS);
  return createSqlStore(createEngine(options));
}

/** On a connection of its own, without limits: an index on a large table takes longer than any request may. */
async function migrateAlone(url: string, steps: typeof MIGRATIONS): Promise<void> {
  const client = new Client({ ...plainTypes, connectionString: url, connectionTimeoutMillis: 10_000 });
  // That the connection has ended is told by the statement that fails.
  client.on('error', () => {});
  try {
    await client.connect().catch(refuseConnection);
    const write: Run = (work) =>
      withRetries(RETRIED_IN_MIGRATIONS, Math.random, () => transact(client, 'BEGIN', work));
    await migrate(write, steps);
  } finally {
    await client.end();
  }
}

function createEngine({
  url,
  connections = 10,
  patience = 10_000,
  isolation = 'READ COMMITTED',
  random = Math.random,
  onStatement,
}: PostgresOptions): Engine {
  const pool = new Pool({
    ...plainTypes,
    connectionString: url,
    application_name: 'mitra',
    max: connections,
    connectionTimeoutMillis: patience,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    statement_timeout: patience,
    idle_in_transaction_session_timeout: patience * 2,
    // For a machine that has fallen silent; otherwise PostgreSQL's own limit comes first.
    query_timeout: patience * 2,
  });
  // A connection that ends says so to its listeners, in use or not; without any the whole server would end.
  pool.on('error', () => {});
  pool.on('connect', (client) => {
    client.on('error', () => {});
  });

  const run =
    (begin: string | null): Run =>
    (work) =>
      withRetries(RETRIED, random, async () => {
        const client = await pool.connect().catch(refuseConnection);
        let isUsable = true;
        try {
          return await transact(client, begin, work, onStatement);
        } catch (error) {
          isUsable = !isStatementError(error) || (error.state !== null && !/^(08|57)/.test(error.state));
          throw error;
        } finally {
          client.release(!isUsable);
        }
      });

  return {
    read: run(null),
    snapshot: run('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY'),
    write: run(`BEGIN ISOLATION LEVEL ${isolation}`),
    // Freed pages are PostgreSQL's own affair (docs/sync-design.md §9).
    wipe: async () => {},
    emptyJournal: async () => {},
    close: () => pool.end(),
  };
}

async function transact<T>(
  client: ClientBase,
  begin: string | null,
  work: (connection: Connection) => Promise<T>,
  onStatement?: (sql: string) => void,
): Promise<T> {
  const send = async (sql: string, values: readonly Value[] = []) => {
    try {
      onStatement?.(sql);
      return await client.query(toPostgres(sql), [...values]);
    } catch (error) {
      throw statementError(sql, values, error);
    }
  };
  const connection: Connection = {
    select: async (sql, values) => (await send(sql, values)).rows,
    change: async (sql, values) => (await send(sql, values)).rowCount ?? 0,
  };
  if (!begin) return work(connection);
  try {
    await send(begin);
    const result = await work(connection);
    await send('COMMIT');
    return result;
  } catch (error) {
    const isLost = isStatementError(error) && error.state === null;
    if (!isLost)
      await client.query('ROLLBACK').catch((again: unknown) => {
        throw statementError('ROLLBACK', [], again);
      });
    throw error;
  }
}

async function withRetries<T>(
  retried: readonly string[],
  random: () => number,
  work: () => Promise<T>,
): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!isStatementError(error)) throw error;
      const { state } = error;
      if (state !== null && retried.includes(state) && attempt < RETRIES) {
        await setTimeout(random() * Math.min(FIRST_PAUSE * 2 ** attempt, LONGEST_PAUSE));
        continue;
      }
      const passes = state === null || PASSING.includes(state.slice(0, 2));
      throw passes ? new BusyError(error.message) : error;
    }
  }
}

/** `state` is PostgreSQL's five letters for what was wrong; `null` when the connection is lost. */
interface StatementError extends Error {
  readonly state: string | null;
}

function refuseConnection(error: unknown): never {
  throw Object.assign(new Error(`PostgreSQL cannot be reached: ${wordsOf(error)}`), {
    state: stateOf(error),
  });
}

/** A name with several addresses fails with an error for each of them, which alone says what was wrong. */
function wordsOf(error: unknown): string {
  return error instanceof AggregateError ? error.errors.map(String).join(', ') : String(error);
}

const stateOf = (error: unknown): string | null =>
  error instanceof DatabaseError ? (error.code ?? null) : null;

/** Leaves out PostgreSQL's own words where there were values: they may repeat them, and this may reach a log. */
function statementError(sql: string, values: readonly Value[], error: unknown): StatementError {
  const state = stateOf(error);
  const words = values.length === 0 || state === null ? `: ${String(error)}` : '';
  return Object.assign(new Error(`PostgreSQL ${state ?? ''} at "${sql}"${words}`), { state });
}

const isStatementError = (error: unknown): error is StatementError =>
  error instanceof Error && 'state' in error;

/** `?` becomes $1, $2, … */
function toPostgres(sql: string): string {
  const known = texts.get(sql);
  if (known !== undefined) return known;
  let count = 0;
  const text = sql.replace(/\?/g, () => {
    count += 1;
    return `$${count}`;
  });
  texts.set(sql, text);
  return text;
}

/** There are few texts: all are in `sql.ts`. */
const texts = new Map<string, string>();

const BYTEA = types.builtins.BYTEA;
const BIGINT = types.builtins.INT8;

/** Counts as numbers and bytes as `Uint8Array`, as SQLite gives them. */
const plainTypes: Pick<PoolConfig, 'types'> = {
  types: {
    getTypeParser: (oid, format) => {
      if (oid === BIGINT) return Number;
      if (oid === BYTEA) return (text: string) => new Uint8Array(Buffer.from(text.slice(2), 'hex'));
      return types.getTypeParser(oid, format);
    },
  },
};
