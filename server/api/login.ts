import { hash, timingSafeEqual } from 'node:crypto';
import { HASH_BYTES, ID_BYTES } from '#shared/protocol.ts';
import type { Credential, Gone, Store } from '#server/store/store.ts';
import { type Answer, refuse } from './answer.ts';

export type LoginResult =
  | { readonly type: 'Known'; readonly credential: Credential }
  | (Gone & { readonly cid: Uint8Array })
  | { readonly type: 'Unknown' };

/** Compared with where no code is stored, so that an unknown code takes the same work as a wrong token. */
const NOBODY = new Uint8Array(HASH_BYTES);

/** 401, also for a code that was taken away since it was let in. */
export const refuseUnknown = (): Answer => refuse('NotAuthorised', {}, { 'WWW-Authenticate': 'Bearer' });

/** Reads `Bearer base64url(cid | token)` and looks the code up. */
export async function login(authorization: string | undefined, store: Store): Promise<LoginResult> {
  const text = /^bearer ([\w-]{64})$/i.exec(authorization ?? '')?.[1];
  if (text === undefined) return { type: 'Unknown' };
  const bytes = Buffer.from(text, 'base64url');
  const cid = bytes.subarray(0, ID_BYTES);
  const tokenHash = hash('sha256', bytes.subarray(ID_BYTES), 'buffer');
  const isTokenOf = (code: Credential | null | undefined): code is Credential =>
    timingSafeEqual(tokenHash, code?.authHash ?? NOBODY) && code != null;

  // A wrong token is never answered from memory: it takes the same work as a code that nobody has.
  const recalled = store.recallCredential?.(cid);
  if (isTokenOf(recalled)) return { type: 'Known', credential: recalled };
  const found = await store.findCredential(cid);
  const credential = found.type === 'Known' ? found.credential : null;
  if (isTokenOf(credential)) return { type: 'Known', credential };
  // Of a deleted account only a hash of its code is left, and no token to compare.
  if (found.type === 'Gone') return { type: 'Gone', cid };
  // Where the store has looked for an unknown code.
  if (credential) await store.isGone(cid);
  return { type: 'Unknown' };
}
