import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { BlobStore } from './blobStore.ts';
import { bytes, id } from './conformance/builders.ts';
import { createS3Blobs } from './s3.ts';
import { BusyError } from './store.ts';

/* How it deals with a store in trouble; that it speaks S3 is shown on a real one (s3.engines.test.ts). */

let close = (): void => {};
afterEach(() => close());

async function blobsAt(listener: RequestListener): Promise<BlobStore> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  close = () => {
    server.closeAllConnections();
    server.close();
  };
  const { port } = server.address() as AddressInfo;
  return createS3Blobs({
    endpoint: `http://127.0.0.1:${port}/`,
    bucket: 'photos',
    region: 'test-region',
    accessKeyId: 'mitra',
    secretAccessKey: 'secret',
    patience: 300,
  });
}

test('is busy when the store says nothing', async () => {
  const blobs = await blobsAt(() => {});
  await expect(blobs.get(id(), id())).rejects.toThrow(BusyError);
  await expect(blobs.put(id(), id(), bytes(10))).rejects.toThrow(BusyError);
});

test('is busy when the store stops in the middle', async () => {
  const blobs = await blobsAt((_, answer) => {
    answer.writeHead(200, { 'Content-Length': '1000' }).write('half');
    setTimeout(() => answer.destroy(), 20);
  });
  await expect(blobs.get(id(), id())).rejects.toThrow(BusyError);
});

test('asks again when the store is overloaded, and then gives up', async () => {
  let asked = 0;
  const blobs = await blobsAt((_, answer) => {
    asked += 1;
    answer.writeHead(asked < 3 ? 503 : 200).end('photo');
  });
  expect(await blobs.get(id(), id())).toEqual(new Uint8Array(Buffer.from('photo')));
  expect(asked).toBe(3);
  asked = -100;
  await expect(blobs.get(id(), id())).rejects.toThrow('503');
  expect(asked).toBe(-97);
});

test.each([
  ['<Error><Code>NoSuchKey</Code></Error>', null],
  ['<Error><Code>NoSuchBucket</Code></Error>', 'NoSuchBucket'],
  ['<html>There is no such page here</html>', '404'],
  ['', '404'],
])('takes only the word of the store for a photo that is not there: %s', async (body, trouble) => {
  const blobs = await blobsAt((_, answer) => answer.writeHead(404).end(body));
  const asked = [blobs.get(id(), id()), blobs.delete(id(), id())];
  const answers = await Promise.allSettled(asked);
  expect(answers.map(({ status }) => status)).toEqual(
    Array(2).fill(trouble === null ? 'fulfilled' : 'rejected'),
  );
  for (const answer of answers) {
    if (answer.status === 'rejected') expect(answer.reason).toBeInstanceOf(BusyError);
    if (answer.status === 'rejected') expect(String(answer.reason)).toContain(trouble);
  }
});

test('cuts out the part itself when the store knows no parts', async () => {
  const blobs = await blobsAt((_, answer) => answer.writeHead(200).end('0123456789'));
  expect(await blobs.get(id(), id(), { from: 2, to: 4 })).toEqual(new Uint8Array(Buffer.from('234')));
});

test('says nothing of what it asked for when it is refused', async () => {
  const blobs = await blobsAt((_, answer) => answer.writeHead(403).end());
  const aid = id();
  const error = await blobs.deleteAccount(aid, 10).catch((caught: Error) => caught);
  expect(error).toEqual(new BusyError('The store of photos answered 403.'));
});
