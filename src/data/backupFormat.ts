import * as v from 'valibot';
import { ENTRIES, type EntryName, type Photo } from './database.ts';

export const FORMAT = 'mitra-export';
export const VERSION = 1;
export const RECORDS_FILE = 'mitra.json';

const MIB = 1024 * 1024;
/** The largest file that is read at all, and the most it may hold once unpacked. */
export const MAX_BACKUP_BYTES = 150 * MIB;
export const MAX_RECORDS_BYTES = 32 * MIB;

export const README = `This is a copy of what one person keeps in Mitra, an app for migrant workers. It is private: it may hold a
contract, names, phone numbers and receipts. To read it into the app, open Mitra, go to the settings and choose
this file as it is. To read it without the app, open mitra.json with any text editor; under "collections" each entry
has its "values", and the photos are ordinary pictures in the folder photos. The format is described in
docs/export-format.md of the app's source code.
`;

const EXTENSIONS = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' } as const;

/** Where a photo lies in the copy. */
export function photoFile(photo: Pick<Photo, 'id' | 'type'>): string {
  return `photos/${photo.id}.${EXTENSIONS[photo.type]}`;
}

const PhotoEntry = v.object({
  id: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/)),
  file: v.string(),
  type: v.picklist(['image/jpeg', 'image/png', 'image/webp']),
  width: v.pipe(v.number(), v.integer(), v.minValue(0)),
  height: v.pipe(v.number(), v.integer(), v.minValue(0)),
  takenAt: v.pipe(v.number(), v.finite()),
  bytes: v.pipe(v.number(), v.integer(), v.minValue(0)),
  sha256: v.nullable(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))),
});

export type PhotoEntry = v.InferOutput<typeof PhotoEntry>;

const Entries = v.array(v.object({ state: v.unknown() }));

/** `mitra.json` up to the states, which `decodeRecord` reads. Keys it does not know are allowed and dropped. */
export const BackupSchema = v.object({
  exportedAt: v.string(),
  collections: v.record(v.string(), Entries),
  deleted: v.array(v.unknown()),
  photos: v.array(PhotoEntry),
});

/** Yes when this app knows the collection. */
export function isCollection(name: string): name is EntryName {
  return ENTRIES.some((known) => known === name);
}
