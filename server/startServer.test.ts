import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { aPhoto, aPush, aWorker, createTestApi, newBytes, newId, type TestApi } from './api/testApi.ts';
import { bytesToText } from './api/base64.ts';
import { startServer, type ServerOptions } from './startServer.ts';

/** A server on a port of its own, with quick timeouts where a test waits for one. */
async function serve(
  options: Partial<ServerOptions> = {},
): Promise<{ url: string; port: number; api: TestApi }> {
  const dist = mkdtempSync(join(tmpdir(), 'mitra-dist-'));
  writeFileSync(join(dist, 'index.html'), 'start page');
  const api = await createTestApi();
  const server = await startServer({ dist, port: 0, host: '127.0.0.1', api: api.api, ...options });
  onTestFinished(async () => {
    await server.close();
    rmSync(dist, { recursive: true });
  });
  const port = Number(new URL(server.url).port);
  return { url: `http://127.0.0.1:${port}`, port, api };
}

/** Speaks to the server byte by byte; resolves with all it said when it hangs up. */
function speak(port: number, say: (write: (text: string) => void) => Promise<void>): Promise<string> {
  return new Promise((resolve) => {
    let heard = '';
    const socket = connect(port, '127.0.0.1', () => {
      void say((text) => {
        if (!socket.destroyed) socket.write(text);
      });
    });
    socket.on('data', (part) => (heard += part.toString('latin1')));
    socket.on('error', () => {});
    socket.on('close', () => resolve(heard));
  });
}

const asker = (url: string) => (path: string, init?: RequestInit) => fetch(`${url}/v1${path}`, init);

describe('over a real connection', () => {
  test('entries and photos come back as they were sent, and the app is served beside them', async () => {
    const { url } = await serve();
    const ask = asker(url);
    const phone = await aWorker(ask);
    const pushed = await phone.ask('/records', aPush(0));
    expect(await pushed.json()).toEqual({ head: 1 });
    const photo = newBytes(300_000);
    const bid = bytesToText(newId());
    expect((await phone.ask(`/blobs/${bid}`, aPhoto(photo))).status).toBe(201);
    const part = await phone.ask(`/blobs/${bid}`, { headers: { Range: 'bytes=299990-' } });
    expect(new Uint8Array(await part.arrayBuffer())).toEqual(photo.slice(-10));
    expect(await (await fetch(url)).text()).toBe('start page');
    expect((await fetch(`${url}/v1/nothing`)).headers.get('Cache-Control')).toBe('no-store');
  });

  test('a chunked body is refused without being read', async () => {
    const { url } = await serve();
    const phone = await aWorker(asker(url));
    const body = new ReadableStream({ pull: (controller) => controller.enqueue(newBytes(1000)) });
    const headers = { 'If-Match': '"0"' };
    const refused = await phone.ask('/records', {
      method: 'POST',
      body,
      headers,
      duplex: 'half',
    } as RequestInit);
    expect(refused.status).toBe(411);
  });

  test('an upload that is cut off leaves nothing, in the account or in memory', async () => {
    const { url, port, api } = await serve();
    const phone = await aWorker(asker(url));
    const bid = bytesToText(newId());
    const head = `PUT /v1/blobs/${bid} HTTP/1.1\r\nHost: a\r\nAuthorization: ${phone.authorization}\r\n`;
    const digest = Buffer.alloc(32).toString('base64');
    const { memory } = api.dependencies;
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(`${head}Content-Digest: sha-256=:${digest}:\r\nContent-Length: 2000000\r\n\r\nabc`);
    });
    await expect.poll(() => memory.held(), { timeout: 4000 }).toBe(2_000_000);
    socket.destroy();
    await expect.poll(() => memory.held(), { timeout: 4000 }).toBe(0);
    expect(await (await phone.ask('/blobs')).json()).toEqual([]);
  });

  test('a body that is too large is refused before it is sent', async () => {
    const { port } = await serve();
    const heard = await speak(port, async (write) => {
      write('POST /v1/accounts HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\nConnection: close\r\n\r\n');
    });
    expect(heard).toMatch(/^HTTP\/1\.1 413 /);
    expect(heard).toContain('{"error":"TooLarge"}');
  });

  test.each([
    ['no Host', 'GET /v1/health HTTP/1.0\r\n\r\n'],
    ['a Host that is no name', 'GET /v1/health HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n'],
    [
      'two lengths',
      'POST /v1/accounts HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
    ],
    [
      'a length and chunks',
      'POST /v1/accounts HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['no HTTP', 'hello\r\n\r\n'],
  ])('a request with %s is refused', async (_name, text) => {
    const { port } = await serve();
    expect(await speak(port, async (write) => write(text))).toMatch(/^HTTP\/1\.1 400 /);
  });
});

describe('a connection that dawdles', { timeout: 20_000 }, () => {
  const patient = {
    headers: 60_000,
    silence: 60_000,
    slow: 60_000,
    slowest: 1,
    whole: 60_000,
    lookEvery: 50,
  };
  const head = 'POST /v1/accounts HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n';
  const expectWithin = (started: number, least: number, most: number): void => {
    const took = performance.now() - started;
    expect(took).toBeGreaterThan(least);
    expect(took).toBeLessThan(most);
  };

  test('over its headers is closed', async () => {
    const { port } = await serve({ timeouts: { ...patient, headers: 300 } });
    const started = performance.now();
    await speak(port, async (write) => {
      for (const letter of head) {
        write(letter);
        await setTimeout(100);
      }
    });
    expectWithin(started, 250, 6000);
  });

  test('and then says nothing is closed', async () => {
    const { port } = await serve({ timeouts: { ...patient, silence: 400 } });
    const started = performance.now();
    await speak(port, async (write) => write(`${head}abc`));
    expectWithin(started, 350, 15_000);
  });

  test('with its body for ever is closed, though it never falls silent', async () => {
    const { port } = await serve({ timeouts: { ...patient, headers: 1000, silence: 3000, whole: 1000 } });
    const started = performance.now();
    await speak(port, async (write) => {
      write(head);
      for (let sent = 0; sent < 150; sent += 1) {
        write('a');
        await setTimeout(50);
      }
    });
    expectWithin(started, 900, 7000);
  });

  test('with its body slower than any phone is closed, and its memory is free again', async () => {
    const { port, url, api } = await serve({ timeouts: { ...patient, slow: 300 } });
    const phone = await aWorker(asker(url));
    const text = `POST /v1/records HTTP/1.1\r\nHost: a\r\nAuthorization: ${phone.authorization}\r\nIf-Match: "0"\r\n`;
    const started = performance.now();
    await speak(port, async (write) => write(`${text}Content-Length: 1000\r\n\r\n${'a'.repeat(250)}`));
    expectWithin(started, 250, 15_000);
    await expect.poll(() => api.dependencies.memory.held(), { timeout: 4000 }).toBe(0);
  });

  test('but keeps on sending is not', async () => {
    const { port } = await serve({ timeouts: { ...patient, silence: 1500 } });
    const heard = await speak(port, async (write) => {
      write(head.replace('1000', '10').replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'));
      for (let sent = 0; sent < 10; sent += 1) {
        await setTimeout(200);
        write('a');
      }
    });
    expect(heard).toMatch(/^HTTP\/1\.1 400 /);
    expect(heard).toContain('BadRequest');
  });

  test('over reading its answer is closed, and its memory is free again', async () => {
    const { port, api } = await serve({
      timeouts: { ...patient, headers: 3000, silence: 1000, whole: 3000 },
    });
    const phone = await aWorker(api.request);
    const bid = bytesToText(newId());
    await phone.ask(`/blobs/${bid}`, aPhoto(newBytes(2_000_000)));
    const requests = `GET /v1/blobs/${bid} HTTP/1.1\r\nHost: a\r\nAuthorization: ${phone.authorization}\r\n\r\n`;
    const socket = connect(port, '127.0.0.1', () => socket.write(requests.repeat(5)));
    socket.on('error', () => {});
    socket.pause();
    const { memory } = api.dependencies;
    await expect.poll(() => memory.held(), { timeout: 5000 }).toBeGreaterThan(0);
    await expect.poll(() => memory.held(), { timeout: 10_000 }).toBe(0);
    socket.destroy();
  });
});

describe('stopping', () => {
  /** A server without a test's own end: the test stops it. */
  async function serveUntilClosed(options: Partial<ServerOptions> = {}) {
    const dist = mkdtempSync(join(tmpdir(), 'mitra-dist-'));
    onTestFinished(() => rmSync(dist, { recursive: true }));
    const server = await startServer({ dist, port: 0, host: '127.0.0.1', ...options });
    return { ...server, dist, port: Number(new URL(server.url).port) };
  }

  test('lets the answer under way finish, takes no more, and says so', async () => {
    const entered = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    const api = await createTestApi({
      changeStore: (store) => ({
        ...store,
        async push(...args) {
          entered.resolve();
          await gate.promise;
          return store.push(...args);
        },
      }),
    });
    const server = await serveUntilClosed({ api: api.api });
    const phone = await aWorker(asker(server.url));
    const pushing = phone.ask('/records', aPush(0));
    await entered.promise;
    const closed = server.close();
    gate.resolve();
    const pushed = await pushing;
    expect(pushed.status).toBe(200);
    expect(pushed.headers.get('Connection')).toBe('close');
    await closed;
    await expect(fetch(server.url)).rejects.toThrow('fetch failed');
  });

  test('lets a slow phone have all of the answer that is on its way', async () => {
    const { dist, port, close } = await serveUntilClosed();
    // More than the system itself keeps for a connection.
    writeFileSync(join(dist, 'large.bin'), Buffer.alloc(40_000_000));
    const socket = connect(port, '127.0.0.1', () =>
      socket.write('GET /large.bin HTTP/1.1\r\nHost: a\r\n\r\n'),
    );
    const ended = once(socket, 'close');
    const [first] = (await once(socket, 'data')) as [Buffer];
    let heard = first.length - first.indexOf('\r\n\r\n') - 4;
    const closed = close();
    socket.on('data', (part: Buffer) => (heard += part.length));
    await ended;
    expect(heard).toBe(40_000_000);
    await closed;
  });

  test('does not wait for a connection that is kept open for the next request', async () => {
    const { url, close } = await serveUntilClosed();
    await (await fetch(`${url}/nothing`)).text();
    const started = performance.now();
    await close();
    expect(performance.now() - started).toBeLessThan(4000);
  });
});

test('a port that is taken is said in plain words', async () => {
  const { port } = await serve({ host: null });
  const dist = tmpdir();
  await expect(startServer({ dist, port })).rejects.toThrow(
    `Port ${port} is in use. Choose another: PORT=4174`,
  );
});

test('an address of another machine is said in plain words', async () => {
  await expect(startServer({ dist: tmpdir(), port: 0, host: '192.0.2.1' })).rejects.toThrow(
    '192.0.2.1 is no address of this machine. Example: LISTEN=127.0.0.1',
  );
});

test('without sync the server keeps nothing and says that it has no such thing', async () => {
  const dist = mkdtempSync(join(tmpdir(), 'mitra-dist-'));
  onTestFinished(() => rmSync(dist, { recursive: true }));
  const server = await startServer({ dist, port: 0 });
  onTestFinished(server.close);
  const answer = await fetch(`${server.url}/v1/health`);
  expect(answer.status).toBe(404);
  expect(await answer.json()).toEqual({ error: 'NotFound' });
  expect(answer.headers.get('Cache-Control')).toBe('no-store');
});
