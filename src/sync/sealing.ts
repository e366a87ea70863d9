import * as v from 'valibot';
import { concat, fromHex, isSame, readU32, toHex, u32, u64 } from '#crypto/bytes.ts';
import { headOf, open, type RandomBytes, seal, tagOf } from '#crypto/envelope.ts';
import {
  type AccountKeys,
  accountKeys,
  contributionOf,
  type EpochKeys,
  epochKeys,
  ridOf,
} from '#crypto/keys.ts';
import type { Photo } from '#data/database.ts';
import { decodeRecord, encodeRecord } from '#data/encoding.ts';
import { isFieldOf } from '#data/fieldTypes.ts';
import type { RecordName } from '#data/records.ts';
import type { RecordState } from '#data/recordState.ts';
import type { ReceivedRecord } from '#data/replica.ts';
import type { StoredRing } from '#data/syncTables.ts';
import { base64url, fromBase64url } from '#lib/id.ts';
import type { RecordFrame } from '#shared/protocol.ts';
import { newestEpoch, parseJson } from './ring.ts';

/* Entries, manifests and photos as sealed bytes and back (docs/sync-design.md §3 to §5). Nothing here throws on bad bytes. */

/** All keys that follow from a ring, worked out once. */
export interface Keys {
  readonly aid: Uint8Array;
  readonly account: AccountKeys;
  /** The newest epoch. */
  readonly epoch: number;
  readonly ofEpoch: (epoch: number) => EpochKeys | null;
}

export function keysOf(ring: StoredRing): Keys {
  const known = new Map<number, EpochKeys>();
  const ofEpoch = (epoch: number): EpochKeys | null => {
    const key = ring.epochs.find(([number]) => number === epoch)?.[1];
    if (key === undefined) return null;
    const keys = known.get(epoch) ?? epochKeys(key);
    known.set(epoch, keys);
    return keys;
  };
  return { aid: ring.aid, account: accountKeys(ring.acc), epoch: newestEpoch(ring)[0], ofEpoch };
}

/** Seals with the newest epoch; `null` when it is larger than an envelope of this kind may be. */
function sealAs(
  keys: Keys,
  kind: keyof EpochKeys,
  content: Uint8Array,
  binding: Uint8Array,
  randomBytes: RandomBytes,
): Uint8Array<ArrayBuffer> | null {
  const key = keys.ofEpoch(keys.epoch)?.[kind];
  if (key === undefined) throw new Error('The newest epoch has no key.');
  return seal(content, { kind, key, epoch: keys.epoch, binding }, randomBytes);
}

/** Opens with the key of the epoch that the envelope names; `null` when that is unknown or it is not authentic. */
function openAs(
  keys: Keys,
  kind: keyof EpochKeys,
  env: Uint8Array,
  binding: Uint8Array,
): { readonly epoch: number; readonly content: Uint8Array<ArrayBuffer> } | null {
  const epoch = headOf(env)?.epoch;
  const key = epoch === undefined ? undefined : keys.ofEpoch(epoch)?.[kind];
  if (epoch === undefined || key === undefined) return null;
  const content = open(env, { kind, key, epoch, binding });
  return content && { epoch, content };
}

/** The name of a record on the server, as bytes. */
export function recordId(keys: Keys, name: RecordName): Uint8Array<ArrayBuffer> {
  return ridOf(keys.account, name.collection, name.id);
}

export interface SealedRecord {
  readonly rid: Uint8Array;
  readonly env: Uint8Array;
  readonly contribution: Uint8Array;
}

/** Seals a record for the place `seq`; `null` when it is larger than a record may be. */
export function sealRecord(
  keys: Keys,
  name: RecordName,
  state: RecordState,
  seq: number,
  randomBytes: RandomBytes,
): SealedRecord | null {
  const rid = recordId(keys, name);
  const content = new TextEncoder().encode(JSON.stringify(encodeRecord(name, state)));
  const env = sealAs(keys, 'rec', content, concat(keys.aid, rid, u64(seq)), randomBytes);
  return env && { rid, env, contribution: contributionOf(keys.account, rid, seq, tagOf(env)) };
}

/** Opens one record of a pull as far as it can be opened. */
export function openFrame(keys: Keys, { rid, seq, env }: RecordFrame): ReceivedRecord {
  const place = { rid: base64url(rid), seq };
  if (env.length === 0) return { ...place, kind: 'Forgotten' };
  const contribution = contributionOf(keys.account, rid, seq, tagOf(env));
  // A copy: what is kept as it came must not keep the page it came in.
  const asItCame = (kind: 'NotUnderstood' | 'NotAuthentic') => ({
    ...place,
    kind,
    contribution,
    env: env.slice(),
  });
  if ((headOf(env)?.version ?? 0) > 1) return asItCame('NotUnderstood');
  const opened = openAs(keys, 'rec', env, concat(keys.aid, rid, u64(seq)));
  if (opened === null) return asItCame('NotAuthentic');
  const record = decodeRecord(parseJson(opened.content));
  const fits =
    record !== null &&
    isSame(recordId(keys, record), rid) &&
    Object.entries(record.state.f).every(([field, cells]) =>
      cells.every((cell) => isFieldOf(record.collection, field, cell.v)),
    );
  return fits ? { ...place, kind: 'Record', contribution, record } : asItCame('NotUnderstood');
}

/** Whether the epoch of any of these is unknown: then the ring has to be fetched again first. */
export function hasUnknownEpoch(keys: Keys, envs: readonly Uint8Array[]): boolean {
  return envs.some((env) => {
    const head = env.length > 0 ? headOf(env) : null;
    return head?.version === 1 && keys.ofEpoch(head.epoch) === null;
  });
}

/** What the last phone to write says about all records (docs/sync-design.md §5). Times in ms. */
export interface Manifest {
  readonly head: number;
  readonly count: number;
  readonly x: Uint8Array;
  readonly ep: number;
  readonly at: number;
  readonly live: number;
}

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const MANIFEST = v.object({ head: count, count, x: v.string(), ep: count, at: count, live: count });

export function sealManifest(
  keys: Keys,
  manifest: Omit<Manifest, 'ep'>,
  randomBytes: RandomBytes,
): Uint8Array<ArrayBuffer> {
  const { head, count: all, x, at, live } = manifest;
  const content = JSON.stringify({ head, count: all, x: toHex(x), ep: keys.epoch, at, live });
  const bytes = new TextEncoder().encode(content);
  const sealed = sealAs(keys, 'man', bytes, concat(keys.aid, u64(head)), randomBytes);
  if (sealed === null) throw new RangeError('The manifest is too large.');
  return sealed;
}

/** Opens the manifest of `head`; `null` when it is not authentic, for another head, or of an unknown epoch. */
export function openManifest(keys: Keys, env: Uint8Array, head: number): Manifest | null {
  const opened = openAs(keys, 'man', env, concat(keys.aid, u64(head)));
  const parsed = v.safeParse(MANIFEST, opened && parseJson(opened.content));
  const x = parsed.success ? fromHex(parsed.output.x, 32) : null;
  return parsed.success && x && parsed.output.head === head && parsed.output.ep === opened?.epoch
    ? { ...parsed.output, x }
    : null;
}

const PHOTO = v.object({
  type: v.picklist(['image/jpeg', 'image/png', 'image/webp']),
  width: count,
  height: count,
  takenAt: v.pipe(v.number(), v.finite()),
});

/** Seals a photo: what it is as JSON after its length, then its bytes. `null` for one whose name is not of this app. */
export function sealPhoto(
  keys: Keys,
  photo: Photo,
  randomBytes: RandomBytes,
): Uint8Array<ArrayBuffer> | null {
  const bid = fromBase64url(photo.id);
  if (bid?.length !== 16) return null;
  const { type, width, height, takenAt } = photo;
  const about = new TextEncoder().encode(JSON.stringify({ type, width, height, takenAt }));
  const content = concat(u32(about.length), about, photo.bytes);
  return sealAs(keys, 'blob', content, concat(keys.aid, bid), randomBytes);
}

/** Opens a photo; `null` when it is not authentic or nothing this app can show. */
export function openPhoto(keys: Keys, id: string, env: Uint8Array): Photo | null {
  const bid = fromBase64url(id);
  const content = bid && openAs(keys, 'blob', env, concat(keys.aid, bid))?.content;
  if (!content || content.length < 4) return null;
  const length = readU32(content);
  if (length > content.length - 4) return null;
  const about = v.safeParse(PHOTO, parseJson(content.subarray(4, 4 + length)));
  return about.success ? { id, ...about.output, bytes: content.slice(4 + length) } : null;
}
