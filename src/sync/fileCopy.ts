import { ascii, isSame, u16, u32, xorInto } from '#crypto/bytes.ts';
import type { Database, Photo } from '#data/database.ts';
import type { DecodedRecord } from '#data/encoding.ts';
import { mergeBackup } from '#data/mergeBackup.ts';
import { getPhoto, namedValues } from '#data/photos.ts';
import { isEmpty } from '#data/recordState.ts';
import { toStorageError } from '#data/storageError.ts';
import { dayOf } from '#lib/day.ts';
import { base64url, fromBase64url } from '#lib/id.ts';
import { err, ok, type Result } from '#lib/result.ts';
import { createReader, type FrameReader, readSized } from '#shared/frames.ts';
import { decodePullPage, encodePullPage, ID_BYTES, LIMITS, type RecordFrame } from '#shared/protocol.ts';
import type { SealedFile, SealedFileError, SealedImport } from './client.ts';
import { drawCode, newRing, openCode } from './newCopy.ts';
import { openRing, sealRing } from './ring.ts';
import {
  type Keys,
  keysOf,
  openFrame,
  openManifest,
  openPhoto,
  sealManifest,
  sealPhoto,
  sealRecord,
} from './sealing.ts';

/*
 * The sealed copy as a file (docs/sync-design.md §11): `MITRA1`, the ring of a fresh code, the records as pages of a pull
 * (each after its u32 length), and the photos. It opens with its code alone and is merged like everything else.
 */

const MAGIC = ascii('MITRA1');
const MAX_BYTES = 150 * 1024 * 1024;
const RING_VERSION = 1;

const NOT_OURS = err({ type: 'NotOurs' } as const);
const DAMAGED = err({ type: 'FileDamaged' } as const);
const TOO_NEW = err({ type: 'TooNew' } as const);

/** Seals everything into one file and gives the code that opens it. Changes nothing on the phone. */
export async function exportSealed(
  db: Database,
  onProgress: (done: number, total: number) => void,
): Promise<Result<SealedFile, SealedFileError>> {
  const { randomBytes } = db;
  const code = await drawCode(randomBytes);
  if (code === null) return err({ type: 'NotSecure' });
  try {
    const ring = newRing(code.credential, randomBytes);
    const keys = keysOf(ring);
    const { cid, wrap } = code.credential;
    const sealedRing = sealRing(ring, { cid, wrap, role: 'owner' }, RING_VERSION, randomBytes);
    const { pages, entries, tooLarge, photoIds } = await sealRecords(db, keys);
    const parts: Uint8Array[] = [MAGIC, u16(sealedRing.length), sealedRing, u16(pages.length)];
    for (const page of pages) parts.push(u32(page.length), page);
    const blobs = [new Blob(parts as BlobPart[])];
    const sealedPhotos: Blob[] = [];
    let leftOut = tooLarge;
    for (const [index, id] of photoIds.entries()) {
      // One at a time: all of them together do not fit into the memory of a small phone.
      const photo = await getPhoto(db, id);
      const env = photo && sealPhoto(keys, photo, randomBytes);
      const bid = fromBase64url(id);
      if (env && bid) sealedPhotos.push(new Blob([bid, u32(env.length), env] as BlobPart[]));
      else if (photo) leftOut += 1;
      onProgress(index + 1, photoIds.length);
    }
    blobs.push(new Blob([u16(sealedPhotos.length)] as BlobPart[]), ...sealedPhotos);
    return ok({
      file: new Blob(blobs, { type: 'application/octet-stream' }),
      name: `mitra-${dayOf(db.now())}.mitra`,
      digits: code.digits,
      entries,
      photos: sealedPhotos.length,
      leftOut,
    });
  } catch (error) {
    return err(toStorageError(error));
  }
}

/** All records as sealed pages, the manifest in the last; it counts what is in them. */
async function sealRecords(db: Database, keys: Keys) {
  const { states, photoIds } = await db.transaction('r', db.tables, async () => {
    const named = await namedValues(db);
    return {
      // What is saved on a server is chosen on each phone anew.
      states: (await db.recordState.toArray()).filter(({ collection }) => collection !== 'choice'),
      photoIds: (await db.photos.toCollection().primaryKeys()).filter((id) => named.has(id)),
    };
  });
  const x = new Uint8Array(32);
  const frames: RecordFrame[] = [];
  let entries = 0;
  let tooLarge = 0;
  for (const state of states) {
    const seq = frames.length + 1;
    const sealed = sealRecord(keys, state, state, seq, db.randomBytes);
    const isEntry = !isEmpty(state);
    if (sealed === null) {
      if (isEntry) tooLarge += 1;
      continue;
    }
    if (isEntry) entries += 1;
    xorInto(x, sealed.contribution);
    frames.push({ rid: sealed.rid, seq, env: sealed.env });
  }
  const head = frames.length;
  const at = Math.max(0, db.now());
  const manifest = sealManifest(keys, { head, count: frames.length, x, at, live: entries }, db.randomBytes);
  const pages: Uint8Array[] = [];
  for (let from = 0; from === 0 || from < frames.length; from += LIMITS.pullRecords) {
    const records = frames.slice(from, from + LIMITS.pullRecords);
    const isLast = from + LIMITS.pullRecords >= frames.length;
    pages.push(encodePullPage({ head, manifest: isLast ? manifest : null, records }));
  }
  return { pages, entries, tooLarge, photoIds };
}

/**
 * Reads a sealed file in. All of it is opened and checked first; then one transaction merges it with what is here, so a
 * refused file, a wrong code or a full phone changes nothing.
 */
export async function importSealed(
  db: Database,
  file: Blob,
  digits: string,
  bringBack: boolean,
): Promise<Result<SealedImport, SealedFileError>> {
  if (file.size > MAX_BYTES) return err({ type: 'TooBig' });
  const bytes = await file.arrayBuffer().then(
    (buffer) => new Uint8Array(buffer),
    () => null,
  );
  if (bytes === null) return DAMAGED;
  const credential = await openCode(digits);
  if (credential === null) return err({ type: 'NotSecure' });
  const content = readSealed(bytes, credential);
  return content.ok ? mergeBackup(db, content.value, bringBack) : content;
}

/** Whether the first bytes are those of a sealed file. */
function looksSealed(start: Uint8Array): boolean {
  return MAGIC.every((byte, index) => start[index] === byte);
}

interface Content {
  readonly records: readonly DecodedRecord[];
  readonly photos: readonly Photo[];
}

function readSealed(
  bytes: Uint8Array,
  credential: { readonly cid: Uint8Array; readonly wrap: Uint8Array },
): Result<Content, SealedFileError> {
  if (!looksSealed(bytes)) {
    // The next version of the format begins with the same letters.
    return toText(bytes.subarray(0, 5)) === 'MITRA' ? TOO_NEW : NOT_OURS;
  }
  const reader = createReader(bytes.subarray(MAGIC.length));
  const sealedRing = readSized(reader, 2, bytes.length);
  if (sealedRing === null) return DAMAGED;
  const ring = openRing(sealedRing, credential, RING_VERSION);
  if (ring === 'TooNew') return TOO_NEW;
  if (ring === null) return err({ type: 'WrongCode' });
  const keys = keysOf(ring);
  const records = readRecords(reader, keys);
  if (!records.ok) return records;
  const photos = readPhotos(reader, keys);
  return photos && reader.isAtEnd() ? ok({ records: records.value, photos }) : DAMAGED;
}

function readRecords(reader: FrameReader, keys: Keys): Result<DecodedRecord[], SealedFileError> {
  const pages: Uint8Array[] = [];
  for (let left = reader.number(2) ?? 0; left > 0; left--) {
    const page = readSized(reader, 4, MAX_BYTES);
    if (page === null) return DAMAGED;
    pages.push(page);
  }
  return openPages(keys, pages);
}

/** `null` when one of them is cut off or does not open. */
function readPhotos(reader: FrameReader, keys: Keys): Photo[] | null {
  const count = reader.number(2);
  const photos: Photo[] = [];
  for (let left = count ?? 0; left > 0; left--) {
    const bid = reader.bytes(ID_BYTES);
    const env = readSized(reader, 4, MAX_BYTES);
    const photo = bid && env && openPhoto(keys, base64url(bid), env);
    if (!photo) return null;
    photos.push(photo);
  }
  return count === null ? null : photos;
}

/** Opens every record and compares them with the manifest: a file that lost a part is refused as a whole. */
function openPages(keys: Keys, pages: readonly Uint8Array[]): Result<DecodedRecord[], SealedFileError> {
  const records: DecodedRecord[] = [];
  const rids = new Set<string>();
  const x = new Uint8Array(32);
  for (const [index, bytes] of pages.entries()) {
    const page = decodePullPage(bytes);
    if (page === null) return DAMAGED;
    for (const frame of page.records) {
      const opened = openFrame(keys, frame);
      if (opened.kind === 'NotUnderstood') return TOO_NEW;
      if (opened.kind !== 'Record' || rids.has(opened.rid)) return DAMAGED;
      rids.add(opened.rid);
      xorInto(x, opened.contribution);
      records.push(opened.record);
    }
    if (index === pages.length - 1) {
      const manifest = page.manifest && openManifest(keys, page.manifest, page.head);
      return manifest && manifest.count === records.length && isSame(manifest.x, x) ? ok(records) : DAMAGED;
    }
  }
  return DAMAGED;
}

function toText(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
