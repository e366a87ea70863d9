import type { Country } from '#i18n/languages.ts';
import { type Day, dayOf } from '#lib/day.ts';
import type { Result } from '#lib/result.ts';
import type { Database, Row } from './database.ts';
import { type Removed, removeRecord, saveRecord } from './records.ts';
import type { StorageError } from './storageError.ts';

/** Cambodia has lists too: before leaving, and after coming home. */
export type ChecklistCountry = Country | 'kh';

/** What the worker noted on one item of a checklist. The item itself is content, not data. */
export interface MarkFields {
  readonly done: boolean | null;
  readonly doneOn: Day | null;
  /** The day that belongs to the item: of an appointment, or until when it must be done. */
  readonly date: Day | null;
  readonly note: string | null;
}

export interface Mark extends MarkFields {
  /** `country/itemId`: the same on every phone. */
  readonly id: string;
}

/** A mark with nothing noted: that of every item the worker has not touched. */
export function emptyMark(): MarkFields {
  return { done: null, doneOn: null, date: null, note: null };
}

/** The id of the mark of a checklist item. */
export function markId(country: ChecklistCountry, itemId: string): string {
  return `${country}/${itemId}`;
}

/** All marks of a country, by item id. Items without a mark are missing. */
export async function listMarks(db: Database, country: ChecklistCountry): Promise<ReadonlyMap<string, Mark>> {
  const prefix = markId(country, '');
  const rows = await db.checklist.where('id').startsWith(prefix).toArray();
  return new Map(rows.map((row) => [row.id.slice(prefix.length), toMark(row)]));
}

/** Saves what changed; see `saveRecord` for `opened`. Only the given fields are touched. */
export function saveMark(
  db: Database,
  country: ChecklistCountry,
  itemId: string,
  fields: Partial<MarkFields>,
  opened: Partial<MarkFields> | null = null,
): Promise<Result<void, StorageError>> {
  return saveRecord(db, 'checklist', markId(country, itemId), fields, opened);
}

/** Ticks an item today, or takes the tick away. */
export function setDone(
  db: Database,
  country: ChecklistCountry,
  itemId: string,
  done: boolean,
): Promise<Result<void, StorageError>> {
  return saveMark(db, country, itemId, { done, doneOn: done ? dayOf(db.now()) : null });
}

/** Removes everything noted on an item. `restoreRecord` brings it back. */
export function removeMark(
  db: Database,
  country: ChecklistCountry,
  itemId: string,
): Promise<Result<Removed, StorageError>> {
  return removeRecord(db, 'checklist', markId(country, itemId));
}

function toMark(row: Row): Mark {
  return { ...emptyMark(), ...row };
}
