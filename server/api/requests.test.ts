import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesToText } from './base64.ts';
import { aPhoto, aPush, aWorker, createTestApi, newAccountOf, aPhone, newBytes, newId } from './testApi.ts';

describe('every answer', () => {
  test('may not be kept, has a date, and is what it says it is', async () => {
    const { request, clock } = await createTestApi();
    const phone = await aWorker(request);
    const bid = bytesToText(newId());
    const answers = [
      await request('/health'),
      await request('/nothing'),
      await request('/account'),
      await request('/account', { headers: { Origin: 'https://elsewhere.example' } }),
      await request('/accounts', { method: 'POST', body: '{' }),
      await phone.ask('/account'),
      await phone.ask('/records', aPush(0)),
      await phone.ask('/records', aPush(0)),
      await phone.ask('/records'),
      await phone.ask('/records?since=1', { headers: { 'If-None-Match': '"1"' } }),
      await phone.ask(`/blobs/${bid}`, aPhoto(newBytes(9))),
      await phone.ask(`/blobs/${bid}`),
      await phone.ask(`/blobs/${bid}`, { headers: { Range: 'bytes=9-' } }),
      await phone.ask(`/blobs/${bid}`, { method: 'DELETE' }),
      await phone.ask('/records', { method: 'HEAD' }),
    ];
    for (const { status, headers } of answers) {
      expect(headers.get('Cache-Control'), String(status)).toBe('no-store');
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
      expect(headers.get('Content-Security-Policy')).toContain("default-src 'none'");
      expect(headers.get('Date')).toBe(new Date(clock.now).toUTCString());
      expect(headers.get('Set-Cookie')).toBeNull();
      expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
    expect(answers.map(({ status }) => status)).toEqual([
      200, 404, 401, 403, 400, 200, 200, 412, 200, 304, 201, 200, 416, 204, 200,
    ]);
  });

  test('to what is no route is 404, with a code or without', async () => {
    const { request } = await createTestApi();
    const phone = await aWorker(request);
    for (const [method, path] of [
      ['GET', '/'],
      ['GET', '/accounts'],
      ['PATCH', '/account'],
      ['PUT', '/records'],
      ['OPTIONS', '/records'],
      ['GET', '/blobs/a/b'],
      ['GET', '/account/'],
    ] as const) {
      const answer = await phone.ask(path, { method });
      expect(answer.status, `${method} ${path}`).toBe(404);
      expect(await answer.json()).toEqual({ error: 'NotFound' });
    }
  });
});

describe('a page of another site', () => {
  const ask = async (headers: Record<string, string>, origin: string | null = null) => {
    const { request } = await createTestApi({ origin });
    return (await request('/health', { headers: { Host: 'mitra.example', ...headers } })).status;
  };

  test.each([
    ['https://elsewhere.example'],
    ['null'],
    ['https://mitra.example.elsewhere.example'],
    ['https://mitra.example:8443'],
    ['file://'],
    ['mitra.example'],
    ['chrome-extension://mitra.example'],
    [''],
  ])('at "%s" is refused', async (Origin) => {
    expect(await ask({ Origin })).toBe(403);
  });

  test('is known by what the browser says of it', async () => {
    expect(await ask({ 'Sec-Fetch-Site': 'cross-site' })).toBe(403);
    expect(await ask({ 'Sec-Fetch-Site': 'same-site' })).toBe(403);
    expect(await ask({ 'Sec-Fetch-Site': 'anything' })).toBe(403);
  });

  test('is not what our own is', async () => {
    expect(await ask({})).toBe(200);
    expect(await ask({ Origin: 'https://mitra.example' })).toBe(200);
    expect(await ask({ Origin: 'https://mitra.example', Host: 'mitra.example:443' })).toBe(200);
    expect(await ask({ Origin: 'http://localhost:4173', Host: 'localhost:4173' })).toBe(200);
    expect(await ask({ 'Sec-Fetch-Site': 'same-origin' })).toBe(200);
    expect(await ask({ 'Sec-Fetch-Site': 'none' })).toBe(200);
  });

  test('is told by the operator’s address where a proxy changes Host', async () => {
    const origin = 'https://mitra.example';
    expect(await ask({ Origin: origin, Host: 'internal:4173' }, origin)).toBe(200);
    expect(await ask({ Origin: 'http://internal:4173', Host: 'internal:4173' }, origin)).toBe(403);
    expect(await ask({ Origin: 'http://mitra.example' }, origin)).toBe(403);
  });

  test('changes nothing, whatever it knows', async () => {
    const { request } = await createTestApi();
    const phone = await aWorker(request);
    const push = aPush(0);
    const headers = { ...(push.headers as object), Origin: 'https://elsewhere.example' };
    expect((await phone.ask('/records', { ...push, headers })).status).toBe(403);
    const account = (await (await phone.ask('/account')).json()) as { head: number };
    expect(account.head).toBe(0);
  });
});

describe('hostile requests', { timeout: 30_000 }, () => {
  test('are refused in good order, and never as our own failure', async () => {
    const { request, lines } = await createTestApi();
    const phone = await aWorker(request);
    const id = bytesToText(newId());
    const paths = ['/records', '/accounts', '/account', '/blobs', '/creds', `/blobs/${id}`, `/creds/${id}`];
    const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }));
    const header = text.map((value) => value.replace(/[^\t\x20-\x7e\x80-\xff]/g, '').trim());
    const request_ = fc.record({
      path: fc.oneof(
        fc.constantFrom(...paths),
        text.map((word) => `/blobs/${encodeURIComponent(word)}`),
      ),
      query: fc.option(fc.webQueryParameters()),
      method: fc.constantFrom('POST', 'PUT', 'DELETE', 'GET'),
      body: fc.oneof(
        fc.uint8Array({ maxLength: 2000 }),
        fc.uint8Array({ maxLength: 2000 }).map((bytes) => Uint8Array.from([1, ...bytes])),
        fc.json().map((json) => new TextEncoder().encode(json)),
        fc
          .record({
            role: fc.anything(),
            ring: fc.anything(),
            ringVersion: fc.anything(),
            aid: fc.anything(),
          })
          .map((value) => new TextEncoder().encode(JSON.stringify(value) ?? '')),
      ),
      headers: fc.dictionary(
        fc.constantFrom('If-Match', 'If-None-Match', 'Range', 'Content-Digest', 'Confirm', 'X-Forwarded-For'),
        header,
      ),
      isKnown: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(request_, async ({ path, query, method, body, headers, isKnown }) => {
        const address = query === null ? path : `${path}?${query}`;
        const ask = isKnown ? phone.ask : request;
        const answer = await ask(address, {
          method,
          headers,
          ...(method !== 'GET' && { body: new Uint8Array(body) }),
        });
        expect(answer.status, `${method} ${address}`).toBeLessThan(500);
        const type = answer.headers.get('Content-Type');
        const said = await answer.text();
        if (answer.status >= 400) expect(JSON.parse(said)).toHaveProperty('error');
        if (type === 'application/json') JSON.parse(said);
      }),
      { numRuns: 3000 },
    );
    expect(lines.filter((line) => line.startsWith('Trouble'))).toEqual([]);
    expect((await phone.ask('/account')).status).toBe(200);
  });

  test('that would fill the memory with bodies are told to come back', async () => {
    const { request, dependencies } = await createTestApi();
    const phone = await aWorker(request);
    const waiting = Array.from({ length: 40 }, () => {
      let end: (() => void) | undefined;
      const body = new ReadableStream({
        start(controller) {
          end = () => controller.error(new Error('The network is gone.'));
        },
      });
      const headers = { 'If-Match': '"0"', 'Content-Length': String(1024 * 1024) };
      const answer = phone.ask('/records', { method: 'POST', body, headers, duplex: 'half' } as RequestInit);
      return { answer, end: () => end?.() };
    });
    // An eighth of the 256 MiB of this server, and not a byte more for one phone.
    await expect.poll(() => dependencies.memory.held()).toBe(32 * 1024 * 1024);
    const other = await aWorker(request);
    expect((await other.ask('/records', aPush(0))).status).toBe(200);
    for (const { end } of waiting) end();
    const statuses = await Promise.all(waiting.map(async ({ answer }) => (await answer).status));
    expect(statuses.filter((status) => status === 503).length).toBe(8);
    expect(statuses.filter((status) => status === 400).length).toBe(32);
    expect(dependencies.memory.held()).toBe(0);
    expect((await phone.ask('/records', aPush(0))).status).toBe(200);
  });
});

describe('the log', () => {
  test('has method, route, status and time of each request, and no word of it', async () => {
    const { request, lines } = await createTestApi({
      enrolCode: 'enrol-fixture-word',
      changeBlobs: (store) => ({
        ...store,
        get: (aid, bid) => Promise.reject(new Error(`cannot read ${bytesToText(aid)}/${bytesToText(bid)}`)),
      }),
    });
    const phone = aPhone(request);
    await request('/accounts', newAccountOf(phone, { enrol: 'enrol-fixture-word' }));
    await request('/accounts', newAccountOf(aPhone(request), { enrol: 'wrong-fixture-word' }));
    const words = Uint8Array.from(new TextEncoder().encode('fixture-word '.repeat(30)));
    await phone.ask('/records', aPush(0, { manifest: words, records: [{ rid: newId(), env: words }] }));
    await phone.ask('/records?since=0&fixture=fixture-word');
    const bid = bytesToText(newId());
    await phone.ask(`/blobs/${bid}`, aPhoto(words));
    expect((await phone.ask(`/blobs/${bid}`)).status).toBe(503);
    await phone.ask('/fixture-word', { headers: { 'User-Agent': 'fixture-word', Cookie: 'fixture-word' } });
    await request('/fixture-word', { method: 'FIXTURE' });
    await phone.ask('/account', { method: 'DELETE', headers: { Confirm: 'delete' } });

    expect(lines).toEqual([
      'POST /v1/accounts 201 0 ms',
      'POST /v1/accounts 403 0 ms',
      'POST /v1/records 200 0 ms',
      'GET /v1/records 200 0 ms',
      'PUT /v1/blobs/{bid} 201 0 ms',
      expect.stringMatching(/^Trouble with \/blobs\/\{bid\}: Error at [\w.]+:\d+$/),
      'GET /v1/blobs/{bid} 503 0 ms',
      'GET /v1/* 404 0 ms',
      'OTHER /v1/* 404 0 ms',
      'DELETE /v1/account 200 0 ms',
    ]);
    const log = lines.join('\n');
    const secrets = [
      'fixture',
      '203.0.113.7',
      bid,
      phone.authorization.slice(7),
      ...[phone.aid, phone.cid, phone.token, phone.ring].flatMap((bytes) => [
        bytesToText(bytes),
        Buffer.from(bytes).toString('hex'),
      ]),
    ];
    for (const secret of secrets) expect(log.toLowerCase()).not.toContain(secret.toLowerCase());
  });
});
