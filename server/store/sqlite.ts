import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Connection, Engine, Run, Value } from './engine.ts';
import { MIGRATIONS, migrate } from './migrations.ts';
import { codeOf, type OwnFile, openInWords, takeFile } from './openSqlite.ts';
import { createRememberedCodes } from './rememberedCodes.ts';
import { SQL } from './sql.ts';
import { createSqlStore } from './sqlStore.ts';
import { BusyError, type Store } from './store.ts';
import { zeroUnusedBytes } from './zeroUnusedBytes.ts';

/** Writes in one transaction: the server does nothing else meanwhile, and a push of the largest kind takes 10 ms. */
const MOST_IN_GROUP = 32;

const WRITES_CODES: ReadonlySet<string> = new Set(
  Object.values(SQL).filter((sql) => /^(INSERT INTO|UPDATE|DELETE FROM) cred /.test(sql)),
);

/** What SQLite says when it could not do it now: a lock, no memory, no room, a disk in trouble. */
const BUSY = new Map([
  [5, 'locked'],
  [6, 'locked'],
  [7, 'no memory'],
  [8, 'the disk cannot be written'],
  [10, 'the disk failed'],
  [13, 'the disk is full'],
  [14, 'the file cannot be opened'],
]);

export interface SqliteOptions {
  readonly file: string;
  /** Other than all: for tests of migrations. */
  readonly steps?: typeof MIGRATIONS;
  /** Bytes that are wiped at once, other than usual: for tests. */
  readonly wipedAtOnce?: number;
}

/**
 * The store in one file, for one server process: Node's own SQLite. Rejects, with words for the operator, when another
 * process has the file, when a newer server has written it, or when this Node is too old.
 */
export async function createSqliteStore(options: SqliteOptions): Promise<Store> {
  const { file, steps = MIGRATIONS } = options;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const own = takeFile(file);
  const codes = createRememberedCodes();
  const { engine, alone } = createEngine(own, options, codes.forget);
  try {
    await migrate(engine.write, steps);
    // A crash may have come before this, at the end of a deletion.
    await engine.emptyJournal();
  } catch (error) {
    await engine.close();
    throw error;
  }

  const store = createSqlStore(engine);
  return {
    ...store,
    findCredential: codes.remembering(store.findCredential),
    recallCredential: codes.recall,
    // Nothing else runs meanwhile: the copy goes on in another thread and would take over half a transaction.
    backup: (to) => alone((database) => own.copy(database, to)),
  };
}

/** Runs work with the open database, one after the other. */
type Alone = <T>(work: (database: DatabaseSync) => Promise<T>) => Promise<T>;

function createEngine(
  own: OwnFile,
  { file, wipedAtOnce }: SqliteOptions,
  forgetCodes: () => void,
): { engine: Engine; alone: Alone } {
  let database = openFirst(own, file);
  let isClosed = false;
  const statements = new Map<string, StatementSync>();
  const prepare = (sql: string): StatementSync => {
    const known = statements.get(sql);
    if (known) return known;
    const statement = database.prepare(toSqlite(sql));
    statements.set(sql, statement);
    return statement;
  };
  const connection: Connection = {
    async select<Row>(sql: string, values: readonly Value[] = []) {
      return prepare(sql).all(...values) as Row[];
    },
    async change(sql, values = []) {
      if (WRITES_CODES.has(sql)) forgetCodes();
      return Number(prepare(sql).run(...values).changes);
    },
  };

  let last: Promise<unknown> = Promise.resolve();
  // There is one connection: what others did between BEGIN and COMMIT would be part of the same transaction.
  const alone: Alone = async (work) => {
    const before = last;
    const { promise, resolve: end } = Promise.withResolvers<void>();
    last = promise;
    await before;
    try {
      if (isClosed) throw new BusyError('SQLite: closed');
      if (!database.isOpen) database = own.open();
      return await work(database);
    } catch (error) {
      throw inWords(error);
    } finally {
      end();
    }
  };
  const transact = async <T>(work: (connection: Connection) => Promise<T>): Promise<T> => {
    prepare('BEGIN IMMEDIATE').run();
    try {
      const result = await work(connection);
      prepare('COMMIT').run();
      return result;
    } catch (error) {
      // SQLite has already rolled back after some faults, such as a full disk.
      if (database.isTransaction) prepare('ROLLBACK').run();
      throw error;
    }
  };
  const groups = createGroups((work) => alone(() => transact(work)));
  // Without BEGIN and COMMIT (0.5 µs of 3): nobody else has the file, and nothing else runs before this work has ended.
  const read: Run = (work) => alone(() => work(connection));
  const emptyJournal = (): void => {
    const [result] = prepare('PRAGMA wal_checkpoint(TRUNCATE)').all();
    if (result?.['busy'] !== 0) throw new BusyError('SQLite: the journal could not be emptied.');
  };
  const closeDatabase = (): void => {
    statements.clear();
    database.close();
  };

  /** Others get their turn between two pieces; what they write is clean, for the rows to be wiped are gone already. */
  const wipePieces = async (): Promise<void> => {
    let next: number | null = 0;
    while (next !== null) {
      const from: number = next;
      next = await alone(async () => {
        emptyJournal();
        // SQLite would write back what it remembers of the pages; the next piece of work opens it again.
        closeDatabase();
        return zeroUnusedBytes(file, from, wipedAtOnce);
      });
    }
  };
  let lastWipe: Promise<void> = Promise.resolve();
  let nextWipe: Promise<void> | null = null;
  const engine: Engine = {
    read,
    snapshot: read,
    write: groups.run,
    // Deletions that end while others are wiped are wiped together.
    wipe: () => {
      nextWipe ??= lastWipe
        .catch(() => {})
        .then(() => {
          nextWipe = null;
          lastWipe = wipePieces();
          return lastWipe;
        });
      return nextWipe;
    },
    emptyJournal: () => alone(async () => emptyJournal()),
    close: () => {
      groups.begin();
      const closed = last.then(() => {
        isClosed = true;
        if (database.isOpen) closeDatabase();
        own.release();
      });
      last = closed;
      return closed;
    },
  };
  return { engine, alone };
}

function openFirst(own: OwnFile, file: string): DatabaseSync {
  try {
    return openInWords(own, file);
  } catch (error) {
    own.release();
    throw error;
  }
}

/** One piece of work of `Engine.write`, and who waits for it. */
interface Piece {
  readonly work: (connection: Connection) => Promise<unknown>;
  readonly resolve: (result: never) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Writes that arrive together share one transaction, and so one wait for the disk; each is answered when all of them
 * are safe: 20 connections push 5,700 times a second instead of 2,600. When anything fails nothing of the group was
 * written, and each of it runs again in a transaction of its own: the failure of one touches no other.
 */
function createGroups(write: Run): { readonly run: Run; readonly begin: () => void } {
  let waiting: Piece[] = [];

  function begin(): void {
    const group = waiting.slice(0, MOST_IN_GROUP);
    waiting = waiting.slice(MOST_IN_GROUP);
    if (waiting.length > 0) setImmediate(begin);
    void writeTogether(group);
  }

  async function writeTogether(group: readonly Piece[]): Promise<void> {
    const results =
      group.length > 1 ? await write((connection) => doAll(group, connection)).catch(() => null) : null;
    for (const [index, { work, resolve, reject }] of group.entries()) {
      if (results) resolve(results[index] as never);
      else write(work).then(resolve as (result: unknown) => void, reject);
    }
  }

  const run: Run = (work) =>
    new Promise((resolve, reject) => {
      // After what else has arrived by now.
      if (waiting.push({ work, resolve, reject }) === 1) setImmediate(begin);
    });
  return { run, begin };
}

async function doAll(group: readonly Piece[], connection: Connection): Promise<readonly unknown[]> {
  const results: unknown[] = [];
  for (const { work } of group) results.push(await work(connection));
  return results;
}

/** The same tables and statements in SQLite's words. STRICT refuses a value of another type, as PostgreSQL does. */
function toSqlite(sql: string): string {
  const text = sql
    .replace(/ FOR UPDATE$/, '')
    .replace(/\bbytea\b/g, 'BLOB')
    .replace(/\b(bigint|smallint)\b/g, 'INTEGER');
  return text.startsWith('CREATE TABLE') ? `${text} STRICT` : text;
}

function inWords(error: unknown): unknown {
  const words = BUSY.get(codeOf(error) ?? 0);
  return words ? new BusyError(`SQLite: ${words}`, { cause: error }) : error;
}
