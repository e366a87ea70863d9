import { authHash } from '#crypto/keys.ts';
import { patchSyncState } from '#data/syncQueries.ts';
import type { StoredCode, StoredRing, SyncState } from '#data/syncTables.ts';
import { base64url } from '#lib/id.ts';
import { err, ok, type Result } from '#lib/result.ts';
import { toHex } from '#crypto/bytes.ts';
import { LIMITS } from '#shared/protocol.ts';
import type { OtherCode, SyncError } from './client.ts';
import { activeState, type Engine, type Failure, problemOf } from './engine.ts';
import { codeEntry, drawCode, REMIND_AFTER } from './newCopy.ts';
import { newestEpoch, sealRing } from './ring.ts';
import { alignRings } from './rings.ts';

/* The other codes of a copy: the family's, and a new one for the worker (docs/sync-design.md §8). */

function failed(failure: Failure): Result<never, SyncError> {
  if (failure.type === 'AlreadyExists') return err({ type: 'TooManyCodes' });
  return err(problemOf(failure) ?? { type: 'Gone' });
}

/** Phones that change rings at the same time take turns: so often, then later. */
const TRIES = 4;

/** The state of an owner's copy that is saving. */
async function ownerState(engine: Engine): Promise<Result<SyncState, SyncError>> {
  const active = await activeState(engine);
  if (!active.ok) return failed(active.error);
  return active.value.ring.role === 'owner' ? ok(active.value) : err({ type: 'NotOwner' });
}

interface RingChange {
  readonly change: (ring: StoredRing) => StoredRing;
  readonly isIn: (ring: StoredRing) => boolean;
}

/** Changes the ring on this phone. What does not reach the server now, the next run brings there. */
async function keepChange(
  engine: Engine,
  { change, isIn }: RingChange,
  patch: Partial<SyncState> = {},
): Promise<Result<void, SyncError>> {
  const owner = await ownerState(engine);
  if (!owner.ok || isIn(owner.value.ring)) return owner.ok ? ok(undefined) : owner;
  const ring = change(owner.value.ring);
  const kept = await patchSyncState(engine.db, { ...patch, ring, ringsDue: true });
  return kept.ok ? kept : err({ type: 'Storage', error: kept.error });
}

/** Brings a change to the server: again, on top of the ring that another phone wrote at the same time. */
async function changeRing(engine: Engine, wanted: RingChange): Promise<Result<void, SyncError>> {
  for (let round = 0; round < TRIES; round++) {
    const kept = await keepChange(engine, wanted);
    if (!kept.ok) return kept;
    const aligned = await alignRings(engine);
    if (!aligned.ok) return failed(aligned.error);
    const owner = await ownerState(engine);
    if (!owner.ok || wanted.isIn(owner.value.ring)) return owner.ok ? ok(undefined) : owner;
  }
  return err({ type: 'Busy' });
}

/** Every code on the server but this phone's. One that no ring names has no label. */
export async function otherCodes(engine: Engine): Promise<Result<readonly OtherCode[], SyncError>> {
  const owner = await ownerState(engine);
  if (!owner.ok) return owner;
  const { credential, ring } = owner.value;
  const list = await engine.net.listCredentials(credential);
  if (!list.ok) return failed(list.error);
  const labels = new Map(ring.codes.map((code) => [base64url(code.cid), code.label]));
  return ok(
    list.value
      .filter(({ cid }) => cid !== base64url(credential.cid))
      .map(({ cid, role }) => ({ cid, role, label: labels.get(cid) ?? '' })),
  );
}

/** A code that can only read: our own ring first, then those of other owners, the new code last. */
export async function addFamily(
  engine: Engine,
  label: string,
): Promise<Result<{ digits: string }, SyncError>> {
  const owner = await ownerState(engine);
  if (!owner.ok) return owner;
  const code = await drawCode(engine.db.randomBytes);
  if (code === null) return err({ type: 'NotSecure' });
  const entry = codeEntry(code.credential, 'reader', label);
  const isEntry = ({ cid }: StoredCode) => toHex(cid) === toHex(entry.cid);
  const changed = await changeRing(engine, {
    change: (ring) => ({ ...ring, codes: [...ring.codes, entry] }),
    isIn: ({ codes }) => codes.some(isEntry),
  });
  if (!changed.ok) return changed;
  const now = await ownerState(engine);
  if (!now.ok) return now;
  const put = await engine.net.putCredential(now.value.credential, base64url(entry.cid), {
    authHash: base64url(authHash(code.credential.token)),
    role: 'reader',
    ring: base64url(sealRing(now.value.ring, entry, 1, engine.db.randomBytes)),
    ringVersion: 1,
  });
  if (put.ok) return ok({ digits: code.digits });
  // The code never came to be: it leaves the rings again.
  const undone = await changeRing(engine, {
    change: (ring) => ({ ...ring, codes: ring.codes.filter((other) => !isEntry(other)) }),
    isIn: ({ codes }) => !codes.some(isEntry),
  });
  return undone.ok ? failed(put.error) : undone;
}

/**
 * Takes a code away: it opens nothing that is written from now on, and the server does not know it any more. The new epoch
 * is kept first: when the answer of the server gets lost the code is in no list any more, and nobody would do it again.
 */
export async function takeAway(engine: Engine, cid: string): Promise<Result<void, SyncError>> {
  const key = engine.db.randomBytes(32);
  const isTaken = (code: StoredCode) => base64url(code.cid) === cid;
  const wanted: RingChange = {
    change: (ring) => ({
      ...ring,
      epochs: nextEpochs(ring, key),
      codes: ring.codes.filter((code) => !isTaken(code)),
    }),
    isIn: ({ epochs, codes }) =>
      epochs.some(([, known]) => toHex(known) === toHex(key)) && !codes.some(isTaken),
  };
  const kept = await keepChange(engine, wanted, { pushDue: true });
  if (!kept.ok) return kept;
  const owner = await ownerState(engine);
  if (!owner.ok) return owner;
  const deleted = await engine.net.deleteCredential(owner.value.credential, cid);
  return deleted.ok ? changeRing(engine, wanted) : failed(deleted.error);
}

function nextEpochs(ring: StoredRing, key: Uint8Array): StoredRing['epochs'] {
  return [...ring.epochs, [newestEpoch(ring)[0] + 1, key]];
}

/** A new code for this phone, in whose ring no other code stands; then every other code is deleted. */
export async function replaceCode(engine: Engine): Promise<Result<{ digits: string }, SyncError>> {
  const owner = await ownerState(engine);
  if (!owner.ok) return owner;
  const { credential, ring } = owner.value;
  const code = await drawCode(engine.db.randomBytes);
  if (code === null) return err({ type: 'NotSecure' });
  const entry = codeEntry(code.credential, 'owner', '');
  const next: StoredRing = { ...ring, epochs: nextEpochs(ring, engine.db.randomBytes(32)), codes: [entry] };
  const room = await makeRoom(engine, owner.value);
  if (!room.ok) return room;
  const put = await engine.net.putCredential(credential, base64url(entry.cid), {
    authHash: base64url(authHash(code.credential.token)),
    role: 'owner',
    ring: base64url(sealRing(next, entry, 1, engine.db.randomBytes)),
    ringVersion: 1,
  });
  if (!put.ok) return failed(put.error);
  const kept = await patchSyncState(engine.db, {
    credential: code.credential,
    ring: next,
    ringVersion: 1,
    code: code.digits,
    remindAt: engine.db.now() + REMIND_AFTER,
    cancelOthers: true,
    pushDue: true,
  });
  if (!kept.ok) return err({ type: 'Storage', error: kept.error });
  // What is not deleted now, the next run deletes; the code is good already.
  await alignRings(engine);
  return ok({ digits: code.digits });
}

/** Five codes are the most: one of the family's, to be cancelled anyway, makes room for the new one. */
async function makeRoom(engine: Engine, { credential }: SyncState): Promise<Result<void, SyncError>> {
  const list = await engine.net.listCredentials(credential);
  if (!list.ok) return failed(list.error);
  const other = list.value.find(({ cid }) => cid !== base64url(credential.cid));
  if (list.value.length < LIMITS.credentials || other === undefined) return ok(undefined);
  const deleted = await engine.net.deleteCredential(credential, other.cid);
  return deleted.ok ? ok(undefined) : failed(deleted.error);
}
