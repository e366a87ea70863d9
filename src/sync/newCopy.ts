import type { RandomBytes } from '#crypto/envelope.ts';
import { type Credential, credentialOf, deriveRoot } from '#crypto/keys.ts';
import { drawDigits } from '#crypto/recoveryCode.ts';
import { emptySums } from '#data/sums.ts';
import type { StoredCode, StoredRing, SyncState } from '#data/syncTables.ts';
import { MS_PER_DAY } from '#lib/day.ts';

/* Codes and the first state of a copy on this phone. */

/** When the app reminds of a code that nobody has typed back yet. */
export const REMIND_AFTER = 3 * MS_PER_DAY;

export interface NewCode {
  readonly digits: string;
  readonly credential: Credential;
}

/** Draws a code and works out what it opens; `null` where the page gets no cryptography (plain http). */
export async function drawCode(randomBytes: RandomBytes): Promise<NewCode | null> {
  const digits = drawDigits(randomBytes);
  const credential = await openCode(digits);
  return credential && { digits, credential };
}

/** What 32 digits open; `null` where the page gets no cryptography (plain http). */
export async function openCode(digits: string): Promise<Credential | null> {
  if (globalThis.crypto?.subtle === undefined) return null;
  return credentialOf(await deriveRoot(digits));
}

/** A code as it stands in the rings. */
export function codeEntry({ cid, wrap }: Credential, role: StoredCode['role'], label: string): StoredCode {
  return { cid, wrap, role, label };
}

/** The ring of a new account with one code. */
export function newRing(credential: Credential, randomBytes: RandomBytes): StoredRing {
  return {
    aid: randomBytes(16),
    acc: randomBytes(32),
    epochs: [[1, randomBytes(32)]],
    role: 'owner',
    codes: [codeEntry(credential, 'owner', '')],
  };
}

/** The row about a copy that this phone knows nothing of yet but the keys. */
export function newState(
  phase: SyncState['phase'],
  credential: Credential,
  ring: StoredRing,
  ringVersion: number,
): SyncState {
  return {
    id: 'sync',
    phase,
    credential,
    ring,
    ringVersion,
    manifestEpoch: 0,
    ringsDue: false,
    cancelOthers: false,
    ...emptySums(),
    pass: 1,
    wrong: null,
    fullPulls: [],
    pushDue: false,
    parentsDue: false,
    parents: {},
    code: null,
    remindAt: null,
    consent: null,
    enrol: null,
    wifiOnly: true,
    fetchAgreed: false,
    savedAt: null,
    problem: null,
    full: null,
    photosFull: null,
    refusedAt: null,
    blobsCheckedAt: null,
    clockOffset: 0,
  };
}
