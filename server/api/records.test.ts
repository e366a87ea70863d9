import { describe, expect, test } from 'vitest';
import { decodePullPage, LIMITS, type PullPage } from '#shared/protocol.ts';
import { aPush, aReader, aWorker, createTestApi, newBytes, newId, type Phone, QUOTAS } from './testApi.ts';

async function pull(phone: Phone, query = ''): Promise<PullPage> {
  const answer = await phone.ask(`/records${query}`);
  expect(answer.status).toBe(200);
  const page = decodePullPage(new Uint8Array(await answer.arrayBuffer()));
  if (page === null) throw new Error('The page could not be read.');
  return page;
}

async function expectRefusal(answer: Response, status: number, body: object): Promise<void> {
  expect(answer.status).toBe(status);
  expect(await answer.json()).toEqual(body);
}

describe('pushing', () => {
  test('is answered with the new head, and what was pushed comes back as it was', async () => {
    const { request } = await createTestApi();
    const phone = await aWorker(request);
    const manifest = newBytes(301);
    const records = [1, 2, 3].map((size) => ({ rid: newId(), env: newBytes(size * 256) }));
    const pushed = await phone.ask('/records', aPush(0, { manifest, records }));
    expect(pushed.status).toBe(200);
    expect(await pushed.json()).toEqual({ head: 3 });
    expect(await pull(phone)).toEqual({
      head: 3,
      manifest,
      records: records.map((record, index) => ({ ...record, seq: index + 1 })),
    });
  });

  test('without records replaces the manifest and leaves the head', async () => {
    const { request } = await createTestApi();
    const phone = await aWorker(request);
    await phone.ask('/records', aPush(0));
    const manifest = newBytes(400);
    const pushed = await phone.ask('/records', aPush(1, { manifest, records: [] }));
    expect(await pushed.json()).toEqual({ head: 1 });
    expect((await pull(phone)).manifest).toEqual(manifest);
  });

  test('on an older head is answered 412 with the head, and changes nothing', async () => {
    const { request } = await createTestApi();
    const phone = await aWorker(request);
    await phone.ask('/records', aPush(0));
    const before = await pull(phone);
    for (const base of [0, 2, Number.MAX_SAFE_INTEGER]) {
      await expectRefusal(await phone.ask('/records', aPush(base)), 412, { error: 'HeadMoved', head: 1 });
    }
    expect(await pull(phone)).toEqual(before);
  });

  test('is refused to readers, who may pull', async () => {
    const { request } = await createTestApi();
    const phone = await aWorker(request);
    await phone.ask('/records', aPush(0));
    const reader = await aReader(phone, request);
    await expectRefusal(await reader.ask('/records', aPush(1)), 403, { error: 'NotAllowed' });
    expect((await pull(reader)).head).toBe(1);
  });

  test('needs If-Match, and one that is a head', async () => {
    const { request } = await createTestApi();
    const phone = await aWorker(request);
    const { body } = aPush(0);
    const without = await phone.ask('/records', { method: 'POST', body: body as never });
    await expectRefusal(without, 428, { error: 'HeadRequired' });
    for (const match of ['0', '*', 'W/"0"', '"x"', '"-1"', '"1.5"', '"9007199254740993"', '""']) {
      const refused = await phone.ask('/records', {
        method: 'POST',
        body: body as never,
        headers: { 'If-Match': match },
      });
      await expectRefusal(refused, 400, { error: 'BadRequest' });
    }
  });

  test('needs Content-Length; a chunked body is not read', async () => {
    const { request } = await createTestApi();
    const phone = await aWorker(request);
    for (const headers of [
      { 'If-Match': '"0"', 'Transfer-Encoding': 'chunked' },
      { 'If-Match': '"0"', 'Transfer-Encoding': 'chunked', 'Content-Length': '5' },
    ]) {
      const refused = await phone.ask('/records', { ...aPush(0), headers });
      await expectRefusal(refused, 411, { error: 'LengthRequired' });
    }
  });

  test('of a body that is longer or shorter than it says is refused', async () => {
    const { request } = await createTestApi();
    const phone = await aWorker(request);
    const { body } = aPush(0);
    for (const length of ['1', '999999', '-1', '1e3', ' ', '5, 5']) {
      const headers = { 'If-Match': '"0"', 'Content-Length': length };
      const refused = await phone.ask('/records', { method: 'POST', body: body as never, headers });
      await expectRefusal(refused, 400, { error: 'BadRequest' });
    }
  });

  test('holds at 1 MiB, and not one byte above it', async () => {
    const { request } = await createTestApi();
    const phone = await aWorker(request);
    const head = 1 + 2 + 1 + 2;
    const each = 60_000;
    const whole = Math.floor((LIMITS.pushBytes - head) / (20 + each));
    const last = LIMITS.pushBytes - head - whole * (20 + each) - 20;
    const fitting = (more: number) => {
      const sizes = [...Array.from({ length: whole }, () => each), last + more];
      const records = sizes.map((size) => ({ rid: newId(), env: newBytes(size) }));
      return aPush(0, { manifest: newBytes(1), records });
    };
    expect((fitting(0).body as Uint8Array).length).toBe(LIMITS.pushBytes);
    await expectRefusal(await phone.ask('/records', fitting(1)), 413, { error: 'TooLarge' });
    expect((await phone.ask('/records', fitting(0))).status).toBe(200);
  });

  test.each([
    ['a record', () => ({ records: [{ rid: newId(), env: newBytes(LIMITS.env) }] })],
    ['the manifest', () => ({ manifest: newBytes(LIMITS.manifest) })],
    [
      'the number of records',
      () => ({
        records: Array.from({ length: LIMITS.pushRecords }, () => ({ rid: newId(), env: newBytes(9) })),
      }),
    ],
  ])('holds at the limit of %s', async (_name, make) => {
    const { request } = await createTestApi();
    const phone = await aWorker(request);
    expect((await phone.ask('/records', aPush(0, make()))).status).toBe(200);
  });

  test.each([
    ['a record', () => ({ records: [{ rid: newId(), env: newBytes(LIMITS.env + 1) }] })],
    ['the manifest', () => ({ manifest: newBytes(LIMITS.manifest + 1) })],
    ['nothing as manifest', () => ({ manifest: newBytes(0) })],
    [
      'the number of records',
      () => ({
        records: Array.from({ length: LIMITS.pushRecords + 1 }, () => ({ rid: newId(), env: newBytes(9) })),
      }),
    ],
  ])('one above the limit of %s is refused and changes nothing', async (_name, make) => {
    const { request } = await createTestApi();
    const phone = await aWorker(request);
    await expectRefusal(await phone.ask('/records', aPush(0, make())), 422, { error: 'Malformed' });
    expect((await pull(phone)).head).toBe(0);
  });

  test('with a record twice, cut off, or of another version is refused', async () => {
    const { request } = await createTestApi();
    const phone = await aWorker(request);
    const record = { rid: newId(), env: newBytes(300) };
    const { body } = aPush(0);
    const whole = new Uint8Array(body as Uint8Array<ArrayBuffer>);
    for (const init of [
      aPush(0, { records: [record, record] }),
      { ...aPush(0), body: whole.slice(0, -1) },
      { ...aPush(0), body: Uint8Array.from([...whole, 0]) },
      { ...aPush(0), body: Uint8Array.from([2, ...whole.slice(1)]) },
      { ...aPush(0), body: new Uint8Array(0) },
    ]) {
      await expectRefusal(await phone.ask('/records', init), 422, { error: 'Malformed' });
    }
  });

  test.each([
    ['records', { records: 2 }, 3],
    ['bytes', { bytes: 903 }, 4],
  ] as const)('into a full account (%s) is answered 507 and leaves the head', async (which, quota, sent) => {
    const { request } = await createTestApi({ quotas: { ...QUOTAS, ...quota } });
    const phone = await aWorker(request);
    const records = Array.from({ length: sent }, () => ({ rid: newId(), env: newBytes(301) }));
    const fitting = records.slice(0, -1);
    expect((await phone.ask('/records', aPush(0, { records: fitting }))).status).toBe(200);
    const before = await pull(phone);
    const refused = await phone.ask('/records', aPush(fitting.length, { records: records.slice(-1) }));
    const limit = Object.values(quota)[0];
    await expectRefusal(refused, 507, { error: 'QuotaExceeded', which, limit, used: limit });
    expect(await pull(phone)).toEqual(before);
    // Forgetting makes room again.
    const forget = fitting.map(({ rid }) => ({ rid, env: new Uint8Array(0) }));
    expect((await phone.ask('/records', aPush(fitting.length, { records: forget }))).status).toBe(200);
  });
});

describe('pulling', () => {
  test('brings pages in order, and the manifest only with the last', async () => {
    const { request } = await createTestApi();
    const phone = await aWorker(request);
    const manifest = newBytes(301);
    const records = Array.from({ length: 7 }, () => ({ rid: newId(), env: newBytes(301) }));
    await phone.ask('/records', aPush(0, { manifest, records }));
    const pages = [
      await pull(phone, '?since=0&limit=3'),
      await pull(phone, '?since=3&limit=3'),
      await pull(phone, '?since=6&limit=3'),
    ];
    expect(pages.flatMap((page) => page.records.map(({ seq }) => seq))).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(pages.map((page) => page.manifest)).toEqual([null, null, manifest]);
    expect(pages.every(({ head }) => head === 7)).toBe(true);
  });

  test('brings at most 1 MiB at once, but always something', async () => {
    const { request } = await createTestApi();
    const phone = await aWorker(request);
    let base = 0;
    for (let pushes = 0; pushes < 2; pushes += 1) {
      const records = Array.from({ length: 15 }, () => ({ rid: newId(), env: newBytes(LIMITS.env) }));
      const pushed = await phone.ask('/records', aPush(base, { records }));
      base = ((await pushed.json()) as { head: number }).head;
    }
    const page = await pull(phone, '?since=0');
    const bytes = page.records.reduce((sum, { env }) => sum + env.length, 0);
    expect(bytes).toBeLessThanOrEqual(LIMITS.pullBytes);
    expect(page.records.length).toBe(15);
    expect((await pull(phone, '?since=15&limit=1')).records.length).toBe(1);
  });

  test('says 304 when the phone has everything, and has a tag to ask with', async () => {
    const { request } = await createTestApi();
    const phone = await aWorker(request);
    await phone.ask('/records', aPush(0));
    const whole = await phone.ask('/records?since=0');
    expect(whole.headers.get('ETag')).toBe('"1"');
    expect(whole.headers.get('Content-Type')).toBe('application/octet-stream');
    const unchanged = await phone.ask('/records?since=1', { headers: { 'If-None-Match': '"1"' } });
    expect(unchanged.status).toBe(304);
    expect(unchanged.headers.get('ETag')).toBe('"1"');
    expect(await unchanged.text()).toBe('');
    // A phone that knows a head but has not its records gets them.
    const behind = await phone.ask('/records?since=0', { headers: { 'If-None-Match': '"1"' } });
    expect(behind.status).toBe(200);
    const other = await phone.ask('/records?since=1', { headers: { 'If-None-Match': '"2"' } });
    expect(other.status).toBe(200);
  });

  test.each([
    'since=-1',
    'since=x',
    'since=1.5',
    'since=9007199254740992',
    'limit=0',
    'limit=1001',
    'limit=',
  ])('with %s is refused', async (query) => {
    const { request } = await createTestApi();
    const phone = await aWorker(request);
    await expectRefusal(await phone.ask(`/records?${query}`), 400, { error: 'BadRequest' });
  });

  test('of a head above the server’s brings what the server has: the phone notices', async () => {
    const { request } = await createTestApi();
    const phone = await aWorker(request);
    await phone.ask('/records', aPush(0));
    expect(await pull(phone, '?since=9')).toMatchObject({ head: 1, records: [] });
  });
});
