import type { Credential } from '#crypto/keys.ts';
import type { Database } from '#data/database.ts';
import { beginCopy, changeChoice } from '#data/replica.ts';
import { countEntries } from '#data/storage.ts';
import { patchSyncState, readSyncState } from '#data/syncQueries.ts';
import type { Choice } from '#data/syncState.ts';
import type { StorageError } from '#data/storageError.ts';
import type { StoredRing, SyncState } from '#data/syncTables.ts';
import { isSame } from '#crypto/bytes.ts';
import { fromBase64url } from '#lib/id.ts';
import { err, ok, type Result } from '#lib/result.ts';
import type { CopyPreview, SyncError } from './client.ts';
import { type Engine, problemOf } from './engine.ts';
import type { Account, NetError } from './net.ts';
import { drawCode, newRing, newState, openCode, REMIND_AFTER } from './newCopy.ts';
import { openAnswer } from './rings.ts';
import { keysOf, openManifest } from './sealing.ts';

/* Beginning a copy, and opening one by its code (docs/sync-design.md §1, §5, §8). */

export interface Agreement {
  readonly choice: Choice;
  readonly wifiOnly: boolean;
  readonly text: number;
  readonly enrol?: string;
}

/**
 * The yes of the worker: code, keys and choice are on the phone before the first request. The same yes again, with the
 * word that the operator asks for, goes on with the same code.
 */
export async function agree(
  engine: Engine,
  answer: Agreement,
): Promise<Result<{ digits: string }, SyncError>> {
  const { db } = engine;
  const known = await readSyncState(db);
  if (known?.phase === 'starting') {
    const noted = await patchSyncState(db, { enrol: answer.enrol ?? null, wifiOnly: answer.wifiOnly });
    if (!noted.ok) return err({ type: 'Storage', error: noted.error });
    const changed = await changeChoice(db, answer.choice);
    return changed.ok ? ok({ digits: known.code ?? '' }) : err({ type: 'Storage', error: changed.error });
  }
  if (known !== null) return err({ type: 'OtherCopy' });
  const code = await drawCode(db.randomBytes);
  if (code === null) return err({ type: 'NotSecure' });
  const state = {
    ...newState('starting', code.credential, newRing(code.credential, db.randomBytes), 1),
    code: code.digits,
    remindAt: db.now() + REMIND_AFTER,
    consent: { at: db.now(), text: answer.text },
    enrol: answer.enrol ?? null,
    wifiOnly: answer.wifiOnly,
  };
  const begun = await beginCopy(db, state, answer.choice);
  return begun.ok ? ok({ digits: code.digits }) : err({ type: 'Storage', error: begun.error });
}

interface Opened {
  readonly credential: Credential;
  readonly account: Account;
  readonly ring: StoredRing;
}

/** Asks the server for the copy of a code and opens its ring. Fetches no entry and keeps nothing. */
export async function openCopy(engine: Engine, digits: string): Promise<Result<Opened, SyncError>> {
  const credential = await openCode(digits);
  if (credential === null) return err({ type: 'NotSecure' });
  const answer = await engine.net.account(credential);
  if (!answer.ok) return err(codeError(answer.error));
  const ring = openAnswer(answer.value, credential);
  if (ring === 'TooNew') return err({ type: 'AppTooOld' });
  return ring === null ? err({ type: 'WrongCode' }) : ok({ credential, account: answer.value, ring });
}

/** A failure about a code that somebody typed: other words than for a copy that was saving. */
export function codeError(error: NetError): SyncError {
  if (error.type === 'NotAuthorised') return { type: 'WrongCode' };
  return problemOf(error) ?? { type: 'Gone' };
}

/** What a code opens, for the worker to judge: from the sealed manifest, not from what the server says. */
export async function previewCopy(engine: Engine, digits: string): Promise<Result<CopyPreview, SyncError>> {
  const opened = await openCopy(engine, digits);
  if (!opened.ok) return opened;
  const { account, ring } = opened.value;
  const env = account.manifest === null ? null : fromBase64url(account.manifest);
  const manifest = env && openManifest(keysOf(ring), env, account.head);
  const { all } = await countEntries(engine.db);
  return ok({
    digits,
    role: ring.role,
    savedAt: manifest?.at ?? null,
    entries: manifest?.live ?? 0,
    bytes: account.used.bytes,
    photos: account.used.blobs,
    photoBytes: account.used.blobBytes,
    entriesHere: all,
  });
}

/**
 * Makes this phone one of the copy's; what was here stays and is put together with it by the first run. Gives the bytes of
 * all entries, as the server says. A phone that saves to this copy already goes on under the code that was typed.
 */
export async function joinCopy(
  engine: Engine,
  digits: string,
): Promise<Result<{ readonly bytes: number }, SyncError>> {
  const opened = await openCopy(engine, digits);
  if (!opened.ok) return opened;
  const { credential, account, ring } = opened.value;
  const { bytes } = account.used;
  const known = await readSyncState(engine.db);
  const state = { ...newState('on', credential, ring, account.ringVersion), fetchAgreed: true };
  if (known === null) {
    const begun = await beginCopy(engine.db, state, null);
    return begun.ok ? ok({ bytes }) : err({ type: 'Storage', error: begun.error });
  }
  const isOther = !isSame(known.ring.aid, ring.aid) || known.ring.role !== ring.role;
  // A stop that is not proved yet would delete what this brings.
  if (isOther || known.phase === 'withdrawing') return err({ type: 'OtherCopy' });
  const taken = await takeCode(engine.db, known, state);
  return taken.ok ? ok({ bytes }) : err({ type: 'Storage', error: taken.error });
}

/**
 * Goes on with the copy that is here under the code that was typed: the one before may have been cancelled, whether this
 * phone has noticed it or not. Entries, and what is known of the server, stay.
 */
async function takeCode(
  db: Database,
  known: SyncState,
  { credential, ring, ringVersion, fetchAgreed }: SyncState,
): Promise<Result<void, StorageError>> {
  const isNew = !isSame(known.credential.cid, credential.cid);
  if (!isNew && known.refusedAt === null) return ok(undefined);
  const code = {
    credential,
    ring,
    ringVersion,
    ringsDue: false,
    cancelOthers: false,
    code: null,
    remindAt: null,
  };
  return patchSyncState(db, { ...(isNew ? code : {}), fetchAgreed, refusedAt: null, problem: null });
}

/** Deletes a copy by its code alone, and proves it. */
export async function deleteByCode(engine: Engine, digits: string): Promise<Result<void, SyncError>> {
  const opened = await openCopy(engine, digits);
  if (!opened.ok) return opened;
  const { credential, ring } = opened.value;
  if (ring.role !== 'owner') return err({ type: 'NotOwner' });
  const deleted = await engine.net.deleteAccount(credential);
  if (!deleted.ok && deleted.error.type !== 'Gone') return err(codeError(deleted.error));
  const look = await engine.net.account(credential);
  if (look.ok) return err({ type: 'Busy' });
  return look.error.type === 'Gone' ? ok(undefined) : err(codeError(look.error));
}
