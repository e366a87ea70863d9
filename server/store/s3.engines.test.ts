import { request } from 'node:http';
import { AwsClient } from 'aws4fetch';
import { afterEach, describe, expect, inject, test, vi } from 'vitest';
import { describeBlobs } from './conformance/describeBlobs.ts';
import { bytes, id } from './conformance/builders.ts';
import { createS3Blobs, type S3Options } from './s3.ts';
import { BusyError } from './store.ts';

const server = inject('s3');
const reason = 'missing' in server ? ` (not run: ${server.missing})` : '';
const access = server as S3Options;

/** Stands between us and the store: what was asked goes to the real one, with the Host it was signed for. */
async function passOn(asked: Request, change: (body: Buffer) => Buffer = (body) => body): Promise<Response> {
  const { host, pathname, search } = new URL(asked.url);
  const body = change(Buffer.from(await asked.arrayBuffer()));
  const headers = { ...Object.fromEntries(asked.headers), host, 'content-length': String(body.length) };
  return new Promise((resolve, reject) => {
    const passed = request(access.endpoint + pathname + search, { method: asked.method, headers });
    passed.on('error', reject);
    passed.on('response', (answer) => {
      const { statusCode: status = 0 } = answer;
      answer.toArray().then((parts) => {
        resolve(new Response(status === 204 ? null : Buffer.concat(parts), { status }));
      }, reject);
    });
    passed.end(body);
  });
}

afterEach(() => vi.unstubAllGlobals());

describe.skipIf(reason !== '')(`with a real S3 store${reason}`, () => {
  describeBlobs('a bucket', async () => ({
    blobs: createS3Blobs(access),
    broken: createS3Blobs({ ...access, secretAccessKey: 'wrong' }),
    dump: async () => {
      const client = new AwsClient({ ...access, service: 's3' });
      const root = `${access.endpoint}/${access.bucket}`;
      const list = await (await client.fetch(root)).text();
      const parts = [Buffer.from(list)];
      for (const [, name] of list.matchAll(/<Key>([^<]*)<\/Key>/g))
        parts.push(Buffer.from(await (await client.fetch(`${root}/${name}`)).arrayBuffer()));
      return Buffer.concat(parts);
    },
    remove: async () => {},
  }));

  test('finds the bucket by the name of the host too', async () => {
    const hosts: string[] = [];
    vi.stubGlobal('fetch', (asked: Request) => {
      hosts.push(new URL(asked.url).host);
      return passOn(asked);
    });
    const blobs = createS3Blobs({ ...access, endpoint: 'http://s3.test', style: 'host' });
    const [aid, bid, photo] = [id(), id(), bytes(100)];
    await blobs.put(aid, bid, photo);
    expect(await blobs.get(aid, bid, { from: 1, to: 3 })).toEqual(photo.slice(1, 4));
    expect(new Set(hosts)).toEqual(new Set([`${access.bucket}.s3.test`]));
    vi.unstubAllGlobals();
    expect(await createS3Blobs(access).get(aid, bid)).toEqual(photo);
    while (
      !(await blobs.deleteAccount(aid, 10).catch(() => createS3Blobs(access).deleteAccount(aid, 10))).done
    );
  });

  test('does not keep bytes that were changed on the way', async () => {
    const [aid, bid] = [id(), id()];
    vi.stubGlobal('fetch', (asked: Request) =>
      passOn(asked, (body) => {
        if (body.length > 0) body[0] = (body[0] ?? 0) ^ 1;
        return body;
      }),
    );
    await expect(createS3Blobs(access).put(aid, bid, bytes(1000))).rejects.toThrow(BusyError);
    vi.unstubAllGlobals();
    expect(await createS3Blobs(access).get(aid, bid)).toBeNull();
  });

  test('is busy in a bucket that is not there, and says at the start that it is not', async () => {
    const [right, wrong] = [createS3Blobs(access), createS3Blobs({ ...access, bucket: 'misspelt' })];
    const [aid, bid] = [id(), id()];
    await right.checkBucket();
    await right.deleteAccount(aid, 10);
    const asked = [
      () => wrong.checkBucket(),
      () => wrong.get(aid, bid),
      () => wrong.get(aid, bid, { from: 0, to: 1 }),
      () => wrong.delete(aid, bid),
      () => wrong.deleteAccount(aid, 10),
      () => wrong.put(aid, bid, bytes(10)),
    ];
    for (const ask of asked) await expect(ask()).rejects.toThrow(BusyError);
  });

  test('lists more than one page of a large account', async () => {
    const blobs = createS3Blobs(access);
    const aid = id();
    const bids = Array.from({ length: 30 }, id);
    await Promise.all(bids.map((bid) => blobs.put(aid, bid, bytes(10))));
    let pieces = 0;
    for (let done = false; !done; pieces++) ({ done } = await blobs.deleteAccount(aid, 12));
    expect(pieces).toBe(4);
    for (const bid of bids) expect(await blobs.get(aid, bid)).toBeNull();
  });
});
