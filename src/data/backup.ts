import { strToU8, Zip, ZipDeflate, type ZipInputFile, ZipPassThrough } from 'fflate';
import { type Day, dayOf } from '#lib/day.ts';
import { err, ok, type Result } from '#lib/result.ts';
import { type FileError, openBackupFile, sha256Of } from './backupFile.ts';
import { FORMAT, type PhotoEntry, photoFile, README, RECORDS_FILE, VERSION } from './backupFormat.ts';
import { type Database, ENTRIES, type Photo, type StoredState } from './database.ts';
import { type EncodedRecord, encodeRecord } from './encoding.ts';
import { type ImportSummary, mergeBackup } from './mergeBackup.ts';
import { namedValues } from './photos.ts';
import { isEmpty, shownValues } from './recordState.ts';
import { type StorageError, toStorageError } from './storageError.ts';

export type ImportError = FileError | StorageError;

/** A copy of everything, and the name to save it under. */
export interface Backup {
  readonly file: Blob;
  readonly name: string;
  readonly entries: number;
  readonly photos: number;
}

export interface BackupOptions {
  readonly onProgress?: (done: number, total: number) => void;
  /** Default: `crypto.subtle`, which is missing on a plain http address. */
  readonly subtle?: SubtleCrypto | undefined;
}

export interface ImportOptions extends BackupOptions {
  /** Also entries that were deleted here since the copy was made. */
  readonly bringBack?: boolean;
}

/** The name of a copy made on this day. */
export function backupName(day: Day): string {
  return `mitra-${day}.zip`;
}

/** Puts all entries and the photos they name into one ZIP (`docs/export-format.md`). Changes nothing. */
export async function exportAll(
  db: Database,
  options: BackupOptions = {},
): Promise<Result<Backup, StorageError>> {
  try {
    return ok(await writeBackup(db, options));
  } catch (error) {
    return err(toStorageError(error));
  }
}

/**
 * Reads a copy in. All of the file is checked first; then one transaction merges it with what is here, so a refused
 * file or full storage changes nothing. Reading the same file twice is the same as once.
 */
export async function importAll(
  db: Database,
  file: Blob | Uint8Array<ArrayBuffer>,
  options: ImportOptions = {},
): Promise<Result<ImportSummary, ImportError>> {
  const blob = file instanceof Blob ? file : new Blob([file]);
  const backup = await openBackupFile(blob, {
    subtle: subtleOf(options),
    onPhoto: (done, total) => options.onProgress?.(done, total),
  });
  return backup.ok ? mergeBackup(db, backup.value, options.bringBack ?? false) : backup;
}

async function writeBackup(db: Database, options: BackupOptions): Promise<Backup> {
  const { states, photoIds } = await db.transaction('r', db.tables, async () => {
    const named = await namedValues(db);
    const ids = await db.photos.toCollection().primaryKeys();
    return {
      // What is saved on a server is chosen on each phone anew.
      states: (await db.recordState.toArray()).filter(({ collection }) => collection !== 'choice'),
      // A photo that no entry names any more belongs to something deleted: it stays out.
      photoIds: ids.filter((id) => named.has(id)),
    };
  });
  const zip = openZip(db.now());
  zip.add(new ZipDeflate('README.txt'), strToU8(README));
  const photos: PhotoEntry[] = [];
  for (const [index, id] of photoIds.entries()) {
    // One at a time: all of them together do not fit into the memory of a small phone.
    const photo = await db.photos.get(id);
    if (photo !== undefined) {
      const entry = await photoEntry(photo, subtleOf(options));
      zip.add(new ZipPassThrough(entry.file), photo.bytes);
      photos.push(entry);
    }
    options.onProgress?.(index + 1, photoIds.length);
  }
  zip.add(new ZipDeflate(RECORDS_FILE), strToU8(recordsText(states, photos, db.now())));
  return {
    file: zip.end(),
    name: backupName(dayOf(db.now())),
    entries: states.filter((state) => !isEmpty(state)).length,
    photos: photos.length,
  };
}

function recordsText(states: readonly StoredState[], photos: readonly PhotoEntry[], now: number): string {
  const collections: Record<string, { id: string; values: object; state: EncodedRecord }[]> = {};
  for (const collection of ENTRIES) {
    collections[collection] = states
      .filter((state) => state.collection === collection && !isEmpty(state))
      .map((state) => ({ id: state.id, values: shownValues(state), state: encodeRecord(state, state) }));
  }
  const deleted = states.filter(isEmpty).map((state) => encodeRecord(state, state));
  const exportedAt = new Date(now).toISOString();
  const content = { format: FORMAT, version: VERSION, exportedAt, collections, deleted, photos };
  return JSON.stringify(content, null, 1);
}

async function photoEntry(photo: Photo, subtle: SubtleCrypto | undefined): Promise<PhotoEntry> {
  const { id, type, width, height, takenAt, bytes } = photo;
  const sha256 = subtle === undefined ? null : await sha256Of(bytes, subtle);
  return { id, file: photoFile(photo), type, width, height, takenAt, bytes: bytes.byteLength, sha256 };
}

interface OpenZip {
  readonly add: (
    entry: ZipInputFile & { push: (chunk: Uint8Array, final: boolean) => void },
    bytes: Uint8Array,
  ) => void;
  readonly end: () => Blob;
}

function openZip(now: number): OpenZip {
  const parts: Blob[] = [];
  const zip = new Zip((error, chunk) => {
    if (error !== null) {
      throw error;
    }
    // A Blob may lie on the disk; the bytes would stay in memory until the last photo.
    parts.push(new Blob([chunk]));
  });
  return {
    add: (entry, bytes) => {
      entry.mtime = zipTime(now);
      zip.add(entry);
      entry.push(bytes, true);
    },
    end: () => {
      zip.end();
      return new Blob(parts, { type: 'application/zip' });
    },
  };
}

/** A ZIP knows the years 1980 to 2099; fflate throws for others, and some phones believe it is 1970. */
function zipTime(now: number): number {
  return Math.min(Math.max(now, Date.UTC(1981, 0)), Date.UTC(2099, 0));
}

function subtleOf(options: BackupOptions): SubtleCrypto | undefined {
  return 'subtle' in options ? options.subtle : globalThis.crypto?.subtle;
}
