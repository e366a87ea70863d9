import type { Day } from '#lib/day.ts';
import type { Result } from '#lib/result.ts';
import type { Database, Row } from './database.ts';
import { type Removed, removeRecord, saveRecord } from './records.ts';
import type { StorageError } from './storageError.ts';

/** What an agency promised, in the worker's words. `null` means: not filled in. */
export interface AgencyPromiseFields {
  readonly agencyId: string | null;
  readonly text: string | null;
  readonly madeOn: Day | null;
}

export interface AgencyPromise extends AgencyPromiseFields {
  readonly id: string;
}

/** A promise of this agency with nothing filled in. */
export function emptyPromise(agencyId: string | null): AgencyPromiseFields {
  return { agencyId, text: null, madeOn: null };
}

/** The promises of an agency, the oldest first. */
export async function listPromises(db: Database, agencyId: string): Promise<AgencyPromise[]> {
  const rows = await db.promises.where('agencyId').equals(agencyId).toArray();
  return rows.map(toPromise).sort((a, b) => (a.madeOn ?? '').localeCompare(b.madeOn ?? ''));
}

/** Saves what changed; see `saveRecord` for `opened`. A new promise brings an id from `newId(db)`. */
export function savePromise(
  db: Database,
  id: string,
  fields: Partial<AgencyPromiseFields>,
  opened: Partial<AgencyPromiseFields> | null = null,
): Promise<Result<void, StorageError>> {
  return saveRecord(db, 'promises', id, fields, opened);
}

/** Removes a promise. `restoreRecord` brings it back. */
export function removePromise(db: Database, id: string): Promise<Result<Removed, StorageError>> {
  return removeRecord(db, 'promises', id);
}

function toPromise(row: Row): AgencyPromise {
  return { ...emptyPromise(null), ...row };
}
