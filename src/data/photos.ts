import { randomId } from '#lib/id.ts';
import type { CollectionName, Database, Photo } from './database.ts';
import { inOneTransaction } from './records.ts';
import type { FieldValue } from './recordState.ts';
import type { Result } from '#lib/result.ts';
import type { StorageError } from './storageError.ts';
import { MS_PER_DAY } from '#lib/day.ts';

/** A photo that is not kept yet. */
export type PhotoDraft = Omit<Photo, 'id'>;

/** Long enough that no undo is still on a screen, also over a reload. */

/** One photo with its bytes, `null` when it is not on this phone. */
export async function getPhoto(db: Database, id: string): Promise<Photo | null> {
  return (await db.photos.get(id)) ?? null;
}

/** How many bytes all photos take, without reading them. */
export async function photoBytes(db: Database): Promise<number> {
  const infos = await db.photoInfo.toArray();
  return infos.reduce((sum, info) => sum + info.size, 0);
}

/** Keeps a new photo and gives its id. Only inside `inOneTransaction`, with the record that names it. */
export async function addPhotoInTransaction(db: Database, draft: PhotoDraft): Promise<string> {
  const id = randomId(db.randomBytes);
  await putPhotoInTransaction(db, { ...draft, id });
  return id;
}

/** Keeps a photo under its own id. Only inside `inOneTransaction`. */
export async function putPhotoInTransaction(db: Database, photo: Photo): Promise<void> {
  // A view would be stored with the whole buffer behind it: the whole file, when it comes from a copy.
  const bytes = photo.bytes.slice();
  await db.photos.put({ ...photo, bytes });
  await db.photoInfo.put({ id: photo.id, size: bytes.byteLength, unused: null });
}

/**
 * Deletes photos that no record has named for 24 hours, and gives their number. Call it at start. A photo is
 * first marked and only deleted by a later start of the app, so one wrong clock deletes nothing.
 */
export function purgeUnusedPhotos(db: Database): Promise<Result<number, StorageError>> {
  return inOneTransaction(db, async () => {
    const used = await namedValues(db);
    const now = db.now();
    let purged = 0;
    for (const info of await db.photoInfo.toArray()) {
      if (used.has(info.id)) {
        if (info.unused !== null) {
          await db.photoInfo.put({ ...info, unused: null });
        }
      } else if (info.unused === null || info.unused.since > now) {
        await db.photoInfo.put({ ...info, unused: { since: now, seenBy: db.me } });
      } else if (info.unused.seenBy !== db.me && now - info.unused.since >= MS_PER_DAY) {
        await db.photos.delete(info.id);
        await db.photoInfo.delete(info.id);
        purged += 1;
      }
    }
    return purged;
  });
}

/** Whose records name a photo, in their field `photoId`. */
export const PHOTO_COLLECTIONS = ['pages', 'receipts'] as const;

/**
 * Every value of every record, whatever the field: also fields of a newer app and values that stand beside the
 * shown one keep their photo.
 */
export async function namedValues(
  db: Database,
  wants: (collection: CollectionName) => boolean = () => true,
): Promise<ReadonlySet<FieldValue>> {
  const values = new Set<FieldValue>();
  await db.recordState.each((state) => {
    if (!wants(state.collection)) return;
    for (const cells of Object.values(state.f)) {
      for (const cell of cells) {
        values.add(cell.v);
      }
    }
  });
  return values;
}
