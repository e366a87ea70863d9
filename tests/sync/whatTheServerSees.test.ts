import { expect, test } from 'vitest';
import { padme } from '#crypto/envelope.ts';
import { saveAgency } from '#data/agencies.ts';
import { saveContact } from '#data/contacts.ts';
import { removeContract, saveContract } from '#data/contracts.ts';
import { COLLECTIONS, newId } from '#data/database.ts';
import { addPages } from '#data/pages.ts';
import { readSyncState } from '#data/syncQueries.ts';
import { decodePushBody } from '#shared/protocol.ts';
import { addFamily, replaceCode } from '#sync/codes.ts';
import { valueOf } from '#tests/data/phone.ts';
import { aContact, aContract, anAgency, aPhoto } from '#tests/support/builders.ts';
import { aQuickPhone } from './quick.ts';
import { aWorld, expectDone } from './world.ts';

/* All that ever reaches the server, searched for anything that says something about the worker. */

const SIZES = [
  256, 384, 512, 768, 1024, 1536, 2048, 3072, 4096, 6144, 8192, 12_288, 16_384, 24_576, 32_768, 49_152,
  65_536,
];
/** Version, epoch, nonce and tag. */
const AROUND = 45;

const WORDS = ['Zebra Farm', '+855 00 999 999', 'ឈ្មោះសម្ងាត់', 'Lotus Secret Agency', 'Label of mother'];

test('no word, number, name of a collection or byte of a photo reaches the server, and only padded sizes', async () => {
  const world = await aWorld();
  const phone = await aQuickPhone(world);
  const contract = { id: newId(phone.db), ...aContract({ employer: 'Zebra Farm', note: 'ឈ្មោះសម្ងាត់' }) };
  valueOf(await saveContract(phone.db, contract.id, contract));
  const photos = [aPhoto({ size: 999 }), aPhoto({ seed: 2, size: 54_321 })];
  valueOf(await addPages(phone.db, contract, photos));
  valueOf(await saveAgency(phone.db, newId(phone.db), anAgency({ name: 'Lotus Secret Agency' })));
  valueOf(await saveContact(phone.db, newId(phone.db), aContact({ phone: '+855 00 999 999' })));
  for (const length of [1, 100, 400, 3000, 20_000]) {
    const note = 'ឈ្មោះសម្ងាត់'.repeat(Math.ceil(length / 12));
    valueOf(await saveContract(phone.db, newId(phone.db), aContract({ note })));
  }
  await expectDone(phone);
  valueOf(await addFamily(phone.engine, 'Label of mother'));
  valueOf(await removeContract(phone.db, contract.id));
  await expectDone(phone);
  const { digits } = valueOf(await replaceCode(phone.engine));
  await expectDone(phone);

  const state = await readSyncState(phone.db);
  if (state === null) throw new Error('The phone has no keys');
  const { aid, acc, epochs } = state.ring;
  const secrets = [state.credential.wrap, acc, ...epochs.map(([, key]) => key)];
  const pieces: Uint8Array[] = [
    ...[...WORDS, ...COLLECTIONS, digits, contract.id].flatMap((word) => [
      new TextEncoder().encode(word),
      new TextEncoder().encode(Buffer.from(word).toString('base64url').slice(0, -2)),
    ]),
    ...photos.map(({ bytes }) => bytes.subarray(100, 116)),
    ...secrets.flatMap((key) => [
      key,
      new TextEncoder().encode(Buffer.from(key).toString('hex')),
      new TextEncoder().encode(Buffer.from(key).toString('base64url')),
    ]),
  ];
  const { store, blobs, lines } = world.server;
  const pulled = await store.pull(aid, 0, { records: 1000, bytes: 1e9 });
  if (pulled.type !== 'Page') throw new Error('The copy is gone');
  const credentials = await store.listCredentials(aid);
  const stored = 'type' in credentials ? [] : credentials.map(({ ring }) => ring);
  const list = await store.listBlobs(aid);
  if ('type' in list) throw new Error('The copy is gone');
  const photoBytes = await Promise.all(
    list.map(async ({ bid }) => (await blobs.get(aid, bid)) ?? new Uint8Array()),
  );
  const everything: readonly Uint8Array[] = [
    ...world.bodies,
    ...world.asked.map((request) => new TextEncoder().encode(request)),
    ...lines.map((line) => new TextEncoder().encode(line)),
    ...pulled.page.records.flatMap(({ rid, env }) => [rid, env]),
    ...stored,
    ...photoBytes,
  ];
  expect(everything.length).toBeGreaterThan(20);
  const found = pieces
    .filter((piece) => piece.length > 3)
    .filter((piece) => everything.some((bytes) => Buffer.from(bytes).includes(Buffer.from(piece))))
    .map((piece) => Buffer.from(piece).toString());
  expect(found).toEqual([]);
  // The search itself finds what is there.
  const [body] = world.bodies;
  expect(
    everything.some((bytes) => Buffer.from(bytes).includes(Buffer.from(body?.subarray(5, 20) ?? []))),
  ).toBe(true);

  const envs = pulled.page.records.map(({ env }) => env.length).filter((length) => length > 0);
  const manifests = world.bodies.flatMap((bytes) => {
    const push = decodePushBody(bytes);
    return push ? [push.manifest.length, ...push.records.map(({ env }) => env.length)] : [];
  });
  for (const length of [...envs, ...manifests, ...stored.map(({ length: size }) => size)]) {
    expect(SIZES).toContain(length - AROUND);
  }
  expect(photoBytes).toHaveLength(2);
  for (const { length } of photoBytes) expect(padme(length - AROUND)).toBe(length - AROUND);
});
