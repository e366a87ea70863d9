import { createHash, timingSafeEqual } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { NEW_ACCOUNT } from '#shared/protocol.ts';
import type { NewAccount } from '#server/store/store.ts';
import { type Answer, answerJson, isAnswer, refuse, refuseBusy, refuseFor } from './answer.ts';
import { bytesToText, textToBytes } from './base64.ts';
import type { Buckets } from './buckets.ts';
import type { Call, KnownCall } from './call.ts';
import { MOST_RING_JSON } from './credentials.ts';
import { dayOf } from './day.ts';
import type { ApiDependencies } from './dependencies.ts';
import { readJson } from './readBody.ts';

export interface AccountLimits {
  readonly newAccounts: Buckets;
  /** A wrong enrol code is a failed login: it can be guessed. */
  readonly failedLogins: Buckets;
}

/** `POST /v1/accounts` */
export async function createAccount(
  dependencies: ApiDependencies,
  { newAccounts, failedLogins }: AccountLimits,
  call: Call,
): Promise<Answer> {
  const { enrolCode } = dependencies;
  const body = await readJson(call, MOST_RING_JSON, NEW_ACCOUNT);
  if (isAnswer(body)) return body;
  const [aid, cid, authHash, ring] = [body.aid, body.cid, body.authHash, body.ring].map(textToBytes);
  if (!aid || !cid || !authHash || !ring) return refuse('BadRequest');

  if (enrolCode !== null) {
    // A phone asks without a code first: that is how it learns that one is needed, and no guess.
    if (body.enrol === undefined) return refuse('NotAllowed');
    if (!isSame(body.enrol, enrolCode)) {
      const seconds = failedLogins.take(call.address);
      return seconds > 0 ? refuseFor(seconds) : refuse('NotAllowed');
    }
  }
  // The operator knows whom the enrol code was given to, perhaps a whole dormitory behind one address.
  const counts = enrolCode === null;
  const seconds = counts ? newAccounts.take(call.address) : 0;
  if (seconds > 0) return refuseFor(seconds);
  let opened: 'Created' | 'Same' | 'AlreadyExists' | null = null;
  try {
    opened = await openAccount(dependencies, { aid, cid, authHash, ring });
  } finally {
    // Only a new account counts: not a repetition, and not what failed.
    if (counts && opened !== 'Created') newAccounts.giveBack(call.address);
  }
  if (opened === 'AlreadyExists') return refuse('AlreadyExists');
  return answerJson(opened === 'Created' ? 201 : 200, { head: 0 });
}

async function openAccount(
  { store, now }: ApiDependencies,
  account: NewAccount,
): Promise<'Created' | 'Same' | 'AlreadyExists'> {
  // A late repetition of an old request must not bring back what was stopped meanwhile.
  if ((await store.findCredential(account.cid)).type === 'Gone') return 'AlreadyExists';
  return (await store.createAccount(account, dayOf(now()))).type;
}

/** Takes as long for any two texts. */
function isSame(one: string, other: string): boolean {
  const [first, second] = [one, other].map((text) => createHash('sha256').update(text).digest());
  return first !== undefined && second !== undefined && timingSafeEqual(first, second);
}

/** `GET /v1/account` */
export async function readAccount(
  { store, quotas }: ApiDependencies,
  { credential }: KnownCall,
): Promise<Answer> {
  const read = await store.readAccount(credential.aid);
  if (read.type === 'Gone') return refuse('Gone');
  const { head, manifest, used } = read.account;
  return answerJson(200, {
    ring: bytesToText(credential.ring),
    ringVersion: credential.ringVersion,
    head,
    manifest: manifest && bytesToText(manifest),
    used,
    limits: quotas,
  });
}

/** `DELETE /v1/account` with `Confirm: delete` */
export async function deleteAccount(dependencies: ApiDependencies, call: KnownCall): Promise<Answer> {
  if (call.request.header('Confirm') !== 'delete') return refuse('HeadRequired');
  const { aid, cid } = call.credential;
  return awaitDeletion(dependencies, dependencies.deletions.deleteAccount(aid, cid));
}

/** 200 only when nothing is left; 503 tells the phone to ask again. */
export async function awaitDeletion(
  { deletionPatience }: ApiDependencies,
  deletion: Promise<boolean>,
): Promise<Answer> {
  const waiting = new AbortController();
  try {
    const isDone = await Promise.race([
      deletion,
      setTimeout(deletionPatience, false, { signal: waiting.signal }),
    ]);
    return isDone ? { status: 200 } : refuseBusy();
  } finally {
    waiting.abort();
  }
}
