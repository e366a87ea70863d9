import { Dexie, type Table } from 'dexie';
import { base64url, type RandomBytes, randomId } from '#lib/id.ts';
import { err, ok, type Result } from '#lib/result.ts';
import type { FieldValue, RecordState } from './recordState.ts';
import { declareVersions, SCHEMA_VERSION } from './schema.ts';
import { type StorageError, toStorageError } from './storageError.ts';
import type { BlobState, Held, RemovedEntry, StoredNews, SyncMeta, SyncState, Unsent } from './syncTables.ts';

/** Everything the worker enters lives in one of these; each has a table of the same name. */
export const ENTRIES = [
  'contracts',
  'pages',
  'agencies',
  'agencyPeople',
  'promises',
  'payments',
  'receipts',
  'contacts',
  'checklist',
  'cards',
] as const;

export type EntryName = (typeof ENTRIES)[number];

/** All that is merged between phones: the entries, and what the worker chose to save on a server. */
export const COLLECTIONS = [...ENTRIES, 'choice'] as const;

export type CollectionName = (typeof COLLECTIONS)[number];

/** A stored row: its id and the values to show. Fields that were never filled in are missing. */
export interface Row {
  readonly id: string;
  readonly [field: string]: FieldValue;
}

export interface StoredState extends RecordState {
  readonly collection: CollectionName;
  readonly id: string;
}

/** An immutable picture. `bytes` and not a Blob: see `docs/sync-design.md` §10. */
export interface Photo {
  readonly id: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: 'image/jpeg' | 'image/png' | 'image/webp';
  readonly width: number;
  readonly height: number;
  /** Milliseconds. */
  readonly takenAt: number;
}

export interface PhotoInfo {
  readonly id: string;
  readonly size: number;
  /** Since when no record names the photo, and which start of the app saw it first; `null` while one does. */
  readonly unused: { readonly since: number; readonly seenBy: string } | null;
}

export interface Flag {
  readonly name: 'persistenceAsked' | 'era';
  readonly value: string;
}

interface Tables extends Record<CollectionName, Table<Row, string>> {
  readonly photos: Table<Photo, string>;
  readonly recordState: Table<StoredState, [CollectionName, string]>;
  readonly photoInfo: Table<PhotoInfo, string>;
  readonly flags: Table<Flag, string>;
  readonly unsent: Table<Unsent, [CollectionName, string]>;
  readonly syncState: Table<SyncState | StoredNews, string>;
  readonly syncMeta: Table<SyncMeta, string>;
  readonly held: Table<Held, string>;
  readonly blobState: Table<BlobState, string>;
  readonly removed: Table<RemovedEntry, [CollectionName, string]>;
}

interface Environment {
  readonly now: () => number;
  readonly randomBytes: RandomBytes;
  /** This start of the app: 8 base64url characters, in memory only. Another one after everything was erased. */
  me: string;
  /** Which filling of the database `me` belongs to: erasing begins a new one. */
  era: string | null;
  /** What to add to the phone's clock, ms: 0 unless a server's clock differed by more than two minutes. */
  clockOffset: number;
}

/** The open database with what writing needs: the clock, randomness, and who writes. */
export type Database = Dexie & Tables & Environment;

export interface DatabaseOptions {
  readonly name?: string;
  readonly now: () => number;
  readonly randomBytes: RandomBytes;
  readonly indexedDB?: IDBFactory;
  readonly IDBKeyRange?: typeof globalThis.IDBKeyRange;
  /** Another tab has a newer app and upgrades; this tab's connection is already closed. Ask for a reload. */
  readonly onUpgradeElsewhere?: () => void;
  /** Opening waits for another tab that still uses the old version. Ask to close it. */
  readonly onUpgradeBlocked?: () => void;
}

/** Builds the database without opening it. Never throws: a missing IndexedDB shows when it is opened. */
export function createDatabase(options: DatabaseOptions): Database {
  const dexie = new Dexie(options.name ?? 'mitra', {
    ...engineOf(options),
    // A power cut after "saved" must not lose the entry.
    chromeTransactionDurability: 'strict',
    // The cache would keep photos in the memory of a small phone.
    cache: 'disabled',
  });
  declareVersions(dexie);
  dexie.on('versionchange', (event) => {
    dexie.close({ disableAutoOpen: event.newVersion !== null });
    if (event.newVersion !== null) {
      options.onUpgradeElsewhere?.();
    }
    // Keeps Dexie's own answer, which writes to the console and opens again.
    return false;
  });
  dexie.on('blocked', () => {
    options.onUpgradeBlocked?.();
    return false;
  });
  return Object.assign(dexie, {
    now: options.now,
    randomBytes: options.randomBytes,
    me: newDeviceId(options.randomBytes),
    era: null,
    clockOffset: 0,
  }) as Database;
}

/** Opens the database; on iOS a lost connection is opened once more. Throws only what is not about storage. */
export async function openDatabase(db: Database): Promise<Result<void, StorageError>> {
  const first = await tryToOpen(db);
  if (first.ok || first.error.type !== 'ConnectionLost') {
    return first;
  }
  db.close({ disableAutoOpen: false });
  return tryToOpen(db);
}

/** A fresh id for a new entry. Make it when the form opens, so that saving twice saves one entry. */
export function newId(db: Database): string {
  return randomId(db.randomBytes);
}

/** A fresh device id: 8 base64url characters. */
export function newDeviceId(randomBytes: RandomBytes): string {
  return base64url(randomBytes(6));
}

async function tryToOpen(db: Database): Promise<Result<void, StorageError>> {
  try {
    await db.open();
    // A wrong clock stays corrected, also before the first answer of a server and without a network.
    const sync = await db.syncState.get('sync');
    if (sync?.id === 'sync') db.clockOffset = sync.clockOffset;
    return ok(undefined);
  } catch (error) {
    return err(toStorageError(error));
  }
}

/** What Dexie builds on, or nothing when the browser has no IndexedDB or forbids to touch it. */
function engineOf(options: DatabaseOptions): object {
  try {
    const indexedDB = options.indexedDB ?? globalThis.indexedDB;
    const keyRange = options.IDBKeyRange ?? globalThis.IDBKeyRange;
    return { indexedDB: indexedDB && onlyThisVersion(indexedDB), IDBKeyRange: keyRange };
  } catch {
    return { indexedDB: undefined };
  }
}

/**
 * Dexie opens a newer database as it is, and even adds tables that it misses there
 * (dexie 4.4.7, `dexieOpen`). Either could harm what the newer app keeps, so only our own version is opened.
 */
function onlyThisVersion(indexedDB: IDBFactory): object {
  const ours = SCHEMA_VERSION * 10;
  return {
    open: (name: string, version?: number) => {
      if (version === undefined) {
        throw new DOMException('The database is newer than the app', 'VersionError');
      }
      if (version > ours) {
        throw new DOMException('The database lacks a table', 'NotFoundError');
      }
      return indexedDB.open(name, version);
    },
    deleteDatabase: (name: string) => indexedDB.deleteDatabase(name),
    databases: () => indexedDB.databases(),
  };
}
