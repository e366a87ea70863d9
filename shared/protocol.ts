import * as v from 'valibot';

/*
 * The messages of /v1 that app and server both parse (docs/sync-design.md §7). Everything in them that says
 * something about a worker is sealed; here are only lengths, names that mean nothing, and numbers.
 */

/** One place for every limit; the server refuses what is more, the app never sends it. Bytes unless said. */
export const LIMITS = {
  env: 65_581,
  manifest: 4141,
  ring: 16_429,
  pushRecords: 200,
  pushBytes: 1024 * 1024,
  pullRecords: 1000,
  pullBytes: 1024 * 1024,
  records: 20_000,
  bytes: 32 * 1024 * 1024,
  blobs: 300,
  blob: 2 * 1024 * 1024,
  blobBytes: 100 * 1024 * 1024,
  firstDay: 60 * 1024 * 1024,
  credentials: 5,
  requestsPerMinute: 120,
  burst: 240,
  failedLoginsPerMinute: 20,
  newAccountsPerHour: 60,
} as const;

export const ERROR_TYPES = [
  'BadRequest',
  'NotAuthorised',
  'NotAllowed',
  'NotFound',
  'AlreadyExists',
  'Gone',
  'LengthRequired',
  'HeadMoved',
  'TooLarge',
  'OutOfRange',
  'Malformed',
  'HeadRequired',
  'TooManyRequests',
  'QuotaExceeded',
  'Busy',
] as const;

export type ErrorType = (typeof ERROR_TYPES)[number];

/** What is full, in an answer 507. */
export const QUOTAS = ['records', 'bytes', 'blobs', 'blobBytes', 'firstDay'] as const;

/** A ring is bound to its version as a u32 (docs/sync-design.md §3). */
const MOST_RING_VERSIONS = 0xffff_ffff;

export const ID_BYTES = 16;
export const HASH_BYTES = 32;

/** A record as the server keeps it; an empty `env` says that it was forgotten there. */
export interface RecordFrame {
  readonly rid: Uint8Array;
  readonly seq: number;
  readonly env: Uint8Array;
}

export interface PullPage {
  readonly head: number;
  /** Only in the page that reaches `head`. */
  readonly manifest: Uint8Array | null;
  readonly records: readonly RecordFrame[];
}

export interface PushBody {
  readonly manifest: Uint8Array;
  readonly records: readonly { readonly rid: Uint8Array; readonly env: Uint8Array }[];
}

const FRAME_VERSION = 1;

/** Reads numbers and bytes one after the other; `null` from the first thing that does not fit. */
function createReader(bytes: Uint8Array) {
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
      return from === null ? null : bytes.slice(from, from + count);
    },
    isAtEnd: () => at === bytes.length,
  };
}

function createWriter(length: number) {
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

const sum = (parts: readonly { env: Uint8Array }[], head: number): number =>
  parts.reduce((total, { env }) => total + head + env.length, 0);

/** `u8 1 | u64 head | u16 m | manifest | u16 n | n × (rid | u64 seq | u32 length | env)` */
export function encodePullPage({ head, manifest, records }: PullPage): Uint8Array<ArrayBuffer> {
  const sealed = manifest ?? new Uint8Array(0);
  const writer = createWriter(1 + 8 + 2 + sealed.length + 2 + sum(records, ID_BYTES + 8 + 4));
  writer.number(1, FRAME_VERSION);
  writer.number(8, head);
  writer.number(2, sealed.length);
  writer.put(sealed);
  writer.number(2, records.length);
  for (const { rid, seq, env } of records) {
    writer.put(rid);
    writer.number(8, seq);
    writer.number(4, env.length);
    writer.put(env);
  }
  return writer.bytes;
}

/** Reads a page; `null` when anything does not fit: a length, a number, bytes left over. Never throws. */
export function decodePullPage(bytes: Uint8Array): PullPage | null {
  const reader = createReader(bytes);
  if (reader.number(1) !== FRAME_VERSION) return null;
  const head = reader.number(8);
  const manifest = readSized(reader, 2, LIMITS.manifest);
  const count = reader.number(2);
  if (head === null || manifest === null || count === null || count > LIMITS.pullRecords) return null;
  const records: RecordFrame[] = [];
  for (let index = 0; index < count; index++) {
    const rid = reader.bytes(ID_BYTES);
    const seq = reader.number(8);
    const env = readSized(reader, 4, LIMITS.env);
    if (rid === null || seq === null || env === null) return null;
    records.push({ rid, seq, env });
  }
  return reader.isAtEnd() ? { head, manifest: manifest.length > 0 ? manifest : null, records } : null;
}

/** `u8 1 | u16 m | manifest | u16 n | n × (rid | u32 length | env)` */
export function encodePushBody({ manifest, records }: PushBody): Uint8Array<ArrayBuffer> {
  const writer = createWriter(1 + 2 + manifest.length + 2 + sum(records, ID_BYTES + 4));
  writer.number(1, FRAME_VERSION);
  writer.number(2, manifest.length);
  writer.put(manifest);
  writer.number(2, records.length);
  for (const { rid, env } of records) {
    writer.put(rid);
    writer.number(4, env.length);
    writer.put(env);
  }
  return writer.bytes;
}

/** Reads a push; `null` when anything does not fit, the manifest is missing, or a record stands in it twice. Never throws. */
export function decodePushBody(bytes: Uint8Array): PushBody | null {
  const reader = createReader(bytes);
  if (reader.number(1) !== FRAME_VERSION) return null;
  const manifest = readSized(reader, 2, LIMITS.manifest);
  const count = reader.number(2);
  if (manifest === null || manifest.length === 0 || count === null || count > LIMITS.pushRecords) return null;
  const records: { rid: Uint8Array; env: Uint8Array }[] = [];
  const seen = new Set<string>();
  for (let index = 0; index < count; index++) {
    const rid = reader.bytes(ID_BYTES);
    const env = readSized(reader, 4, LIMITS.env);
    if (rid === null || env === null) return null;
    seen.add(rid.join());
    records.push({ rid, env });
  }
  return reader.isAtEnd() && seen.size === count ? { manifest, records } : null;
}

function readSized(reader: ReturnType<typeof createReader>, size: 2 | 4, most: number): Uint8Array | null {
  const length = reader.number(size);
  return length === null || length > most ? null : reader.bytes(length);
}

/** Bytes in JSON and in addresses: base64url without padding, exactly as long as `length` bytes need. */
const sealedText = (most: number) =>
  v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]+$/), v.maxLength(Math.ceil((most * 4) / 3)));
const bytesText = (length: number) =>
  v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]+$/), v.length(Math.ceil((length * 4) / 3)));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

export const ID_TEXT = bytesText(ID_BYTES);
const role = v.picklist(['owner', 'reader']);

export const NEW_ACCOUNT = v.strictObject({
  aid: ID_TEXT,
  cid: ID_TEXT,
  authHash: bytesText(HASH_BYTES),
  ring: sealedText(LIMITS.ring),
  enrol: v.optional(v.pipe(v.string(), v.maxLength(200))),
});

export const ACCOUNT = v.object({
  ring: sealedText(LIMITS.ring),
  ringVersion: count,
  head: count,
  manifest: v.nullable(sealedText(LIMITS.manifest)),
  used: v.object({ records: count, bytes: count, blobs: count, blobBytes: count }),
  limits: v.object({ records: count, bytes: count, blobs: count, blobBytes: count, firstDay: count }),
});

export const HEAD_ANSWER = v.object({ head: count });

export const BLOB_LIST = v.array(v.object({ bid: ID_TEXT, size: count }));

/** Without `authHash` the code keeps its token: an owner who seals another ring again does not know it. */
export const CREDENTIAL = v.strictObject({
  authHash: v.optional(bytesText(HASH_BYTES)),
  role,
  ring: sealedText(LIMITS.ring),
  ringVersion: v.pipe(count, v.minValue(1), v.maxValue(MOST_RING_VERSIONS)),
});

export const CREDENTIAL_LIST = v.array(
  v.object({ cid: ID_TEXT, role, ring: sealedText(LIMITS.ring), ringVersion: count }),
);

export const ERROR_ANSWER = v.object({
  error: v.picklist(ERROR_TYPES),
  head: v.optional(count),
  which: v.optional(v.picklist(QUOTAS)),
  limit: v.optional(count),
  used: v.optional(count),
});
