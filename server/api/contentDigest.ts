import { createHash } from 'node:crypto';

/** The SHA-256 of `Content-Digest: sha-256=:base64:` (RFC 9530); `null` when there is none or it is none. */
export function readContentDigest(header: string | undefined): Uint8Array | null {
  // Other algorithms may stand beside it.
  const text = /(?:^|,)\s*sha-256=:([A-Za-z0-9+/]{43}=):\s*(?:,|$)/.exec(header ?? '')?.[1];
  return text === undefined ? null : new Uint8Array(Buffer.from(text, 'base64'));
}

export function hasDigest(bytes: Uint8Array, digest: Uint8Array): boolean {
  return createHash('sha256').update(bytes).digest().equals(digest);
}
