export interface ByteRange {
  readonly from: number;
  /** Included. */
  readonly to: number;
}

/**
 * Reads `Range: bytes=…` of something that has `size` bytes. `null` stands for all of it, also when the header is of
 * another kind or asks for several ranges, as RFC 9110 allows; 'OutOfRange' when it begins behind the end.
 */
export function readByteRange(header: string | undefined, size: number): ByteRange | null | 'OutOfRange' {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return null;
  if (first === '') {
    return Number(last) === 0 || size === 0
      ? 'OutOfRange'
      : { from: Math.max(0, size - Number(last)), to: size - 1 };
  }
  const from = Number(first);
  if (last !== '' && Number(last) < from) return null;
  if (from >= size) return 'OutOfRange';
  return { from, to: last === '' ? size - 1 : Math.min(Number(last), size - 1) };
}
