import { createDatabase, type Database, openDatabase } from '#data/database.ts';
import { FAMILY_DATABASE, mayHaveFamilyDatabase } from '#data/family.ts';
import { countEntries } from '#data/storage.ts';
import type { StorageError } from '#data/storageError.ts';
import { syncOverview } from '#data/syncQueries.ts';
import { ok, type Result } from '#lib/result.ts';

let opening: Promise<Result<Database, StorageError>> | null = null;

/** The database of the family copy, beside the phone's own; opened once. A failure is tried again the next time. */
export function openFamily(): Promise<Result<Database, StorageError>> {
  opening ??= open().then((result) => {
    if (!result.ok) opening = null;
    return result;
  });
  return opening;
}

async function open(): Promise<Result<Database, StorageError>> {
  const db = createDatabase({
    name: FAMILY_DATABASE,
    now: () => Date.now(),
    randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
  });
  const opened = await openDatabase(db);
  return opened.ok ? ok(db) : opened;
}

/** Whether this phone holds a family copy. Does not make the database: most phones never need it. */
export async function hasFamilyCopy(): Promise<boolean> {
  try {
    if (!(await mayHaveFamilyDatabase())) return false;
    const family = await openFamily();
    if (!family.ok) return false;
    const { phase } = await syncOverview(family.value);
    return phase !== 'off' || (await countEntries(family.value)).all > 0;
  } catch {
    // A phone that blocks storage holds nothing.
    return false;
  }
}
