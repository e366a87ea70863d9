import { authHash, type Credential } from '#crypto/keys.ts';
import { patchSyncState } from '#data/syncQueries.ts';
import type { StoredCode, StoredRing, SyncState } from '#data/syncTables.ts';
import { base64url } from '#lib/id.ts';
import { err, ok, type Result } from '#lib/result.ts';
import { isSame } from '#crypto/bytes.ts';
import { LIMITS } from '#shared/protocol.ts';
import type { OtherCode, SyncError } from './client.ts';
import { activeState, type Engine, type Failure, problemOf } from './engine.ts';
import { codeEntry, drawCode, REMIND_AFTER } from './newCopy.ts';
import { beginEpoch, cancelCode, sealRing } from './ring.ts';
import { alignRings, openAnswer } from './rings.ts';

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

/** Keeps a changed ring on this phone. What does not reach the server now, the next run brings there. */
async function keepRing(
  engine: Engine,
  ring: StoredRing,
  patch: Partial<SyncState> = {},
): Promise<Result<void, SyncError>> {
  const kept = await patchSyncState(engine.db, { ...patch, ring, ringsDue: true });
  return kept.ok ? kept : err({ type: 'Storage', error: kept.error });
}

/**
 * Brings the rings of this phone and of the server together. Before a change, so that it stands on what other phones wrote;
 * and after it, so that they see it.
 */
async function meet(engine: Engine): Promise<Result<SyncState, SyncError>> {
  const owner = await ownerState(engine);
  if (!owner.ok) return owner;
  const due = await patchSyncState(engine.db, { ringsDue: true });
  if (!due.ok) return err({ type: 'Storage', error: due.error });
  const aligned = await alignRings(engine);
  return aligned.ok ? ownerState(engine) : failed(aligned.error);
}

function isNamed({ ring }: SyncState, { cid }: StoredCode): boolean {
  return ring.codes.some((code) => isSame(code.cid, cid));
}

/** Names a code in the rings: again, when another phone wrote a ring without it at the same time. */
async function nameCode(engine: Engine, entry: StoredCode): Promise<Result<SyncState, SyncError>> {
  for (let round = 0; round < TRIES; round++) {
    const met = await meet(engine);
    if (!met.ok || isNamed(met.value, entry)) return met;
    const { ring } = met.value;
    const kept = await keepRing(engine, { ...ring, codes: [...ring.codes, entry] });
    if (!kept.ok) return kept;
  }
  return err({ type: 'Busy' });
}

/** Cancels a code whose digits nobody has got. It may be on the server: an answer can get lost on its way. */
async function undo(engine: Engine, cid: string): Promise<void> {
  const owner = await ownerState(engine);
  if (!owner.ok) return;
  const kept = await keepRing(engine, cancelCode(owner.value.ring, cid));
  // What cannot be deleted now, the next run deletes.
  if (kept.ok) await alignRings(engine);
}

/**
 * Every code on the server but this phone's. One that no ring names has no label. Writes nothing: a run may be under way.
 */
export async function otherCodes(engine: Engine): Promise<Result<readonly OtherCode[], SyncError>> {
  const owner = await ownerState(engine);
  if (!owner.ok) return owner;
  const { credential, ring } = owner.value;
  const list = await engine.net.listCredentials(credential);
  if (!list.ok) return failed(list.error);
  const ownCid = base64url(credential.cid);
  const own = list.value.find(({ cid }) => cid === ownCid);
  const there = own ? openAnswer(own, credential) : null;
  // Another phone may have made a code since this one looked at the rings.
  const codes = there === null || there === 'TooNew' ? ring.codes : [...there.codes, ...ring.codes];
  const labels = new Map(codes.map((code) => [base64url(code.cid), code.label]));
  return ok(
    list.value
      .filter(({ cid }) => cid !== ownCid)
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
  const made = await makeReader(engine, code.credential, label);
  if (made.ok) return ok({ digits: code.digits });
  await undo(engine, base64url(code.credential.cid));
  return made;
}

async function makeReader(
  engine: Engine,
  credential: Credential,
  label: string,
): Promise<Result<SyncState, SyncError>> {
  const entry = codeEntry(credential, 'reader', label);
  const named = await nameCode(engine, entry);
  if (!named.ok) return named;
  const put = await engine.net.putCredential(named.value.credential, base64url(entry.cid), {
    authHash: base64url(authHash(credential.token)),
    role: 'reader',
    ring: base64url(sealRing(named.value.ring, entry, 1, engine.db.randomBytes)),
    ringVersion: 1,
  });
  if (!put.ok) return failed(put.error);
  // A phone that began an epoch just now did not see the new code: then this one brings the epoch to it.
  const met = await meet(engine);
  // Or that phone has taken the code away already.
  return !met.ok || isNamed(met.value, entry) ? met : err({ type: 'Busy' });
}

/**
 * Takes a code away: it opens nothing that is written from now on, and the server does not know it any more. All of it is
 * kept on the phone first: when an answer of the server gets lost the next run goes on with it.
 */
export async function takeAway(engine: Engine, cid: string): Promise<Result<void, SyncError>> {
  const met = await meet(engine);
  if (!met.ok) return met;
  const { credential, ring } = met.value;
  if (cid === base64url(credential.cid)) return err({ type: 'TooManyCodes' });
  const next = beginEpoch(cancelCode(ring, cid), engine.db.randomBytes(32));
  const kept = await keepRing(engine, next, { pushDue: true });
  if (!kept.ok) return kept;
  const done = await meet(engine);
  return done.ok ? ok(undefined) : done;
}

/** A new code for this phone, in whose ring no other code stands; then every other code is deleted. */
export async function replaceCode(engine: Engine): Promise<Result<{ digits: string }, SyncError>> {
  const met = await meet(engine);
  if (!met.ok) return met;
  const { credential, ring } = met.value;
  const code = await drawCode(engine.db.randomBytes);
  if (code === null) return err({ type: 'NotSecure' });
  const entry = codeEntry(code.credential, 'owner', '');
  const next = beginEpoch({ ...ring, codes: [entry] }, engine.db.randomBytes(32));
  const room = await makeRoom(engine, met.value);
  if (!room.ok) return room;
  const put = await engine.net.putCredential(credential, base64url(entry.cid), {
    authHash: base64url(authHash(code.credential.token)),
    role: 'owner',
    ring: base64url(sealRing(next, entry, 1, engine.db.randomBytes)),
    ringVersion: 1,
  });
  if (!put.ok) {
    await undo(engine, base64url(entry.cid));
    return failed(put.error);
  }
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
