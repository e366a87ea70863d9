import { expect, test } from 'vitest';
import { decodeRecord } from '#data/encoding.ts';
import { credentialOf } from '#crypto/keys.ts';
import { decodePullPage, decodePushBody, encodePullPage } from '#shared/protocol.ts';
import { newRing } from '#sync/newCopy.ts';
import { openRing, parseJson, sealRing } from '#sync/ring.ts';
import {
  keysOf,
  openFrame,
  openManifest,
  openPhoto,
  sealManifest,
  sealPhoto,
  sealRecord,
} from '#sync/sealing.ts';
import { randomBytes } from '#tests/data/phone.ts';
import { aPhoto } from '#tests/support/builders.ts';
import { countOf } from './quick.ts';
import { drawFrom } from '#tests/support/random.ts';

/* Bytes of chance in the place of everything that a server sends: refused, never thrown at the worker, never large. */

test('pages, entries, manifests, rings and photos of chance are refused', { timeout: 3_600_000 }, () => {
  const credential = credentialOf(randomBytes(32));
  const ring = newRing(credential, randomBytes);
  const keys = keysOf(ring);
  const state = { vv: { AAAAAAAA: 1 }, f: { name: [{ d: 'AAAAAAAA', n: 1, t: 5, v: 'Maly' }] } };
  const record = sealRecord(keys, { collection: 'contacts', id: 'c1' }, state, 7, randomBytes);
  const photo = { id: Buffer.from(randomBytes(16)).toString('base64url'), ...aPhoto() };
  const sealedPhoto = sealPhoto(keys, photo, randomBytes);
  if (record === null || sealedPhoto === null) throw new Error('Too large');
  const frame = { rid: record.rid, seq: 7, env: record.env };
  const manifest = sealManifest(keys, { head: 7, count: 1, x: randomBytes(32), at: 0, live: 1 }, randomBytes);
  const sealedRing = sealRing(ring, { ...credential, role: 'owner' }, 1, randomBytes);
  const page = encodePullPage({ head: 7, manifest, records: [frame] });
  expect(openFrame(keys, frame).kind).toBe('Record');
  expect(openManifest(keys, manifest, 7)).not.toBeNull();
  expect(openPhoto(keys, photo.id, sealedPhoto)?.bytes).toEqual(photo.bytes);
  expect(openRing(sealedRing, credential, 1)).toMatchObject({ role: 'owner' });

  const draw = drawFrom(17);
  const alter = (bytes: Uint8Array): Uint8Array => {
    const kind = draw(4);
    if (kind === 0) return randomBytes(draw(bytes.length + 50));
    if (kind === 1) return bytes.slice(0, draw(bytes.length));
    const altered = bytes.slice();
    const at = draw(bytes.length);
    altered[at] = (altered[at] ?? 0) ^ (1 + draw(255));
    // The numbers at the beginning are lengths: now they promise gigabytes.
    if (kind === 3) altered.fill(0xff, draw(12), 12 + draw(8));
    return altered;
  };
  const count = countOf(4000, 1_000_000);
  const start = process.memoryUsage().rss;
  let most = 0;
  let opened = 0;
  for (let round = 0; round < count; round++) {
    const env = alter(record.env);
    if (openFrame(keys, { rid: frame.rid, seq: frame.seq, env }).kind === 'Record') opened += 1;
    if (openManifest(keys, alter(manifest), 7)) opened += 1;
    if (openRing(alter(sealedRing), credential, 1)) opened += 1;
    if (openPhoto(keys, photo.id, alter(sealedPhoto))) opened += 1;
    const pulled = decodePullPage(alter(page));
    for (const one of pulled?.records ?? []) openFrame(keys, one);
    decodePushBody(alter(page));
    decodeRecord(parseJson(randomBytes(draw(60))));
    if (round % 1000 === 0) most = Math.max(most, process.memoryUsage().rss - start);
  }
  console.log(`${count} rounds of altered bytes, ${Math.round(most / 2 ** 20)} MiB more`);
  expect(opened).toBe(0);
  expect(most).toBeLessThan(64 * 2 ** 20);
});
