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

/** The bytes of base64url text without padding; `null` when it is not exactly what `base64url` writes. Never throws. */
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> | null {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const letter of text) {
    const value = ALPHABET.indexOf(letter);
    if (value < 0) return null;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at] = held >> bits;
      at += 1;
    }
  }
  return at === bytes.length && base64url(bytes) === text ? bytes : null;
}
