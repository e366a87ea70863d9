import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { ascii, concat, u64 } from './bytes.ts';

/*
 * All keys come from the recovery code or are random; nothing about them comes from a server
 * (docs/sync-design.md §2). The labels never change.
 */

const ROUNDS = 600_000;

function derive(key: Uint8Array, label: string, length = 32): Uint8Array<ArrayBuffer> {
  return new Uint8Array(hkdf(sha256, key, undefined, ascii(label), length));
}

/** What a code opens: the name of the credential, the token that the server checks, and the key of the ring. */
export interface Credential {
  readonly cid: Uint8Array;
  readonly token: Uint8Array;
  readonly wrap: Uint8Array;
}

/** Takes some tenths of a second on purpose: a half-seen code cannot be tried out. Needs a secure page (HTTPS). */
export async function deriveRoot(digits: string): Promise<Uint8Array<ArrayBuffer>> {
  const key = await crypto.subtle.importKey('raw', ascii(digits), 'PBKDF2', false, ['deriveBits']);
  const settings = { name: 'PBKDF2', hash: 'SHA-256', salt: ascii('mitra1/code'), iterations: ROUNDS };
  return new Uint8Array(await crypto.subtle.deriveBits(settings, key, 256));
}

export function credentialOf(root: Uint8Array): Credential {
  return {
    cid: derive(root, 'mitra1/cred-id', 16),
    token: derive(root, 'mitra1/auth'),
    wrap: derive(root, 'mitra1/wrap'),
  };
}

/** What the server keeps instead of the token. */
export function authHash(token: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(sha256(token));
}

/** Keys of the account, for ever: their HMAC-SHA-256 of a message, which is all that is ever asked of them. */
export interface AccountKeys {
  readonly rid: Mac;
  readonly set: Mac;
}

type Mac = (message: Uint8Array) => Uint8Array<ArrayBuffer>;

export function accountKeys(acc: Uint8Array): AccountKeys {
  return { rid: macOf(derive(acc, 'mitra1/rid')), set: macOf(derive(acc, 'mitra1/set')) };
}

/** The key is worked in once, not for each of ten thousand records. */
function macOf(key: Uint8Array): Mac {
  const keyed = hmac.create(sha256, key);
  return (message) => new Uint8Array(keyed.clone().update(message).digest());
}

/** Keys of one epoch: a new one begins when somebody's copy is taken away. */
export interface EpochKeys {
  readonly rec: Uint8Array<ArrayBuffer>;
  readonly man: Uint8Array<ArrayBuffer>;
  readonly blob: Uint8Array<ArrayBuffer>;
}

export function epochKeys(epochKey: Uint8Array): EpochKeys {
  return {
    rec: derive(epochKey, 'mitra1/rec'),
    man: derive(epochKey, 'mitra1/man'),
    blob: derive(epochKey, 'mitra1/blob'),
  };
}

/** The name of a record on the server: the same on every phone, and nobody there learns the collection. */
export function ridOf(keys: AccountKeys, collection: string, id: string): Uint8Array<ArrayBuffer> {
  const name = concat(ascii(collection), Uint8Array.of(0), new TextEncoder().encode(id));
  return keys.rid(name).slice(0, 16);
}

/** What one record adds to the `x` of the manifest (docs/sync-design.md §5). */
export function contributionOf(
  keys: AccountKeys,
  rid: Uint8Array,
  seq: number,
  tag: Uint8Array,
): Uint8Array<ArrayBuffer> {
  return keys.set(concat(rid, u64(seq), tag));
}
