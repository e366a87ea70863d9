import type { Result } from '#lib/result.ts';
import { isChosen, readChoice } from './choice.ts';
import type { Database, Photo } from './database.ts';
import { namedValues, PHOTO_COLLECTIONS, putPhotoInTransaction } from './photos.ts';
import { inOneTransaction } from './records.ts';
import type { StorageError } from './storageError.ts';
import { readSyncState } from './syncQueries.ts';
import type { BlobState, Times } from './syncTables.ts';
import { MS_PER_DAY } from '#lib/day.ts';

/* Photos of the opt-in copy (`docs/sync-design.md` §6): which go up, which come down, which the server can drop. */

/** 16 bytes as base64url: what a photo that this app made is called. */
const PHOTO_ID = /^[A-Za-z0-9_-]{21}[AQgw]$/;

/** What is known of a photo that nothing is known of. */
export function emptyBlobState(bid: string): BlobState {
  return { bid, onServer: false, part: null, unusedSince: null };
}

/** Once more now, then after 1, 2, 4, 8 … days: photos are most of what a data plan carries. */
function isTooSoon(db: Database, times: Times | undefined): boolean {
  return (
    times !== undefined && Math.abs(db.now() - times.at) < MS_PER_DAY * 2 ** Math.min(times.count - 1, 10)
  );
}

/** One more time, at this moment. */
export function onceMore(db: Database, times: Times | undefined): Times {
  return { count: (times?.count ?? 0) + 1, at: db.now() };
}

/** Photos that chosen entries name and that are here but not on the server, each with its size in bytes. */
export async function photosToSend(db: Database): Promise<readonly { id: string; size: number }[]> {
  const choice = await readChoice(db);
  if (!choice.photos) return [];
  const states = await blobStates(db);
  const named = await namedPhotos(db, (collection) => isChosen(choice, collection));
  return (await db.photoInfo.toArray()).filter(({ id }) => {
    const known = states.get(id);
    return named.has(id) && known?.onServer !== true && !isTooSoon(db, known?.sent);
  });
}

/** Photos that entries name and that are not here, of the newest entries first. */
export async function photosToFetch(db: Database, isReader: boolean): Promise<readonly string[]> {
  if (!isReader && !(await readChoice(db)).photos) return [];
  const here = new Set(await db.photos.toCollection().primaryKeys());
  const states = await blobStates(db);
  const named = await namedPhotos(db, () => true);
  return [...named]
    .filter(([id]) => !here.has(id) && !isTooSoon(db, states.get(id)?.spoilt))
    .sort(([, a], [, b]) => b - a)
    .map(([id]) => id);
}

/** Every photo that a record names in any of its values, with the time of the latest write that names it. */
async function namedPhotos(
  db: Database,
  wants: (collection: (typeof PHOTO_COLLECTIONS)[number]) => boolean,
): Promise<ReadonlyMap<string, number>> {
  const named = new Map<string, number>();
  for (const collection of PHOTO_COLLECTIONS) {
    if (!wants(collection)) continue;
    const states = db.recordState.where('[collection+id]').between([collection, ''], [collection, '\uffff']);
    await states.each(({ f }) => {
      for (const { v, t } of f['photoId'] ?? []) {
        if (typeof v === 'string' && PHOTO_ID.test(v)) named.set(v, Math.max(t, named.get(v) ?? 0));
      }
    });
  }
  return named;
}

async function blobStates(db: Database): Promise<ReadonlyMap<string, BlobState>> {
  return new Map((await db.blobState.toArray()).map((state) => [state.bid, state]));
}

/** What is known of one photo on the server. */
export async function blobState(db: Database, bid: string): Promise<BlobState> {
  return (await db.blobState.get(bid)) ?? emptyBlobState(bid);
}

/** Nothing, when the copy was stopped or everything erased while a photo was on its way. */
function whileSaving(db: Database, work: () => Promise<void>): Promise<Result<void, StorageError>> {
  return inOneTransaction(db, async () => {
    if ((await readSyncState(db)) !== null) await work();
  });
}

/** Notes something about a photo on the server. */
export function patchBlob(
  db: Database,
  bid: string,
  patch: Partial<BlobState>,
): Promise<Result<void, StorageError>> {
  return whileSaving(db, async () => {
    await db.blobState.put({ ...(await blobState(db, bid)), ...patch });
  });
}

/** What the server has, as it says: photos that are no longer there are sent again. */
export function noteBlobs(db: Database, bids: readonly string[]): Promise<Result<void, StorageError>> {
  return whileSaving(db, async () => {
    const there = new Set(bids);
    const known = await blobStates(db);
    for (const state of known.values()) {
      if (state.onServer !== there.has(state.bid)) {
        await db.blobState.put({ ...state, onServer: there.has(state.bid) });
      }
    }
    for (const bid of bids) {
      if (!known.has(bid)) await db.blobState.put({ ...emptyBlobState(bid), onServer: true });
    }
  });
}

/** Keeps a photo that came whole. */
export function keepFetchedPhoto(db: Database, photo: Photo): Promise<Result<void, StorageError>> {
  return whileSaving(db, async () => {
    await putPhotoInTransaction(db, photo);
    await db.blobState.put({ ...(await blobState(db, photo.id)), onServer: true, part: null });
  });
}

/**
 * Photos on the server that no record has named for `age` ms, by this phone's own count: a photo is first marked, and
 * given here only at a later call. What is no longer chosen counts as not named. Empty while `held` has something: a newer app's record may name them.
 */
export function findUnusedBlobs(db: Database, age: number): Promise<Result<string[], StorageError>> {
  return inOneTransaction(db, async () => {
    if ((await db.held.count()) > 0) return [];
    const choice = await readChoice(db);
    const named = choice.photos ? await namedValues(db, (name) => isChosen(choice, name)) : new Set();
    const now = db.now();
    const unused: string[] = [];
    for (const state of await db.blobState.toArray()) {
      if (!state.onServer) continue;
      if (named.has(state.bid)) {
        if (state.unusedSince !== null) await db.blobState.put({ ...state, unusedSince: null });
      } else if (state.unusedSince === null || state.unusedSince > now) {
        await db.blobState.put({ ...state, unusedSince: now });
      } else if (now - state.unusedSince >= age) {
        unused.push(state.bid);
      }
    }
    return unused;
  });
}
