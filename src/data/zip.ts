import { Inflate } from 'fflate';

// Own reader: fflate's `unzipSync` (0.8.3) neither stops an entry that inflates beyond its declared size nor
// checks the sums, and on a plain http address, without crypto.subtle, the sum is all that shows damage.

/** One file of a ZIP, not unpacked yet. */
export interface ZipEntry {
  readonly name: string;
  /** Size once unpacked, as the ZIP says; `readZipEntry` holds it to that. */
  readonly size: number;
  readonly packed: Uint8Array<ArrayBuffer>;
  readonly method: number;
  readonly crc: number;
}

const END_SIZE = 22;
const MAX_COMMENT = 0xffff;
const MAX_ENTRIES = 5000;
const STORED = 0;
const DEFLATED = 8;
// 4 KiB become at most 4 MiB: that much of a bomb is unpacked before it is noticed.
const CHUNK = 4096;

/** Yes when the bytes begin like a ZIP. */
export function looksLikeZip(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && viewOf(bytes).getUint32(0, true) === 0x04034b50;
}

/** The files of a ZIP by name, nothing unpacked. `null`, never throws, when it is damaged or of another kind. */
export function listZip(bytes: Uint8Array<ArrayBuffer>): ReadonlyMap<string, ZipEntry> | null {
  try {
    return readDirectory(bytes);
  } catch {
    // An offset outside the file.
    return null;
  }
}

/** The content of one file. `null`, never throws, when size or sum are not what the ZIP says. */
export function readZipEntry(entry: ZipEntry): Uint8Array<ArrayBuffer> | null {
  const bytes = entry.method === STORED ? entry.packed : inflate(entry.packed, entry.size);
  return bytes !== null && bytes.length === entry.size && crc32(bytes) === entry.crc ? bytes : null;
}

function readDirectory(bytes: Uint8Array<ArrayBuffer>): Map<string, ZipEntry> | null {
  const view = viewOf(bytes);
  const end = findEnd(view);
  const count = end === null ? 0 : view.getUint16(end + 10, true);
  if (end === null || count > MAX_ENTRIES) {
    return null;
  }
  const entries = new Map<string, ZipEntry>();
  let at = view.getUint32(end + 16, true);
  for (let i = 0; i < count; i += 1) {
    const entry = readHeader(bytes, view, at);
    if (entry === null || entries.has(entry.name)) {
      return null;
    }
    entries.set(entry.name, entry);
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

function findEnd(view: DataView): number | null {
  const first = Math.max(0, view.byteLength - END_SIZE - MAX_COMMENT);
  for (let at = view.byteLength - END_SIZE; at >= first; at -= 1) {
    if (view.getUint32(at, true) === 0x06054b50) {
      return at;
    }
  }
  return null;
}

function readHeader(bytes: Uint8Array<ArrayBuffer>, view: DataView, at: number): ZipEntry | null {
  const method = view.getUint16(at + 10, true);
  const isEncrypted = (view.getUint16(at + 8, true) & 1) === 1;
  if (view.getUint32(at, true) !== 0x02014b50 || isEncrypted) {
    return null;
  }
  if (method !== STORED && method !== DEFLATED) {
    return null;
  }
  const packedSize = view.getUint32(at + 20, true);
  const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + view.getUint16(at + 28, true)));
  const local = view.getUint32(at + 42, true);
  if (view.getUint32(local, true) !== 0x04034b50) {
    return null;
  }
  const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  if (start + packedSize > bytes.length) {
    return null;
  }
  return {
    name,
    size: view.getUint32(at + 24, true),
    packed: bytes.subarray(start, start + packedSize),
    method,
    crc: view.getUint32(at + 16, true),
  };
}

/** Unpacks in small steps, so that a bomb is dropped soon after the first byte too many. */
function inflate(packed: Uint8Array, size: number): Uint8Array<ArrayBuffer> | null {
  try {
    const bytes = new Uint8Array(size);
    let filled = 0;
    const stream = new Inflate((chunk) => {
      // Throws when it does not fit.
      bytes.set(chunk, filled);
      filled += chunk.length;
    });
    for (let at = 0; at < packed.length; at += CHUNK) {
      stream.push(packed.subarray(at, at + CHUNK), at + CHUNK >= packed.length);
    }
    return filled === size ? bytes : null;
  } catch {
    return null;
  }
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc = (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  }
  return ~crc >>> 0;
}

const CRC_TABLE = Int32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) {
    value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return value;
});

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
