import {
  findUnusedBlobs,
  keepFetchedPhoto,
  noteBlobs,
  onceMore,
  patchBlob,
  photosToFetch,
  photosToSend,
  blobState,
} from '#data/blobs.ts';
import { getPhoto } from '#data/photos.ts';
import { patchSyncState } from '#data/syncQueries.ts';
import type { SyncState } from '#data/syncTables.ts';
import { concat } from '#crypto/bytes.ts';
import { LIMITS } from '#shared/protocol.ts';
import { activeState, DONE, type Engine, type Step, stored } from './engine.ts';
import { keysOf, openPhoto, sealPhoto } from './sealing.ts';
import { isWithinDay, MS_PER_DAY } from '#lib/day.ts';

/* Photos, after the entries that name them (docs/sync-design.md §6). */

const UNUSED_FOR = 7 * MS_PER_DAY;

/** Sends and fetches photos, and drops from the server what no entry has named for a week. */
export async function movePhotos(engine: Engine): Promise<Step> {
  const active = await activeState(engine);
  if (!active.ok) return active;
  const state = active.value;
  const isReader = state.ring.role === 'reader';
  const maySend = engine.mayMovePhotos(state);
  const mayFetch = maySend || state.fetchAgreed;
  const toSend = maySend && !isReader ? await photosToSend(engine.db) : [];
  const toFetch = mayFetch ? await photosToFetch(engine.db, isReader) : [];
  if (toFetch.length === 0) {
    const agreed = await endAgreement(engine, state);
    if (!agreed.ok) return agreed;
  }
  const mayMove = toSend.length + toFetch.length > 0;
  const isCheckDue = !isReader && !isWithinDay(engine.db.now(), state.blobsCheckedAt);
  if (!mayMove && !isCheckDue) return DONE;

  const list = await engine.net.listBlobs(state.credential);
  if (!list.ok) return list;
  const there = list.value.map(({ bid }) => bid);
  const noted = stored(await noteBlobs(engine.db, there));
  if (!noted.ok) return noted;
  if (isCheckDue) {
    const dropped = await dropUnused(engine);
    if (!dropped.ok) return dropped;
  }
  const sent = maySend ? await sendPhotos(engine) : DONE;
  // A full server takes no photo; others can still come down.
  if (!sent.ok && sent.error.type !== 'QuotaExceeded') return sent;
  const fetched = await fetchPhotos(
    engine,
    toFetch.filter((id) => there.includes(id)),
  );
  if (!fetched.ok) return fetched;
  const left = await photosToFetch(engine.db, isReader);
  const agreed = left.some((id) => there.includes(id)) ? DONE : await endAgreement(engine, state);
  return agreed.ok ? sent : agreed;
}

/** What the worker agreed to fetch on any network is here; whatever comes later asks for Wi-Fi again. */
async function endAgreement(engine: Engine, { fetchAgreed }: SyncState): Promise<Step> {
  const noted = fetchAgreed ? stored(await patchSyncState(engine.db, { fetchAgreed: false })) : DONE;
  return noted.ok ? DONE : noted;
}

async function sendPhotos(engine: Engine): Promise<Step> {
  // Read again: the list of the server may have changed what is known.
  for (const { id } of await photosToSend(engine.db)) {
    if (await engine.isAwaited()) return DONE;
    const active = await activeState(engine);
    if (!active.ok) return active;
    const { photosFull, ring, credential } = active.value;
    if (isWithinDay(engine.db.now(), photosFull?.at ?? null)) return DONE;
    const photo = await getPhoto(engine.db, id);
    const env = photo && sealPhoto(keysOf(ring), photo, engine.db.randomBytes);
    if (photo === null) continue;
    const answer = env && env.length <= LIMITS.blob ? await engine.net.putBlob(credential, id, env) : null;
    const isRefused =
      answer === null || (!answer.ok && ['TooLarge', 'Malformed', 'BadRequest'].includes(answer.error.type));
    const sent = onceMore(engine.db, (await blobState(engine.db, id)).sent);
    if (isRefused) {
      const aside = stored(await patchBlob(engine.db, id, { refused: true, sent }));
      if (!aside.ok) return aside;
    } else if (answer.ok || answer.error.type === 'AlreadyExists') {
      const there = { onServer: true, unusedSince: null, refused: false, sent };
      const kept = stored(await patchBlob(engine.db, id, there));
      if (!kept.ok) return kept;
    } else {
      if (answer.error.type === 'QuotaExceeded') {
        const which = answer.error.which ?? 'blobBytes';
        const noted = stored(await patchSyncState(engine.db, { photosFull: { which, at: engine.db.now() } }));
        if (!noted.ok) return noted;
      }
      return answer;
    }
    await engine.pause();
  }
  return DONE;
}

async function fetchPhotos(engine: Engine, ids: readonly string[]): Promise<Step> {
  for (const id of ids) {
    if (await engine.isAwaited()) return DONE;
    const active = await activeState(engine);
    if (!active.ok) return active;
    const { part } = await blobState(engine.db, id);
    let come = part ?? new Uint8Array(0);
    const answer = await engine.net.getBlob(active.value.credential, id, part, (bytes) => {
      come = concat(come, bytes);
    });
    if (!answer.ok) {
      // What came is kept: prepaid data is not spent twice.
      const rest = answer.error.type === 'Offline' && come.length > 0 ? come : null;
      const noted = stored(await patchBlob(engine.db, id, { part: rest }));
      if (!noted.ok) return noted;
      if (answer.error.type === 'NotFound') continue;
      return answer;
    }
    const photo = openPhoto(keysOf(active.value.ring), id, answer.value);
    const spoilt = onceMore(engine.db, (await blobState(engine.db, id)).spoilt);
    const kept = stored(
      photo
        ? await keepFetchedPhoto(engine.db, photo)
        : await patchBlob(engine.db, id, { part: null, spoilt }),
    );
    if (!kept.ok) return kept;
    await engine.pause();
  }
  return DONE;
}

/** Only after the manifest was right: what no record names may be named by one that has not come yet. */
async function dropUnused(engine: Engine): Promise<Step> {
  const active = await activeState(engine);
  if (!active.ok) return active;
  if (active.value.wrong === null) {
    const unused = stored(await findUnusedBlobs(engine.db, UNUSED_FOR));
    if (!unused.ok) return unused;
    if (unused.value.length > 0 && active.value.photosFull !== null) {
      const room = stored(await patchSyncState(engine.db, { photosFull: null }));
      if (!room.ok) return room;
    }
    for (const bid of unused.value) {
      const deleted = await engine.net.deleteBlob(active.value.credential, bid);
      if (!deleted.ok) return deleted;
      const noted = stored(await patchBlob(engine.db, bid, { onServer: false, unusedSince: null }));
      if (!noted.ok) return noted;
    }
  }
  const checked = stored(await patchSyncState(engine.db, { blobsCheckedAt: engine.db.now() }));
  return checked.ok ? DONE : checked;
}
