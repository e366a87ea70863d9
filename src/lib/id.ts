/** Gives `count` random bytes. Passed in, so that tests bring their own. */
export type RandomBytes = (count: number) => Uint8Array;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * 16 random bytes as 22 base64url characters: also the size of a blob id in `docs/sync-design.md` §3.
 * Not `crypto.randomUUID`, which is missing on a plain http address of a LAN.
 */
export function randomId(randomBytes: RandomBytes): string {
  return base64url(randomBytes(16));
}

/** Bytes as base64url text without padding. Never throws. */
export function base64url(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= 6) {
      bits -= 6;
      text += ALPHABET.charAt((held >> bits) & 63);
    }
  }
  return bits > 0 ? text + ALPHABET.charAt((held << (6 - bits)) & 63) : text;
}
