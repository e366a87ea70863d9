import * as v from 'valibot';
import { err, ok, type Result } from '#lib/result.ts';
import {
  BackupSchema,
  FORMAT,
  isCollection,
  MAX_BACKUP_BYTES,
  MAX_RECORDS_BYTES,
  type PhotoEntry,
  photoFile,
  RECORDS_FILE,
  VERSION,
} from './backupFormat.ts';
import type { CollectionName, Photo } from './database.ts';
import { type DecodedRecord, decodeRecord } from './encoding.ts';
import { isFieldOf } from './fieldTypes.ts';
import { isEmpty } from './recordState.ts';
import { listZip, looksLikeZip, readZipEntry, type ZipEntry } from './zip.ts';

/** Why a file cannot be read in. Nothing was changed. */
export type FileError =
  // Some other file.
  | { readonly type: 'NotOurs' }
  // Made by a newer app: update first.
  | { readonly type: 'TooNew' }
  | { readonly type: 'TooBig' }
  // Ours, but cut off, changed or broken.
  | { readonly type: 'FileDamaged' };

/** A copy, checked from end to end. */
export interface BackupFile {
  readonly records: readonly DecodedRecord[];
  readonly photos: readonly Photo[];
}

export interface CheckOptions {
  /** `crypto.subtle`, missing on a plain http address: then only the sums of the ZIP are checked. */
  readonly subtle: SubtleCrypto | undefined;
  readonly onPhoto: (done: number, total: number) => void;
}

const NOT_OURS = err({ type: 'NotOurs' } as const);
const TOO_NEW = err({ type: 'TooNew' } as const);
const TOO_BIG = err({ type: 'TooBig' } as const);
const DAMAGED = err({ type: 'FileDamaged' } as const);

/** Opens and checks all of a file before anything is written. Never throws, whatever the file holds. */
export async function openBackupFile(
  file: Blob,
  options: CheckOptions,
): Promise<Result<BackupFile, FileError>> {
  if (file.size > MAX_BACKUP_BYTES) {
    return TOO_BIG;
  }
  const bytes = await readBytes(file);
  if (bytes === null) {
    return DAMAGED;
  }
  if (!looksLikeZip(bytes)) {
    return NOT_OURS;
  }
  const entries = listZip(bytes);
  if (entries === null) {
    return DAMAGED;
  }
  const recordsEntry = findRecords(entries);
  if (recordsEntry === undefined) {
    return NOT_OURS;
  }
  // Before anything is unpacked.
  const total = [...entries.values()].reduce((sum, entry) => sum + entry.size, 0);
  if (total > MAX_BACKUP_BYTES + MAX_RECORDS_BYTES || recordsEntry.size > MAX_RECORDS_BYTES) {
    return TOO_BIG;
  }
  const content = readContent(recordsEntry);
  if (!content.ok) {
    return content;
  }
  const folder = recordsEntry.name.slice(0, -RECORDS_FILE.length);
  const photos = await readPhotos(content.value.photos, entries, folder, options);
  return photos === null ? DAMAGED : ok({ records: content.value.records, photos });
}

/** `null` when the phone cannot read the file, as when it lies in a cloud and there is no network. */
async function readBytes(file: Blob): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    return null;
  }
}

/** In the root, or in one folder when somebody unpacked the copy and packed it again. */
function findRecords(entries: ReadonlyMap<string, ZipEntry>): ZipEntry | undefined {
  return (
    entries.get(RECORDS_FILE) ??
    [...entries.values()].find((entry) => /^[^/]+\/mitra\.json$/.test(entry.name))
  );
}

interface Content {
  readonly records: readonly DecodedRecord[];
  readonly photos: readonly PhotoEntry[];
}

function readContent(entry: ZipEntry): Result<Content, FileError> {
  const json = parseJson(readZipEntry(entry));
  if (json === null) {
    return DAMAGED;
  }
  if (json['format'] !== FORMAT) {
    return NOT_OURS;
  }
  const version = json['version'];
  if (typeof version === 'number' && version > VERSION) {
    return TOO_NEW;
  }
  const parsed = v.safeParse(BackupSchema, json);
  if (version !== VERSION || !parsed.success) {
    return DAMAGED;
  }
  const { collections, deleted, photos } = parsed.output;
  if (!Object.keys(collections).every(isCollection)) {
    return TOO_NEW;
  }
  const live = Object.entries(collections).flatMap(([collection, list]) =>
    list.map((item) => readRecord(item.state, collection as CollectionName)),
  );
  const gone = deleted.map((state) => readRecord(state, null));
  const records = [...live, ...gone];
  if (!records.every((record) => record !== null) || hasTwice(records.map(nameOf))) {
    return DAMAGED;
  }
  return hasTwice(photos.map((photo) => photo.id)) ? DAMAGED : ok({ records, photos });
}

/** `collection` is `null` for what was deleted: such a record has no values, and the others have some. */
function readRecord(value: unknown, collection: CollectionName | null): DecodedRecord | null {
  const record = decodeRecord(value);
  if (record === null || isEmpty(record.state) !== (collection === null)) {
    return null;
  }
  if (collection !== null && record.collection !== collection) {
    return null;
  }
  const fits = Object.entries(record.state.f).every(([field, cells]) =>
    cells.every((cell) => isFieldOf(record.collection, field, cell.v)),
  );
  return fits ? record : null;
}

async function readPhotos(
  list: readonly PhotoEntry[],
  entries: ReadonlyMap<string, ZipEntry>,
  folder: string,
  options: CheckOptions,
): Promise<Photo[] | null> {
  const photos: Photo[] = [];
  for (const { file, bytes: size, sha256, ...photo } of list) {
    const entry = file === photoFile(photo) ? entries.get(folder + file) : undefined;
    const bytes = entry?.size === size ? readZipEntry(entry) : null;
    if (bytes === null || !(await hasDigest(bytes, sha256, options.subtle))) {
      return null;
    }
    photos.push({ ...photo, bytes });
    options.onPhoto(photos.length, list.length);
  }
  return photos;
}

async function hasDigest(
  bytes: Uint8Array<ArrayBuffer>,
  sha256: string | null,
  subtle: SubtleCrypto | undefined,
): Promise<boolean> {
  return sha256 === null || subtle === undefined || (await sha256Of(bytes, subtle)) === sha256;
}

/** SHA-256 as hexadecimal text. */
export async function sha256Of(bytes: Uint8Array<ArrayBuffer>, subtle: SubtleCrypto): Promise<string> {
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function parseJson(bytes: Uint8Array | null): Record<string, unknown> | null {
  if (bytes === null) {
    return null;
  }
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return typeof value === 'object' ? (value as Record<string, unknown> | null) : null;
  } catch {
    return null;
  }
}

function nameOf(record: DecodedRecord): string {
  return `${record.collection} ${record.id}`;
}

function hasTwice(names: readonly string[]): boolean {
  return new Set(names).size < names.length;
}
