import { endCopy } from '#data/replica.ts';
import { toStorageError } from '#data/storageError.ts';
import { inOneTransaction } from '#data/records.ts';
import {
  addNews,
  lastingProblem,
  patchInTransaction,
  patchSyncState,
  readSyncState,
  syncOverview,
} from '#data/syncQueries.ts';
import type { SyncProblem } from '#data/syncState.ts';
import type { SyncState } from '#data/syncTables.ts';
import { base64url } from '#lib/id.ts';
import { authHash } from '#crypto/keys.ts';
import {
  activeState,
  DONE,
  ENDED,
  endedElsewhere,
  type Engine,
  type Failure,
  problemOf,
  type Step,
  stored,
} from './engine.ts';
import { movePhotos } from './photos.ts';
import { pullAll, retryHeld } from './pull.ts';
import { pushAll } from './push.ts';
import { sealRing } from './ring.ts';
import { alignRings } from './rings.ts';
import { err } from '#lib/result.ts';
import { isWithinDay } from '#lib/day.ts';

/* One run of the opt-in copy from beginning to end (docs/sync-design.md §6). */

/** A phone that always finds another one ahead gives up for now. */
const ROUNDS = 6;
const CLOCK_TOLERANCE = 2 * 60 * 1000;

/** How a run ended. `Failed`: `wait` is what the server asked for, ms. */
export type RunEnd =
  | { readonly type: 'Done' }
  | { readonly type: 'Ended' }
  | { readonly type: 'Failed'; readonly problem: SyncProblem; readonly wait: number | null };

/**
 * Brings the phone and the server together once. Whatever fails, nothing is half and the next run goes on from there.
 * Only one run at a time on a phone: the caller holds the lock. `byHand`: the worker asked, so a code that the server
 * does not know is tried although it was tried today.
 */
export async function syncOnce(engine: Engine, byHand: boolean): Promise<RunEnd> {
  try {
    return await run(engine, byHand);
  } catch (error) {
    // Another tab upgrades the database, or iOS closed it: unlike writing, reading throws. Anything else is thrown on.
    return { type: 'Failed', problem: { type: 'Storage', error: toStorageError(error) }, wait: null };
  }
}

async function run(engine: Engine, byHand: boolean): Promise<RunEnd> {
  const state = await readSyncState(engine.db);
  if (state === null) return { type: 'Ended' };
  if (!byHand && isWithinDay(engine.db.now(), state.refusedAt)) {
    return { type: 'Failed', problem: { type: 'NotAuthorised' }, wait: null };
  }
  engine.db.clockOffset = state.clockOffset;
  const step = state.phase === 'withdrawing' ? await withdraw(engine, state) : await save(engine, state);
  await noteClock(engine, state);
  return finish(engine, step);
}

async function save(engine: Engine, state: SyncState): Promise<Step> {
  if (state.phase === 'starting') {
    const created = await create(engine, state);
    if (!created.ok) return created;
  }
  const retried = await retryHeld(engine);
  if (!retried.ok) return retried;
  let movedFrom: number | null = null;
  for (let round = 0; round < ROUNDS; round++) {
    // Before a pull: two phones may have begun the same epoch, each with a key of its own.
    const rings = await alignRings(engine);
    if (!rings.ok) return rings;
    const pulled = await pullAll(engine);
    if (!pulled.ok) return pulled;
    engine.onPulled?.();
    // The server says that its head moved, and shows nothing new: asking again and again would only cost data.
    const here = await activeState(engine);
    if (!here.ok) return here;
    if (here.value.cursor === movedFrom) break;
    const aligned = await alignRings(engine);
    if (!aligned.ok) return aligned;
    const pushed = await pushAll(engine);
    // What the server does not take must not keep photos from coming.
    if (pushed.ok || pushed.error.type === 'QuotaExceeded' || pushed.error.type === 'NotAllowed') {
      const moved = await movePhotos(engine);
      return moved.ok ? pushed : moved;
    }
    if (pushed.error.type !== 'HeadMoved') return pushed;
    const refused = await activeState(engine);
    if (!refused.ok) return refused;
    movedFrom = refused.value.cursor;
  }
  return err({ type: 'HeadMoved' });
}

/** Makes the copy on the server. The same request again, after an answer got lost, does no harm. */
async function create(engine: Engine, state: SyncState): Promise<Step> {
  const { credential, ring, ringVersion, enrol } = state;
  const own = { cid: credential.cid, wrap: credential.wrap, role: 'owner' } as const;
  const answer = await engine.net.createAccount({
    aid: base64url(ring.aid),
    cid: base64url(credential.cid),
    authHash: base64url(authHash(credential.token)),
    ring: base64url(sealRing(ring, own, ringVersion, engine.db.randomBytes)),
    ...(enrol === null ? {} : { enrol }),
  });
  if (!answer.ok) return answer;
  const noted = stored(
    await inOneTransaction(engine.db, async () => {
      // Stopped meanwhile: it stays so.
      const isStarting = (await readSyncState(engine.db))?.phase === 'starting';
      if (isStarting) await patchInTransaction(engine.db, { phase: 'on', enrol: null });
    }),
  );
  return noted.ok ? DONE : noted;
}

/** Deletes the copy and proves it: only a server that answers "gone" to a look has deleted it. */
async function withdraw(engine: Engine, { credential, consent, cursor, pass }: SyncState): Promise<Step> {
  // A code that the server never knew has no copy there. One that it knows no more may have been replaced by another.
  const neverSaved = consent !== null && cursor === 0 && pass === 1;
  const isGone = ({ type }: Failure) => type === 'Gone' || (type === 'NotAuthorised' && neverSaved);
  const deleted = await engine.net.deleteAccount(credential);
  if (!deleted.ok && !isGone(deleted.error)) return deleted;
  const look = await engine.net.account(credential);
  if (look.ok) return err({ type: 'Busy' });
  if (!isGone(look.error)) return look;
  const ended = stored(await endCopy(engine.db, 'Deleted'));
  return ended.ok ? ENDED : ended;
}

/** The phone's clock orders values that two phones entered, and a wrong one is corrected by the server's. */
async function noteClock(engine: Engine, { clockOffset }: SyncState): Promise<void> {
  const difference = engine.net.clockDifference();
  // No answer came: what an earlier run found still holds.
  if (difference === null) return;
  const offset = Math.abs(difference) > CLOCK_TOLERANCE ? difference : 0;
  engine.db.clockOffset = offset;
  if (offset !== clockOffset) {
    // Only orders values; the next run writes it again.
    await patchSyncState(engine.db, { clockOffset: offset });
  }
}

async function finish(engine: Engine, step: Step): Promise<RunEnd> {
  if (!step.ok && step.error.type === 'Gone') {
    const ended = await endedElsewhere(engine);
    return ended.ok || ended.error.type === 'Ended' ? { type: 'Ended' } : failed(engine, ended.error);
  }
  if (!step.ok) return failed(engine, step.error);
  const state = await activeState(engine);
  if (!state.ok) return { type: 'Ended' };
  const { entriesLeft, choiceLeft } = await syncOverview(engine.db);
  const problem = await lastingProblem(engine.db);
  const savedAt = entriesLeft === 0 && !choiceLeft ? engine.db.now() : state.value.savedAt;
  const noted = stored(await patchSyncState(engine.db, { problem, savedAt, refusedAt: null }));
  return noted.ok ? { type: 'Done' } : failed(engine, noted.error);
}

/** After these nobody knows whether the server knows the code: one that it refused stays refused. */
const SAYS_NOTHING: ReadonlySet<Failure['type']> = new Set([
  'Offline',
  'BadAnswer',
  'Busy',
  'TooManyRequests',
  'Storage',
]);

async function failed(engine: Engine, failure: Failure): Promise<RunEnd> {
  const state = await readSyncState(engine.db);
  if (failure.type === 'Ended' || state === null) return { type: 'Ended' };
  const isNew = state.phase === 'starting' && failure.type === 'NotAllowed';
  const problem: SyncProblem | null = isNew ? { type: 'EnrolNeeded' } : problemOf(failure);
  if (problem === null) return { type: 'Ended' };
  const isRefused = problem.type === 'NotAuthorised';
  const refusedAt = isRefused ? engine.db.now() : SAYS_NOTHING.has(failure.type) ? state.refusedAt : null;
  const isSentAway = state.ring.role === 'reader' && isRefused && state.refusedAt === null;
  // When even this cannot be written, the next run says it again.
  await inOneTransaction(engine.db, async () => {
    await patchInTransaction(engine.db, {
      problem: refusedAt === null ? problem : { type: 'NotAuthorised' },
      refusedAt,
    });
    if (isSentAway) await addNews(engine.db, 'TakenAway');
  });
  return { type: 'Failed', problem, wait: 'retryAfter' in failure ? (failure.retryAfter ?? null) : null };
}
