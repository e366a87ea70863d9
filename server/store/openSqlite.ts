import { chownSync, closeSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, parse } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';

/** Milliseconds that a statement waits for a lock: it stops the whole server meanwhile. */
const PATIENCE = 250;

/** Pages of a backup that are copied at once, outside of the main thread. */
const BACKUP_PAGES = 4096;

type Sqlite = typeof import('node:sqlite');

/** A database file that this process has for itself, also while it is closed in between. */
export interface OwnFile {
  /** Opens the database. Its errors are SQLite's own. */
  readonly open: () => DatabaseSync;
  /** Writes all of an open database into a new file, which appears when it is whole. */
  readonly copy: (database: DatabaseSync, to: string) => Promise<void>;
  /** Lets other processes have it. */
  readonly release: () => void;
}

/** Takes a database file. Throws, with words for the operator, when another process has it or this Node is too old. */
export function takeFile(file: string): OwnFile {
  const sqlite = loadSqlite();
  const lock = lockFile(sqlite, file);
  return {
    open: () => openDatabase(sqlite, file),
    copy: (database, to) => copyDatabase(sqlite, database, to),
    release: () => lock.close(),
  };
}

/** Copies a database that no server uses, as it is: a backup must not bring it to another version. */
export async function copyStopped(file: string, to: string): Promise<void> {
  const own = takeFile(file);
  try {
    const database = openInWords(own, file);
    try {
      await own.copy(database, to);
    } finally {
      database.close();
    }
  } finally {
    own.release();
  }
}

/** Opens the database for the first time: what is wrong with it is said to the operator. */
export function openInWords(own: OwnFile, file: string): DatabaseSync {
  try {
    return own.open();
  } catch (error) {
    throw refusal(error, file);
  }
}

/** SQLite's own number of an error, without its finer part. */
export function codeOf(error: unknown): number | null {
  const isOurs = error instanceof Error && 'errcode' in error && typeof error.errcode === 'number';
  return isOurs ? (error.errcode as number) & 0xff : null;
}

function loadSqlite(): Sqlite {
  const sqlite = process.getBuiltinModule?.('node:sqlite');
  if (sqlite && 'backup' in sqlite) return sqlite;
  throw new Error(`The database needs Node 22.16 or later; this is ${process.versions.node}.`);
}

/**
 * Begins to write to an empty database beside the file, and never ends it: SQLite's own lock, which a killed process
 * gives back. That on the database itself does not last, for it is closed while deleted rows are wiped.
 */
function lockFile({ DatabaseSync: Database }: Sqlite, file: string): DatabaseSync {
  const name = join(dirname(file), `${parse(file).name}.lock`);
  let lock: DatabaseSync | null = null;
  try {
    lock = new Database(name, { timeout: 0 });
    // In memory: nothing is ever written, and no file of a journal appears.
    lock.exec('PRAGMA journal_mode = MEMORY');
    lock.exec('BEGIN IMMEDIATE');
    giveToOwner(name);
    return lock;
  } catch (error) {
    lock?.close();
    throw codeOf(error) === 5 ? taken(file) : refusal(error, name);
  }
}

/** What root makes here, by a backup of a stopped server, must be open to the server too. SQLite does so itself. */
function giveToOwner(name: string): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(dirname(name));
  chownSync(name, uid, gid);
}

function openDatabase({ DatabaseSync: Database }: Sqlite, file: string): DatabaseSync {
  const database = new Database(file, { timeout: PATIENCE });
  try {
    // EXCLUSIVE comes first: the file is then locked from the first access on, and there is no file of shared memory.
    database.exec('PRAGMA locking_mode = EXCLUSIVE');
    database.exec('PRAGMA journal_mode = WAL');
    database.exec('PRAGMA synchronous = FULL');
    database.exec('PRAGMA secure_delete = ON');
    database.exec('PRAGMA temp_store = MEMORY');
    database.exec('BEGIN IMMEDIATE');
    database.exec('COMMIT');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

const taken = (file: string): Error =>
  new Error(`Another server already uses ${file}. Stop it first, or give this one a file of its own.`);

/** What SQLite says about a file that it cannot use, with its name and what is likely wrong with it. */
function refusal(error: unknown, file: string): unknown {
  const words = error instanceof Error ? error.message : '';
  switch (codeOf(error)) {
    case 5:
      return taken(file);
    case 3:
    case 8:
    case 10:
    case 14:
      return new Error(
        `${file} cannot be opened (${words}). Does it belong to the user who runs the server?`,
      );
    case 26:
      return new Error(`${file} is not a database, or only a part of one. Put a whole copy in its place.`);
    default:
      return error;
  }
}

async function copyDatabase({ backup }: Sqlite, database: DatabaseSync, to: string): Promise<void> {
  const part = `${to}.part`;
  makeEmpty(part);
  try {
    await backup(database, part, { rate: BACKUP_PAGES });
    sync(part);
    renameSync(part, to);
    sync(dirname(to));
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}

/** Throws in words for the operator; SQLite would only say that it could not. */
function makeEmpty(file: string): void {
  try {
    rmSync(file, { force: true });
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new Error(
      `${file} cannot be written (${code}). Its folder must be there, and open to the user who runs the server.`,
    );
  }
}

function sync(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
