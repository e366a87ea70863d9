import { isSame, toHex } from '#crypto/bytes.ts';
import type { RandomBytes } from '#crypto/envelope.ts';
import { patchSyncState } from '#data/syncQueries.ts';
import type { StoredCode, StoredRing, SyncState } from '#data/syncTables.ts';
import { base64url, fromBase64url } from '#lib/id.ts';
import { activeState, DONE, type Engine, type Step, stored } from './engine.ts';
import type { Account, CredentialEntry } from './net.ts';
import { beginEpoch, cancelCode, newestEpoch, openRing, sealRing } from './ring.ts';
import { err, ok } from '#lib/result.ts';
import { MOST_U32 } from '#shared/protocol.ts';

/* Rings on the server: fetched when an epoch is unknown, and all brought up to this phone's own (docs/sync-design.md §8). */

/** What a fresh look at our own ring on the server gave. */
export type RingLook = 'Adopted' | 'Same' | 'Older' | 'TooNew';

/**
 * Fetches our own ring. A ring with a lower version or newest epoch than seen, or one that does not open, is never
 * believed: this phone keeps its keys, and an owner writes its ring again.
 */
export async function refreshRing(engine: Engine): Promise<Step<RingLook>> {
  const active = await activeState(engine);
  if (!active.ok) return active;
  const answer = await engine.net.account(active.value.credential);
  return answer.ok ? adoptRing(engine, active.value, answer.value) : answer;
}

/** Takes over the ring of an answer if it is newer than ours. */
async function adoptRing(
  engine: Engine,
  state: SyncState,
  answer: Pick<Account, 'ring' | 'ringVersion'>,
): Promise<Step<RingLook>> {
  const { ringVersion } = answer;
  const ring = openAnswer(answer, state.credential);
  if (ring === 'TooNew') return ok('TooNew');
  const isOlder =
    ring === null ||
    !isSame(ring.aid, state.ring.aid) ||
    ringVersion < state.ringVersion ||
    newestEpoch(ring)[0] < newestEpoch(state.ring)[0];
  if (isOlder) {
    // Its version does not count as seen: ours is written above whatever the server names.
    const noted = await patchSyncState(engine.db, { ringsDue: state.ring.role === 'owner' });
    return noted.ok ? ok('Older') : stored(noted);
  }
  if (ringVersion === state.ringVersion) return ok('Same');
  const hasNewEpoch = newestEpoch(ring)[0] > newestEpoch(state.ring)[0];
  const adopted = await patchSyncState(engine.db, {
    ring: cancelAgain(ring, state.ring.cancelled ?? [], engine.db.randomBytes),
    ringVersion,
    // Before the first push under a new epoch every ring must have it.
    ringsDue: state.ringsDue || (hasNewEpoch && ring.role === 'owner'),
  });
  return adopted.ok ? ok('Adopted') : stored(adopted);
}

/** What was cancelled here stays cancelled in the ring of another phone: under a new epoch, if that one named it still. */
function cancelAgain(ring: StoredRing, cancelled: readonly string[], randomBytes: RandomBytes): StoredRing {
  const isNamed = ring.codes.some(({ cid }) => cancelled.includes(base64url(cid)));
  const rest = cancelled.reduce(cancelCode, ring);
  return isNamed ? beginEpoch(rest, randomBytes(32)) : rest;
}

/** The ring of an answer, as far as `code` opens it. */
export function openAnswer(
  { ring, ringVersion }: Pick<Account, 'ring' | 'ringVersion'>,
  code: Pick<StoredCode, 'cid' | 'wrap'>,
): StoredRing | 'TooNew' | null {
  const env = fromBase64url(ring);
  return env && openRing(env, code, ringVersion);
}

/** Two phones that write at the same time take turns: so often, then later. */
const TRIES = 6;

/**
 * Writes our ring where the server's is behind, our own first, and deletes codes that are to be cancelled. Looks again
 * after it wrote: a code that another phone made meanwhile must have the newest epoch too, or be cancelled like the rest.
 */
export async function alignRings(engine: Engine): Promise<Step> {
  /** The codes of the last look, when all that it asked for was written. */
  let seen: ReadonlySet<string> | null = null;
  for (let round = 0; round < TRIES; round++) {
    const active = await activeState(engine);
    if (!active.ok) return active;
    const { credential, ring, ringsDue, cancelOthers } = active.value;
    if (ring.role === 'reader' || !(ringsDue || cancelOthers)) return DONE;
    const list = await engine.net.listCredentials(credential);
    if (!list.ok) return list;
    const taken = await takeNewer(engine, active.value, list.value);
    if (!taken.ok) return taken;
    const state = taken.value ?? active.value;
    const hasNews = taken.value !== null || !list.value.every(({ cid }) => seen?.has(cid));
    const aligned = hasNews ? await alignOnce(engine, state, list.value) : ok('Clean' as const);
    if (!aligned.ok) return aligned;
    if (aligned.value === 'Clean') {
      const noted = stored(await patchSyncState(engine.db, { ringsDue: false, cancelOthers: false }));
      return noted.ok ? DONE : noted;
    }
    seen = aligned.value === 'Written' ? new Set(list.value.map(({ cid }) => cid)) : null;
  }
  return err({ type: 'Busy' });
}

/** Takes in what another phone wrote into our own ring since; `null` when there is nothing. */
async function takeNewer(
  engine: Engine,
  state: SyncState,
  list: readonly CredentialEntry[],
): Promise<Step<SyncState | null>> {
  const own = list.find(({ cid }) => cid === base64url(state.credential.cid));
  if (own === undefined || own.ringVersion <= state.ringVersion) return ok(null);
  const look = await adoptRing(engine, state, own);
  if (!look.ok) return look;
  if (look.value === 'Adopted') return activeState(engine);
  return look.value === 'Older' ? addCodes(engine, state, own) : ok(null);
}

/**
 * The other phone wrote without knowing the epoch that this one has begun: its codes come into our ring, but for those that
 * were cancelled here. The server may not list one yet: it is named before it is made.
 */
async function addCodes(
  engine: Engine,
  state: SyncState,
  own: CredentialEntry,
): Promise<Step<SyncState | null>> {
  const theirs = openAnswer(own, state.credential);
  if (theirs === null || theirs === 'TooNew' || !isSame(theirs.aid, state.ring.aid)) return ok(null);
  const known = [...state.ring.codes.map(({ cid }) => base64url(cid)), ...(state.ring.cancelled ?? [])];
  const added = theirs.codes.filter(({ cid }) => !known.includes(base64url(cid)));
  const ring = { ...state.ring, codes: [...state.ring.codes, ...added] };
  const merged = stored(await patchSyncState(engine.db, { ring, ringVersion: own.ringVersion }));
  return merged.ok ? activeState(engine) : merged;
}

/** `Moved` when another phone wrote a ring meanwhile; `Clean` when nothing had to be written. */
async function alignOnce(
  engine: Engine,
  { credential, ring, ringVersion, cancelOthers }: SyncState,
  list: readonly CredentialEntry[],
): Promise<Step<'Clean' | 'Written' | 'Moved'>> {
  let result: 'Clean' | 'Written' = 'Clean';
  const ownCid = base64url(credential.cid);
  const cancelled = ring.cancelled ?? [];
  for (const { cid } of list) {
    if (cid === ownCid || !(cancelOthers || cancelled.includes(cid))) continue;
    const deleted = await engine.net.deleteCredential(credential, cid);
    if (!deleted.ok) return deleted;
    result = 'Written';
  }
  const ours = (code: StoredCode): number => (base64url(code.cid) === ownCid ? 0 : 1);
  for (const code of [...ring.codes].sort((a, b) => ours(a) - ours(b))) {
    const entry = list.find(({ cid }) => cid === base64url(code.cid));
    if (entry === undefined || isAligned(entry, code, ring)) continue;
    const version = Math.max(entry.ringVersion, ours(code) === 0 ? ringVersion : 0) + 1;
    if (version > MOST_U32) return err({ type: 'BadAnswer' });
    const put = await engine.net.putCredential(credential, entry.cid, {
      role: code.role,
      ring: base64url(sealRing(ring, code, version, engine.db.randomBytes)),
      ringVersion: version,
    });
    if (!put.ok && put.error.type === 'AlreadyExists') return ok('Moved');
    if (!put.ok) return put;
    if (ours(code) === 0) {
      const noted = stored(await patchSyncState(engine.db, { ringVersion: version }));
      if (!noted.ok) return noted;
    }
    result = 'Written';
  }
  return ok(result);
}

/** Whether the ring on the server says the same as ours. */
function isAligned(entry: CredentialEntry, code: StoredCode, ring: StoredRing): boolean {
  const there = openAnswer(entry, code);
  // A newer app's ring is left alone.
  if (there === 'TooNew') return true;
  if (there === null) return false;
  const codes = code.role === 'owner' ? ring.codes : [];
  return textOf({ ...there }) === textOf({ ...ring, role: code.role, codes });
}

function textOf({ aid, acc, epochs, role, codes }: StoredRing): string {
  return JSON.stringify([
    toHex(aid),
    toHex(acc),
    epochs.map(([epoch, key]) => [epoch, toHex(key)]),
    role,
    codes.map((code) => [toHex(code.cid), toHex(code.wrap), code.role, code.label]),
  ]);
}
