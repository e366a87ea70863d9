import type { Result } from '#lib/result.ts';
import type { BackupFile } from './backupFile.ts';
import type { Database } from './database.ts';
import { type DecodedRecord, encodeRecord } from './encoding.ts';
import { receive } from './merge.ts';
import { namedValues, putPhotoInTransaction } from './photos.ts';
import {
  type Fields,
  inOneTransaction,
  keepParents,
  nameText,
  putState,
  type RecordName,
  readState,
  saveInTransaction,
  writerOf,
} from './records.ts';
import { isEmpty, type RecordState, shownValues } from './recordState.ts';
import type { StorageError } from './storageError.ts';

/** What reading a copy did. */
export interface ImportSummary {
  readonly added: number;
  readonly changed: number;
  /** Entries that whoever made the copy had deleted after what this phone knew of them. */
  readonly removed: number;
  /** Entries of the copy that were deleted here since. The option `bringBack` brings them back. */
  readonly deletedHere: number;
}

/** What a record showed before: `null` when it was not there. */
type Before = ReadonlyMap<DecodedRecord, Fields | null>;

/** Merges a checked copy with what is here, all of it or nothing. */
export function mergeBackup(
  db: Database,
  backup: BackupFile,
  bringBack: boolean,
): Promise<Result<ImportSummary, StorageError>> {
  return inOneTransaction(db, async () => {
    const before = new Map<DecodedRecord, Fields | null>();
    // What is saved on a server nobody chooses but the worker, on this phone.
    for (const record of backup.records.filter(({ collection }) => collection !== 'choice')) {
      const local = await readState(db, record);
      before.set(record, valuesOf(local));
      await mergeRecord(db, record, local, bringBack);
    }
    await keepParents(db, knownValues(before));
    await addPhotos(db, backup);
    return summarise(db, before);
  });
}

async function mergeRecord(
  db: Database,
  record: DecodedRecord,
  local: RecordState,
  bringBack: boolean,
): Promise<void> {
  const { state } = receive(local, record.state, await writerOf(db));
  if (!isSame(record, local, state)) {
    await putState(db, record, state);
  }
  if (bringBack && isEmpty(state) && !isEmpty(record.state)) {
    await saveInTransaction(db, record, shownValues(record.state), null);
  }
}

/** The records of a copy as they were last shown on either side, for parents that have to come back. */
function knownValues(before: Before): ReadonlyMap<string, Fields> {
  const known = new Map<string, Fields>();
  for (const [record, shown] of before) {
    const values = shown ?? valuesOf(record.state);
    if (values !== null) {
      known.set(nameText(record), values);
    }
  }
  return known;
}

/** Photos never change, so one that is already here stays as it is. */
async function addPhotos(db: Database, backup: BackupFile): Promise<void> {
  const named = await namedValues(db);
  const here = new Set(await db.photos.toCollection().primaryKeys());
  for (const photo of backup.photos) {
    if (named.has(photo.id) && !here.has(photo.id)) {
      await putPhotoInTransaction(db, photo);
    }
  }
}

async function summarise(db: Database, before: Before): Promise<ImportSummary> {
  const counts = { added: 0, changed: 0, removed: 0, deletedHere: 0 };
  for (const [record, shown] of before) {
    const now = valuesOf(await readState(db, record));
    if (now !== null && shown === null) {
      counts.added += 1;
    } else if (now !== null && shown !== null && !hasSameValues(now, shown)) {
      counts.changed += 1;
    } else if (now === null && shown !== null) {
      counts.removed += 1;
    } else if (now === null && !isEmpty(record.state)) {
      counts.deletedHere += 1;
    }
  }
  return counts;
}

function valuesOf(state: RecordState): Fields | null {
  return isEmpty(state) ? null : shownValues(state);
}

function hasSameValues(a: Fields, b: Fields): boolean {
  const fields = [...Object.keys(a), ...Object.keys(b)];
  return fields.every((field) => (a[field] ?? null) === (b[field] ?? null));
}

function isSame(name: RecordName, a: RecordState, b: RecordState): boolean {
  return JSON.stringify(encodeRecord(name, a)) === JSON.stringify(encodeRecord(name, b));
}
