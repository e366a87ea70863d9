/** Bytes as they stand in JSON and in addresses: base64url without padding. */
export function bytesToText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url');
}

/** `null` unless the text is exactly what `bytesToText` writes: every id has one spelling. */
export function textToBytes(text: string): Uint8Array | null {
  const bytes = new Uint8Array(Buffer.from(text, 'base64url'));
  return bytesToText(bytes) === text ? bytes : null;
}
