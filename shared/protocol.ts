import * as v from 'valibot';
import { createReader, createWriter, readSized } from './frames.ts';

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

/** The HTTP status of every refusal. */
export const STATUS_OF = {
  BadRequest: 400,
  NotAuthorised: 401,
  NotAllowed: 403,
  NotFound: 404,
  AlreadyExists: 409,
  Gone: 410,
  LengthRequired: 411,
  HeadMoved: 412,
  TooLarge: 413,
  OutOfRange: 416,
  Malformed: 422,
  HeadRequired: 428,
  TooManyRequests: 429,
  Busy: 503,
  QuotaExceeded: 507,
} as const;

export type ErrorType = keyof typeof STATUS_OF;
export const ERROR_TYPES = Object.keys(STATUS_OF) as ErrorType[];

/** What is full, in an answer 507. */
export const QUOTAS = ['records', 'bytes', 'blobs', 'blobBytes', 'firstDay'] as const;

/** Versions of a ring and epochs are sealed as a u32 (docs/sync-design.md §3). */
export const MOST_U32 = 0xffff_ffff;

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
  ringVersion: v.pipe(count, v.minValue(1), v.maxValue(MOST_U32)),
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
