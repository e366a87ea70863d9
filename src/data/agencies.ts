import type { Result } from '#lib/result.ts';
import type { Destination } from './contracts.ts';
import type { Database, Row } from './database.ts';
import { type Removed, removeRecord, saveRecord } from './records.ts';
import type { StorageError } from './storageError.ts';

/** A recruitment agency as the worker met it. `null` means: not filled in. */
export interface AgencyFields {
  readonly name: string | null;
  readonly licence: string | null;
  readonly country: Destination | null;
  readonly address: string | null;
  readonly phone: string | null;
  readonly note: string | null;
}

export interface Agency extends AgencyFields {
  readonly id: string;
}

/** An agency with nothing filled in but the destination country. */
export function emptyAgency(country: Destination | null): AgencyFields {
  return { name: null, licence: null, country, address: null, phone: null, note: null };
}

/** All agencies by name; those without a name come first. */
export async function listAgencies(db: Database): Promise<Agency[]> {
  const agencies = (await db.agencies.toArray()).map(toAgency);
  return agencies.sort((a, b) => (a.name ?? '').localeCompare(b.name ?? '', 'en'));
}

/** One agency, `null` when there is none with this id. */
export async function getAgency(db: Database, id: string): Promise<Agency | null> {
  const row = await db.agencies.get(id);
  return row === undefined ? null : toAgency(row);
}

/** Saves what changed; see `saveRecord` for `opened`. A new agency brings its own id from `newId(db)`. */
export function saveAgency(
  db: Database,
  id: string,
  fields: Partial<AgencyFields>,
  opened: Partial<AgencyFields> | null = null,
): Promise<Result<void, StorageError>> {
  return saveRecord(db, 'agencies', id, fields, opened);
}

/** Removes an agency with its people, promises, payments and receipts. `restoreRecord` brings all back. */
export function removeAgency(db: Database, id: string): Promise<Result<Removed, StorageError>> {
  return removeRecord(db, 'agencies', id);
}

function toAgency(row: Row): Agency {
  return { ...emptyAgency(null), ...row };
}
