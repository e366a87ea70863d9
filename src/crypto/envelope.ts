import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { ascii, concat, readU32, u32 } from './bytes.ts';

/*
 * `version | epoch | nonce | XChaCha20-Poly1305(key, nonce, head and label and binding, padded)`
 * (docs/sync-design.md §3). What is sealed is bound to where it belongs, and padded so that sizes say little.
 */

const VERSION = 1;
const HEAD = 5;
const NONCE = 24;
const TAG = 16;

/** Gives `count` random bytes. Passed in, so that tests bring their own. */
export type RandomBytes = (count: number) => Uint8Array;

export type Kind = 'rec' | 'man' | 'blob' | 'ring';

/** What is sealed, with what, and where it belongs. */
export interface Seal {
  readonly kind: Kind;
  readonly key: Uint8Array;
  /** 0 for rings. */
  readonly epoch: number;
  /** The names and numbers that it must be opened with. */
  readonly binding: Uint8Array;
}

/** Sizes to which records, manifests and rings are padded, in bytes. */
const STEPS = [
  256, 384, 512, 768, 1024, 1536, 2048, 3072, 4096, 6144, 8192, 12_288, 16_384, 24_576, 32_768, 49_152,
  65_536,
];

/** The PADMÉ size of a length: at most 12 % more, and little is learnt from it. */
export function padme(length: number): number {
  const exponent = Math.floor(Math.log2(length));
  const bits = Math.floor(Math.log2(exponent)) + 1;
  const step = 2 ** Math.max(0, exponent - bits);
  return Math.ceil(length / step) * step;
}

/** The size of what is sealed, from the bytes with their length before them; `null` when they are too many. */
function paddedSize(kind: Kind, length: number): number | null {
  if (kind === 'blob') return padme(length);
  return STEPS.find((step) => length <= step) ?? null;
}

function additional(head: Uint8Array, { kind, binding }: Seal): Uint8Array {
  return concat(head, ascii(`mitra1/${kind}`), binding);
}

/** Seals bytes; `null` when a record, manifest or ring has more than 65,532 of them. */
export function seal(
  content: Uint8Array,
  how: Seal,
  randomBytes: RandomBytes,
): Uint8Array<ArrayBuffer> | null {
  const size = paddedSize(how.kind, content.length + 4);
  if (size === null) return null;
  const padded = new Uint8Array(size);
  padded.set(u32(content.length));
  padded.set(content, 4);
  const head = concat(Uint8Array.of(VERSION), u32(how.epoch));
  const nonce = randomBytes(NONCE);
  const sealed = xchacha20poly1305(how.key, nonce, additional(head, how)).encrypt(padded);
  return concat(head, nonce, sealed);
}

/** The version and epoch of an envelope, which anybody can read; `null` when it is too short to be one. */
export function headOf(env: Uint8Array): { version: number; epoch: number } | null {
  if (env.length < HEAD + NONCE + TAG) return null;
  return { version: env[0] ?? 0, epoch: readU32(env, 1) };
}

/** The last 16 bytes, which stand for an envelope in the manifest. */
export function tagOf(env: Uint8Array): Uint8Array {
  return env.slice(-TAG);
}

/** Opens an envelope; `null`, for whatever reason, when it is not authentic. Never throws, whatever it is given. */
export function open(env: Uint8Array, how: Seal): Uint8Array<ArrayBuffer> | null {
  const head = headOf(env);
  if (!head || head.version !== VERSION || head.epoch !== how.epoch) return null;
  try {
    const nonce = env.subarray(HEAD, HEAD + NONCE);
    const cipher = xchacha20poly1305(how.key, nonce, additional(env.subarray(0, HEAD), how));
    const padded = cipher.decrypt(env.subarray(HEAD + NONCE));
    // Only after the tag is right: the length was written by somebody who holds the key.
    const length = padded.length < 4 ? -1 : readU32(padded);
    if (length < 0 || length > padded.length - 4) return null;
    return new Uint8Array(padded.slice(4, 4 + length));
  } catch {
    return null;
  }
}
