import type { Result } from '#lib/result.ts';
import { base64url } from '#lib/id.ts';
import { type Database, type EntryName, ENTRIES, newDeviceId } from './database.ts';
import { inOneTransaction } from './records.ts';
import type { StorageError } from './storageError.ts';

/** How full the phone is for this app, and whether the browser promised to keep it. */
export type StorageState =
  | {
      readonly known: true;
      readonly usage: number;
      readonly quota: number;
      readonly persisted: boolean;
    }
  | { readonly known: false };

/** The part of `navigator.storage` that is used. It is missing on a plain http address of a LAN. */
export type BrowserStorage = Pick<StorageManager, 'estimate' | 'persist' | 'persisted'>;

export type EntryCounts = Readonly<Record<EntryName | 'photos' | 'all', number>>;

/** What the browser says about space. Never throws: `known: false` when it says nothing. */
export async function storageState(storage: BrowserStorage | undefined): Promise<StorageState> {
  try {
    const estimate = await storage?.estimate();
    if (storage === undefined || estimate?.usage === undefined || estimate.quota === undefined) {
      return { known: false };
    }
    const persisted = await storage.persisted();
    return { known: true, usage: estimate.usage, quota: estimate.quota, persisted };
  } catch {
    return { known: false };
  }
}

/**
 * Asks the browser once in the life of this database not to evict it; call it after a save. Gives whether the
 * browser promised it, `null` when it was asked before. Some browsers show a question, hence never twice.
 */
export async function askForPersistence(
  db: Database,
  storage: BrowserStorage | undefined,
): Promise<boolean | null> {
  if (storage === undefined) {
    return null;
  }
  // Asked first and noted first: two tabs must not both show the question.
  const isFirst = await inOneTransaction(db, async () => {
    const asked = await db.flags.get('persistenceAsked');
    if (asked === undefined) {
      await db.flags.put({ name: 'persistenceAsked', value: 'yes' });
    }
    return asked === undefined;
  });
  if (!isFirst.ok || !isFirst.value) {
    return null;
  }
  try {
    return (await storage.persisted()) || (await storage.persist());
  } catch {
    return false;
  }
}

/** How many entries of each kind there are. */
export async function countEntries(db: Database): Promise<EntryCounts> {
  const counts: Record<string, number> = { photos: await db.photos.count() };
  let all = 0;
  for (const collection of ENTRIES) {
    counts[collection] = await db[collection].count();
    all += counts[collection] ?? 0;
  }
  return { ...counts, all } as EntryCounts;
}

/** Deletes everything the worker entered, and what was remembered of deleted entries. Cannot be undone. */
export async function eraseEverything(db: Database): Promise<Result<void, StorageError>> {
  return inOneTransaction(db, async () => {
    for (const table of db.tables) {
      await table.clear();
    }
    // Write numbers begin again at 1. A new era makes every open tab take a new device id (`writerOf`), for
    // copies made before may know the old id with the same numbers.
    const era = base64url(db.randomBytes(6));
    await db.flags.put({ name: 'era', value: era });
    db.me = newDeviceId(db.randomBytes);
    db.era = era;
  });
}
