import { describe, expect, test } from 'vitest';
import * as v from 'valibot';
import { BLOB_LIST, LIMITS } from '#shared/protocol.ts';
import { BusyError } from '#server/store/store.ts';
import { bytesToText, textToBytes } from './base64.ts';
import {
  aPhoto,
  aPush,
  aReader,
  aWorker,
  createTestApi,
  newBytes,
  newId,
  type Phone,
  QUOTAS,
  sha256,
} from './testApi.ts';

const newName = (): string => bytesToText(newId());

async function list(phone: Phone): Promise<v.InferOutput<typeof BLOB_LIST>> {
  return v.parse(BLOB_LIST, await (await phone.ask('/blobs')).json());
}

async function expectRefusal(answer: Response, status: number, body: object): Promise<void> {
  expect(answer.status).toBe(status);
  expect(await answer.json()).toEqual(body);
}

async function bytesOf(answer: Response): Promise<Uint8Array> {
  return new Uint8Array(await answer.arrayBuffer());
}

describe('putting a photo', () => {
  test('answers 201, then 200 for the same bytes and 409 for others', async () => {
    const { request } = await createTestApi();
    const phone = await aWorker(request);
    const bid = newName();
    const photo = newBytes(1069);
    expect((await phone.ask(`/blobs/${bid}`, aPhoto(photo))).status).toBe(201);
    expect((await phone.ask(`/blobs/${bid}`, aPhoto(photo))).status).toBe(200);
    const other = await phone.ask(`/blobs/${bid}`, aPhoto(newBytes(1069)));
    await expectRefusal(other, 409, { error: 'AlreadyExists' });
    expect(await list(phone)).toEqual([{ bid, size: 1069 }]);
    expect(await bytesOf(await phone.ask(`/blobs/${bid}`))).toEqual(photo);
  });

  test('is refused when the bytes are not those of the digest', async () => {
    const { request } = await createTestApi();
    const phone = await aWorker(request);
    const changed = { ...aPhoto(newBytes(500)), body: newBytes(500) };
    await expectRefusal(await phone.ask(`/blobs/${newName()}`, changed), 422, { error: 'Malformed' });
    const empty = aPhoto(newBytes(0));
    await expectRefusal(await phone.ask(`/blobs/${newName()}`, empty), 422, { error: 'Malformed' });
    expect(await list(phone)).toEqual([]);
  });

  test('takes the digest among others, and needs it', async () => {
    const { request } = await createTestApi();
    const phone = await aWorker(request);
    const photo = newBytes(300);
    const digest = Buffer.from(sha256(photo)).toString('base64');
    const put = (value: string) =>
      phone.ask(`/blobs/${newName()}`, { ...aPhoto(photo), headers: { 'Content-Digest': value } });
    expect((await put(`sha-512=:AAAA:, sha-256=:${digest}:`)).status).toBe(201);
    for (const wrong of [
      '',
      `sha-256=${digest}`,
      'sha-256=:AAAA:',
      `md5=:${digest}:`,
      `xsha-256=:${digest}:`,
    ]) {
      await expectRefusal(await put(wrong), 400, { error: 'BadRequest' });
    }
    await expectRefusal(await phone.ask(`/blobs/${newName()}`, { method: 'PUT', body: photo }), 400, {
      error: 'BadRequest',
    });
  });

  test('holds at 2 MiB, and not one byte above it', async () => {
    const { request } = await createTestApi();
    const phone = await aWorker(request);
    const above = await phone.ask(`/blobs/${newName()}`, aPhoto(newBytes(LIMITS.blob + 1)));
    await expectRefusal(above, 413, { error: 'TooLarge' });
    expect((await phone.ask(`/blobs/${newName()}`, aPhoto(newBytes(LIMITS.blob)))).status).toBe(201);
  });

  test('without Content-Length is not read', async () => {
    const { request } = await createTestApi();
    const phone = await aWorker(request);
    const photo = aPhoto(newBytes(10));
    const headers = { ...(photo.headers as object), 'Transfer-Encoding': 'chunked' };
    await expectRefusal(await phone.ask(`/blobs/${newName()}`, { ...photo, headers }), 411, {
      error: 'LengthRequired',
    });
  });

  test.each([
    ['blobs', { blobs: 2 }, 100],
    ['blobBytes', { blobBytes: 2000 }, 1000],
    ['firstDay', { firstDay: 2000 }, 1000],
  ] as const)('into a full account (%s) is answered 507', async (which, quota, size) => {
    const { request } = await createTestApi({ quotas: { ...QUOTAS, ...quota } });
    const phone = await aWorker(request);
    const names = [newName(), newName()];
    for (const bid of names) {
      expect((await phone.ask(`/blobs/${bid}`, aPhoto(newBytes(size)))).status).toBe(201);
    }
    const limit = Object.values(quota)[0];
    const refused = await phone.ask(`/blobs/${newName()}`, aPhoto(newBytes(1)));
    const full = { error: 'QuotaExceeded', which, limit };
    expect(refused.status).toBe(507);
    expect(await refused.json()).toMatchObject(full);
    // Entries go on, and so does everything when a photo is deleted.
    expect((await phone.ask('/records', aPush(0))).status).toBe(200);
    expect((await phone.ask(`/blobs/${names[0]}`, { method: 'DELETE' })).status).toBe(204);
    if (which === 'firstDay') return;
    expect((await phone.ask(`/blobs/${newName()}`, aPhoto(newBytes(size)))).status).toBe(201);
  });

  test('that fails half way counts once, is not listed, and succeeds the next time', async () => {
    let isBroken = true;
    const { request, lines } = await createTestApi({
      changeBlobs: (blobs) => ({
        ...blobs,
        async put(aid, bid, bytes) {
          await blobs.put(aid, bid, bytes);
          if (isBroken) throw new Error('No space left.');
        },
      }),
    });
    const phone = await aWorker(request);
    const bid = newName();
    const photo = aPhoto(newBytes(700));
    await expectRefusal(await phone.ask(`/blobs/${bid}`, photo), 503, { error: 'Busy' });
    expect(lines.some((line) => line.startsWith('Trouble with /blobs/{bid}: Error'))).toBe(true);
    expect(await list(phone)).toEqual([]);
    expect(((await (await phone.ask('/account')).json()) as { used: object }).used).toMatchObject({
      blobs: 1,
      blobBytes: 700,
    });
    isBroken = false;
    expect((await phone.ask(`/blobs/${bid}`, photo)).status).toBe(201);
    expect(((await (await phone.ask('/account')).json()) as { used: object }).used).toMatchObject({
      blobs: 1,
    });
  });

  test('that loses its place to a deletion of the photo is busy, not gone: the phone keeps its keys', async () => {
    let loseItsPlace = async (_aid: Uint8Array, _bid: Uint8Array): Promise<void> => {};
    const { request, store } = await createTestApi({
      changeBlobs: (blobs) => ({
        ...blobs,
        async put(aid, bid, bytes) {
          await blobs.put(aid, bid, bytes);
          await loseItsPlace(aid, bid);
        },
      }),
    });
    const phone = await aWorker(request);
    const bid = newName();
    // As another process of the same server would do.
    loseItsPlace = async (aid, name) => {
      await store.hideBlob(aid, name);
      await store.forgetBlob(aid, name);
    };
    await expectRefusal(await phone.ask(`/blobs/${bid}`, aPhoto(newBytes(70))), 503, { error: 'Busy' });
    loseItsPlace = async () => {};
    expect((await phone.ask(`/blobs/${bid}`, aPhoto(newBytes(70)))).status).toBe(201);
  });
});

describe('getting a photo', () => {
  test('whole or from where it stopped', async () => {
    const { request } = await createTestApi();
    const phone = await aWorker(request);
    const bid = newName();
    const photo = newBytes(1000);
    await phone.ask(`/blobs/${bid}`, aPhoto(photo));
    const get = (range: string) => phone.ask(`/blobs/${bid}`, { headers: { Range: range } });

    const whole = await phone.ask(`/blobs/${bid}`);
    expect(whole.status).toBe(200);
    expect(whole.headers.get('Accept-Ranges')).toBe('bytes');
    expect(whole.headers.get('Content-Type')).toBe('application/octet-stream');
    expect(await bytesOf(whole)).toEqual(photo);

    for (const [range, from, to] of [
      ['bytes=0-0', 0, 0],
      ['bytes=10-19', 10, 19],
      ['bytes=990-', 990, 999],
      ['bytes=-10', 990, 999],
      ['bytes=-5000', 0, 999],
      ['bytes=500-5000', 500, 999],
    ] as const) {
      const part = await get(range);
      expect(part.status, range).toBe(206);
      expect(part.headers.get('Content-Range'), range).toBe(`bytes ${from}-${to}/1000`);
      expect(await bytesOf(part), range).toEqual(photo.slice(from, to + 1));
    }
    for (const ignored of ['bytes=5-2', 'bytes=-', 'bytes=0-1,5-6', 'lines=1-2', 'bytes=a-b']) {
      expect((await get(ignored)).status, ignored).toBe(200);
    }
    for (const behind of ['bytes=1000-', 'bytes=5000-6000', 'bytes=-0']) {
      const refused = await get(behind);
      expect(refused.headers.get('Content-Range'), behind).toBe('bytes */1000');
      await expectRefusal(refused, 416, { error: 'OutOfRange' });
    }
  });

  test('that is not there, is not ready, or is somebody else’s is answered 404', async () => {
    const { request, store, dependencies } = await createTestApi();
    const [phone, other] = [await aWorker(request), await aWorker(request)];
    const theirs = newName();
    await other.ask(`/blobs/${theirs}`, aPhoto(newBytes(50)));
    const unfinished = newId();
    await store.reserveBlob(
      phone,
      { bid: unfinished, size: 5, digest: newBytes(32) },
      20_000,
      dependencies.quotas,
    );
    for (const bid of [theirs, newName(), bytesToText(unfinished)]) {
      await expectRefusal(await phone.ask(`/blobs/${bid}`), 404, { error: 'NotFound' });
    }
    expect(await list(phone)).toEqual([]);
  });

  test('whose bytes the operator lost is forgotten, so that a phone sends it again', async () => {
    const { request, blobs, store } = await createTestApi();
    const phone = await aWorker(request);
    const [bid, photo] = [newId(), newBytes(50)];
    const path = `/blobs/${bytesToText(bid)}`;
    for (const headers of [{}, { Range: 'bytes=0-9' }] as Record<string, string>[]) {
      await phone.ask(path, aPhoto(photo));
      await blobs.delete(phone.aid, bid);
      await expectRefusal(await phone.ask(path, { headers }), 404, { error: 'NotFound' });
      expect(await list(phone)).toEqual([]);
      expect(await store.readAccount(phone.aid)).toMatchObject({ account: { used: { blobs: 0 } } });
      expect((await phone.ask(path, aPhoto(photo))).status).toBe(201);
      expect(await bytesOf(await phone.ask(path))).toEqual(photo);
    }
  });

  test('stays in the list while the store of photos does not answer', async () => {
    let isBroken = false;
    const { request } = await createTestApi({
      changeBlobs: (blobs) => ({
        ...blobs,
        get: (...asked) => (isBroken ? Promise.reject(new BusyError('away')) : blobs.get(...asked)),
      }),
    });
    const phone = await aWorker(request);
    const path = `/blobs/${newName()}`;
    await phone.ask(path, aPhoto(newBytes(50)));
    isBroken = true;
    expect((await phone.ask(path)).status).toBe(503);
    expect(await list(phone)).toHaveLength(1);
  });

  test('whose bytes the operator lost is answered 404 and not with half a photo', async () => {
    const { request, blobs } = await createTestApi();
    const phone = await aWorker(request);
    const bid = newName();
    await phone.ask(`/blobs/${bid}`, aPhoto(newBytes(50)));
    await blobs.delete(phone.aid, textToBytes(bid) ?? newId());
    await expectRefusal(await phone.ask(`/blobs/${bid}`), 404, { error: 'NotFound' });
  });
});

describe('deleting a photo', () => {
  test('answers 204 always, and leaves no bytes', async () => {
    const { request, blobs } = await createTestApi();
    const phone = await aWorker(request);
    const bid = newName();
    await phone.ask(`/blobs/${bid}`, aPhoto(newBytes(50)));
    expect((await phone.ask(`/blobs/${bid}`, { method: 'DELETE' })).status).toBe(204);
    expect(await blobs.get(phone.aid, textToBytes(bid) ?? newId())).toBeNull();
    expect(await list(phone)).toEqual([]);
    expect((await phone.ask(`/blobs/${bid}`, { method: 'DELETE' })).status).toBe(204);
    expect((await phone.ask(`/blobs/${newName()}`, { method: 'DELETE' })).status).toBe(204);
  });

  test('never reaches the photo of another account', async () => {
    const { request } = await createTestApi();
    const [phone, other] = [await aWorker(request), await aWorker(request)];
    const bid = newName();
    await other.ask(`/blobs/${bid}`, aPhoto(newBytes(50)));
    expect((await phone.ask(`/blobs/${bid}`, { method: 'DELETE' })).status).toBe(204);
    expect((await other.ask(`/blobs/${bid}`)).status).toBe(200);
  });
});

test('readers get photos, and neither put nor delete them', async () => {
  const { request } = await createTestApi();
  const phone = await aWorker(request);
  const bid = newName();
  await phone.ask(`/blobs/${bid}`, aPhoto(newBytes(50)));
  const reader = await aReader(phone, request);
  expect((await reader.ask(`/blobs/${bid}`)).status).toBe(200);
  expect((await list(reader)).length).toBe(1);
  await expectRefusal(await reader.ask(`/blobs/${newName()}`, aPhoto(newBytes(5))), 403, {
    error: 'NotAllowed',
  });
  await expectRefusal(await reader.ask(`/blobs/${bid}`, { method: 'DELETE' }), 403, {
    error: 'NotAllowed',
  });
});

test.each(['x', `${'A'.repeat(21)}B`, 'A'.repeat(23), '..%2f..%2fetc', '%00', '%e0%a4%a'])(
  'the name %s is no name of a photo',
  async (bid) => {
    const { request } = await createTestApi();
    const phone = await aWorker(request);
    for (const init of [{}, aPhoto(newBytes(5)), { method: 'DELETE' }]) {
      expect([400, 404]).toContain((await phone.ask(`/blobs/${bid}`, init)).status);
    }
  },
);
