import type { Result } from '#lib/result.ts';
import type { Database, Row } from './database.ts';
import { type Removed, removeRecord, saveRecord } from './records.ts';
import type { StorageError } from './storageError.ts';

/** Somebody who works for an agency, or says so. `null` means: not filled in. */
export interface AgencyPersonFields {
  readonly agencyId: string | null;
  readonly name: string | null;
  readonly role: string | null;
  readonly phone: string | null;
}

export interface AgencyPerson extends AgencyPersonFields {
  readonly id: string;
}

/** A person of this agency with nothing filled in. */
export function emptyAgencyPerson(agencyId: string | null): AgencyPersonFields {
  return { agencyId, name: null, role: null, phone: null };
}

/** The people of an agency by name. */
export async function listAgencyPeople(db: Database, agencyId: string): Promise<AgencyPerson[]> {
  const rows = await db.agencyPeople.where('agencyId').equals(agencyId).toArray();
  return rows.map(toPerson).sort((a, b) => (a.name ?? '').localeCompare(b.name ?? '', 'en'));
}

/** Saves what changed; see `saveRecord` for `opened`. A new person brings an id from `newId(db)`. */
export function saveAgencyPerson(
  db: Database,
  id: string,
  fields: Partial<AgencyPersonFields>,
  opened: Partial<AgencyPersonFields> | null = null,
): Promise<Result<void, StorageError>> {
  return saveRecord(db, 'agencyPeople', id, fields, opened);
}

/** Removes a person. `restoreRecord` brings them back. */
export function removeAgencyPerson(db: Database, id: string): Promise<Result<Removed, StorageError>> {
  return removeRecord(db, 'agencyPeople', id);
}

function toPerson(row: Row): AgencyPerson {
  return { ...emptyAgencyPerson(null), ...row };
}
