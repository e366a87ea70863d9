import { toHex } from '#crypto/bytes.ts';
import { patchSyncState } from '#data/syncQueries.ts';
import type { StoredCode, StoredRing, SyncState } from '#data/syncTables.ts';
import { base64url, fromBase64url } from '#lib/id.ts';
import { activeState, DONE, type Engine, type Step, stored } from './engine.ts';
import type { Account, CredentialEntry } from './net.ts';
import { newestEpoch, openRing, sealRing } from './ring.ts';
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
export async function adoptRing(
  engine: Engine,
  state: SyncState,
  { ring: text, ringVersion }: Pick<Account, 'ring' | 'ringVersion'>,
): Promise<Step<RingLook>> {
  const env = fromBase64url(text);
  const ring = env && openRing(env, state.credential, ringVersion);
  if (ring === 'TooNew') return ok('TooNew');
  const isOlder =
    ring === null ||
    toHex(ring.aid) !== toHex(state.ring.aid) ||
    ringVersion < state.ringVersion ||
    newestEpoch(ring)[0] < newestEpoch(state.ring)[0];
  if (isOlder) {
    // A version counts as seen only with a ring that opens: else a server could lift it beyond all that come later.
    const highest = ring === null ? state.ringVersion : Math.max(state.ringVersion, ringVersion);
    const noted = await patchSyncState(engine.db, {
      ringVersion: highest,
      ringsDue: state.ring.role === 'owner',
    });
    return noted.ok ? ok('Older') : stored(noted);
  }
  if (ringVersion === state.ringVersion) return ok('Same');
  const hasNewEpoch = newestEpoch(ring)[0] > newestEpoch(state.ring)[0];
  const adopted = await patchSyncState(engine.db, {
    ring,
    ringVersion,
    // Before the first push under a new epoch every ring must have it.
    ringsDue: state.ringsDue || (hasNewEpoch && ring.role === 'owner'),
  });
  return adopted.ok ? ok('Adopted') : stored(adopted);
}

const TRIES = 4;

/** Writes our ring where the server's is behind, our own first; then deletes codes that are to be cancelled. */
export async function alignRings(engine: Engine): Promise<Step> {
  for (let round = 0; round < TRIES; round++) {
    const active = await activeState(engine);
    if (!active.ok) return active;
    const state = active.value;
    if (state.ring.role === 'reader' || !(state.ringsDue || state.cancelOthers)) return DONE;
    const list = await engine.net.listCredentials(state.credential);
    if (!list.ok) return list;
    const own = list.value.find(({ cid }) => cid === base64url(state.credential.cid));
    if (own && own.ringVersion > state.ringVersion) {
      const look = await adoptRing(engine, state, own);
      if (!look.ok) return look;
      if (look.value === 'Adopted') continue;
    }
    const aligned = await alignOnce(engine, state, list.value);
    if (!aligned.ok) return aligned;
    if (!aligned.value) continue;
    const noted = stored(await patchSyncState(engine.db, { ringsDue: false, cancelOthers: false }));
    return noted.ok ? DONE : noted;
  }
  return err({ type: 'Busy' });
}

/** `false` when another phone wrote a ring meanwhile: look again. */
async function alignOnce(
  engine: Engine,
  state: SyncState,
  list: readonly CredentialEntry[],
): Promise<Step<boolean>> {
  const { credential, ring } = state;
  if (state.cancelOthers) {
    for (const { cid } of list.filter((entry) => entry.cid !== base64url(credential.cid))) {
      const deleted = await engine.net.deleteCredential(credential, cid);
      if (!deleted.ok) return deleted;
    }
  }
  const ours = (code: StoredCode): number => (base64url(code.cid) === base64url(credential.cid) ? 0 : 1);
  for (const code of [...ring.codes].sort((a, b) => ours(a) - ours(b))) {
    const entry = list.find(({ cid }) => cid === base64url(code.cid));
    if (entry === undefined || isAligned(entry, code, ring)) continue;
    const version = Math.max(entry.ringVersion, ours(code) === 0 ? state.ringVersion : 0) + 1;
    if (version > MOST_U32) return err({ type: 'BadAnswer' });
    const put = await engine.net.putCredential(credential, entry.cid, {
      role: code.role,
      ring: base64url(sealRing(ring, code, version, engine.db.randomBytes)),
      ringVersion: version,
    });
    if (!put.ok && put.error.type === 'AlreadyExists') return ok(false);
    if (!put.ok) return put;
    if (ours(code) === 0) {
      const noted = stored(await patchSyncState(engine.db, { ringVersion: version }));
      if (!noted.ok) return noted;
    }
  }
  return ok(true);
}

/** Whether the ring on the server says the same as ours. */
function isAligned(entry: CredentialEntry, code: StoredCode, ring: StoredRing): boolean {
  const env = fromBase64url(entry.ring);
  const there = env && openRing(env, code, entry.ringVersion);
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
