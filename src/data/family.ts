import type { Result } from '#lib/result.ts';
import { type Database, ENTRIES, type EntryName } from './database.ts';
import { inOneTransaction } from './records.ts';
import type { FieldValue } from './recordState.ts';
import type { StorageError } from './storageError.ts';

/**
 * A family copy lives in a database of its own: the family's own entries and the worker's never mix, for there is often
 * one phone for the house (`docs/sync-design.md` §8).
 */
export const FAMILY_DATABASE = 'mitra-family';

/** Whether that database is there, without making it. Firefox before 126 cannot say, and then it may be. */
export async function mayHaveFamilyDatabase(): Promise<boolean> {
  if (!('databases' in indexedDB)) return true;
  return (await indexedDB.databases()).some(({ name }) => name === FAMILY_DATABASE);
}

/** One entry of the worker, to be read only. */
export interface FamilyEntry {
  readonly collection: EntryName;
  readonly id: string;
  readonly values: Readonly<Record<string, FieldValue>>;
  /** When it was deleted on the worker's phone, ms; the family keeps it until it removes it itself. */
  readonly removedAt: number | null;
}

/** Everything in a family copy, what was deleted too. */
export async function listFamily(db: Database): Promise<FamilyEntry[]> {
  const entries: FamilyEntry[] = [];
  for (const collection of ENTRIES) {
    for (const { id, ...values } of await db[collection].toArray()) {
      entries.push({ collection, id, values, removedAt: null });
    }
  }
  for (const { collection, id, values, removedAt } of await db.removed.toArray()) {
    if (collection !== 'choice') entries.push({ collection, id, values, removedAt });
  }
  return entries;
}

/** Removes an entry that the worker had deleted. */
export function forgetFamilyEntry(
  db: Database,
  { collection, id }: FamilyEntry,
): Promise<Result<void, StorageError>> {
  return inOneTransaction(db, () => db.removed.delete([collection, id]));
}
