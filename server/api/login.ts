import { hash, timingSafeEqual } from 'node:crypto';
import { HASH_BYTES, ID_BYTES } from '#shared/protocol.ts';
import type { Credential, Gone, Store } from '#server/store/store.ts';

export type LoginResult =
  | { readonly type: 'Known'; readonly credential: Credential }
  | (Gone & { readonly cid: Uint8Array })
  | { readonly type: 'Unknown' };

/** Compared with where no code is stored, so that an unknown code takes the same work as a wrong token. */
const NOBODY = new Uint8Array(HASH_BYTES);

/** Reads `Bearer base64url(cid | token)` and looks the code up. */
export async function login(authorization: string | undefined, store: Store): Promise<LoginResult> {
  const text = /^bearer ([\w-]{64})$/i.exec(authorization ?? '')?.[1];
  if (text === undefined) return { type: 'Unknown' };
  const bytes = new Uint8Array(Buffer.from(text, 'base64url'));
  const cid = bytes.subarray(0, ID_BYTES);
  const tokenHash = hash('sha256', bytes.subarray(ID_BYTES), 'buffer');
  const found = await store.findCredential(cid);
  const isRight = timingSafeEqual(tokenHash, found.type === 'Known' ? found.credential.authHash : NOBODY);
  // Of a deleted account only a hash of its code is left, and no token to compare.
  if (found.type === 'Gone') return { type: 'Gone', cid };
  return found.type === 'Known' && isRight ? found : { type: 'Unknown' };
}
