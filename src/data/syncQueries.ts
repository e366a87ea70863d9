import type { Result } from '#lib/result.ts';
import { isChosen, NOTHING_CHOSEN, readChoice } from './choice.ts';
import { type CollectionName, type Database, ENTRIES } from './database.ts';
import { PHOTO_COLLECTIONS } from './photos.ts';
import { inOneTransaction } from './records.ts';
import type { StorageError } from './storageError.ts';
import {
  type Choice,
  GROUP_OF,
  type Group,
  GROUPS,
  type SyncNews,
  type SyncOverview,
  type SyncProblem,
} from './syncState.ts';
import type { SyncState } from './syncTables.ts';
import { isWithinDay } from '#lib/day.ts';

/** The row about the opt-in copy; `null` when the phone has none. */
export async function readSyncState(db: Database): Promise<SyncState | null> {
  const row = await db.syncState.get('sync');
  return row?.id === 'sync' ? row : null;
}

/** Changes parts of the row. Does nothing when there is none any more. Only inside `inOneTransaction`. */
export async function patchInTransaction(db: Database, patch: Partial<SyncState>): Promise<void> {
  const state = await readSyncState(db);
  if (state !== null) {
    await db.syncState.put({ ...state, ...patch });
  }
}

/** `patchInTransaction` in a transaction of its own. */
export function patchSyncState(db: Database, patch: Partial<SyncState>): Promise<Result<void, StorageError>> {
  return inOneTransaction(db, () => patchInTransaction(db, patch));
}

/** Something to tell the worker once. Only inside `inOneTransaction`. */
export async function addNews(db: Database, news: SyncNews): Promise<void> {
  const known = await readNews(db);
  await db.syncState.put({ id: 'news', news: [...known.filter((other) => other !== news), news] });
}

/** The worker has seen it. */
export function dismissNews(db: Database, news: string): Promise<Result<void, StorageError>> {
  return inOneTransaction(db, async () => {
    const known = await readNews(db);
    await db.syncState.put({ id: 'news', news: known.filter((other) => other !== news) });
  });
}

async function readNews(db: Database): Promise<readonly SyncNews[]> {
  const row = await db.syncState.get('news');
  return row?.id === 'news' ? row.news : [];
}

/** How saving goes, for the screens. Cheap enough to follow live. */
export async function syncOverview(db: Database): Promise<SyncOverview> {
  const state = await readSyncState(db);
  const news = await readNews(db);
  if (state === null) {
    return {
      phase: 'off',
      role: null,
      savedAt: null,
      entriesLeft: 0,
      choiceLeft: false,
      photosLeft: 0,
      photosToCome: 0,
      problem: null,
      news,
      code: null,
      remindAt: null,
      choice: NOTHING_CHOSEN,
      wifiOnly: true,
      mayFetchPhotos: false,
      consent: null,
    };
  }
  const choice = await readChoice(db);
  const isReader = state.ring.role === 'reader';
  const photos = await countPhotos(db, choice);
  const unsent = await countUnsent(db, choice);
  return {
    phase: state.phase,
    role: state.ring.role,
    savedAt: state.savedAt,
    entriesLeft: isReader ? 0 : unsent.entries,
    choiceLeft: !isReader && unsent.choice,
    photosLeft: isReader || !choice.photos ? 0 : photos.left,
    photosToCome: isReader || choice.photos ? photos.toCome : 0,
    problem: state.problem,
    news,
    code: state.code,
    remindAt: state.remindAt,
    choice,
    wifiOnly: state.wifiOnly,
    mayFetchPhotos: !state.wifiOnly || state.fetchAgreed,
    consent: state.consent,
  };
}

/** What stands although a run went well: a full server, entries set aside, or entries of a newer app. */
export async function lastingProblem(db: Database): Promise<SyncProblem | null> {
  const state = await readSyncState(db);
  const { entriesLeft, photosLeft, choice } = await syncOverview(db);
  for (const [full, left] of [
    [state?.full, entriesLeft],
    [state?.photosFull, photosLeft],
  ] as const) {
    if (full && left > 0 && isWithinDay(db.now(), full.at)) return { type: 'Full', which: full.which };
  }
  // A photo that no entry names any more is nobody's problem.
  const photos = new Set(await shownPhotos(db, (collection) => isChosen(choice, collection)));
  const refused =
    (await db.unsent.filter((row) => row.refused === true).count()) +
    (await db.blobState.filter((row) => row.refused === true && photos.has(row.bid)).count());
  if (refused > 0) return { type: 'Refused', count: refused };
  const newer = await db.held.filter(({ reason }) => reason === 'NotUnderstood').count();
  return newer > 0 ? { type: 'AppTooOld' } : null;
}

/** How much there is to choose from: entries of each group, and the photos with their size in bytes. */
export interface ChoiceSizes extends Readonly<Record<Group, number>> {
  readonly photos: number;
  readonly photoBytes: number;
}

/** For the consent screen. */
export async function choiceSizes(db: Database): Promise<ChoiceSizes> {
  const counts = Object.fromEntries(GROUPS.map((group) => [group, 0])) as Record<Group, number>;
  for (const collection of ENTRIES) {
    counts[GROUP_OF[collection]] += await db[collection].count();
  }
  const infos = await db.photoInfo.toArray();
  return { ...counts, photos: infos.length, photoBytes: infos.reduce((sum, { size }) => sum + size, 0) };
}

async function countUnsent(db: Database, choice: Choice): Promise<{ entries: number; choice: boolean }> {
  const names = await db.unsent.toCollection().primaryKeys();
  return {
    entries: names.filter(([collection]) => collection !== 'choice' && isChosen(choice, collection)).length,
    choice: names.some(([collection]) => collection === 'choice'),
  };
}

/** Photos that records name: those of chosen ones that are not on the server yet, and those not on this phone yet. */
async function countPhotos(db: Database, choice: Choice): Promise<{ left: number; toCome: number }> {
  const here = new Set(await db.photos.toCollection().primaryKeys());
  const states = new Map((await db.blobState.toArray()).map((blob) => [blob.bid, blob]));
  const isLeft = (id: string): boolean =>
    here.has(id) && states.get(id)?.onServer !== true && states.get(id)?.refused !== true;
  const toCome = (await shownPhotos(db, () => true)).filter((id) => !here.has(id));
  const chosen = await shownPhotos(db, (collection) => isChosen(choice, collection));
  return { left: chosen.filter(isLeft).length, toCome: toCome.length };
}

/** The photos on the screens of these collections, each once. */
async function shownPhotos(db: Database, wants: (collection: CollectionName) => boolean): Promise<string[]> {
  const ids = new Set<string>();
  for (const collection of PHOTO_COLLECTIONS) {
    if (!wants(collection)) continue;
    for (const id of await db[collection].orderBy('photoId').uniqueKeys())
      if (typeof id === 'string') ids.add(id);
  }
  return [...ids];
}
