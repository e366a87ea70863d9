/* Reading and writing the binary frames of the protocol and of the sealed file. */

/**
 * Reads numbers and bytes one after the other; `null` from the first thing that does not fit. What it gives are views of
 * `bytes`: who keeps one keeps all of them, or copies it.
 */
export function createReader(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const take = (count: number): number | null => {
    if (count > bytes.length - at) return null;
    at += count;
    return at - count;
  };
  const number = (size: 1 | 2 | 4 | 8): number | null => {
    const from = take(size);
    if (from === null) return null;
    if (size === 1) return view.getUint8(from);
    if (size === 2) return view.getUint16(from);
    if (size === 4) return view.getUint32(from);
    const wide = view.getBigUint64(from);
    return wide > BigInt(Number.MAX_SAFE_INTEGER) ? null : Number(wide);
  };
  return {
    number,
    bytes: (count: number): Uint8Array | null => {
      const from = take(count);
      return from === null ? null : bytes.subarray(from, from + count);
    },
    isAtEnd: () => at === bytes.length,
  };
}

/** Writes numbers and bytes one after the other into `length` bytes. */
export function createWriter(length: number) {
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  let at = 0;
  return {
    bytes,
    number(size: 1 | 2 | 4 | 8, value: number) {
      if (size === 1) view.setUint8(at, value);
      else if (size === 2) view.setUint16(at, value);
      else if (size === 4) view.setUint32(at, value);
      else view.setBigUint64(at, BigInt(value));
      at += size;
    },
    put(part: Uint8Array) {
      bytes.set(part, at);
      at += part.length;
    },
  };
}

export type FrameReader = ReturnType<typeof createReader>;

/** Bytes after their length, at most `most` of them. */
export function readSized(reader: FrameReader, size: 2 | 4, most: number): Uint8Array | null {
  const length = reader.number(size);
  return length === null || length > most ? null : reader.bytes(length);
}
