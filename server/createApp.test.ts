import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { createApp } from './createApp.ts';
import { defaultPolicy, readPolicy } from './securityHeaders.ts';

const dist = mkdtempSync(join(tmpdir(), 'mitra-dist-'));
const csp = "default-src 'none'";
const app = createApp({ dist, csp });

write('index.html', 'start page');
write('app.html', 'app shell');
write('404.html', 'nothing here');
write('km/kr/help/index.html', 'numbers to call '.repeat(50));
write('assets/app-Ab3_d-9x.js', 'run()');
write('packs/index.json', '{}');
write('packs/km-kr.0123456789.json', '{}');
write('fonts/noto-sans-khmer.woff2', 'font');
write('manifest.webmanifest', '{}');
write('.sources', 'stamp');
write('../secret.txt', 'secret');

function write(name: string, text: string): void {
  mkdirSync(dirname(join(dist, 'x', '..', name)), { recursive: true });
  writeFileSync(join(dist, name), text);
}

afterAll(() => {
  rmSync(dist, { recursive: true });
  rmSync(join(dist, '../secret.txt'), { force: true });
});

describe('the address of a screen', () => {
  test.each(['/km/kr/help', '/km/kr/help/', '/km/kr/help?from=home'])(
    '%s shows the finished page',
    async (path) => {
      const response = await app.request(path);
      expect(response.status).toBe(200);
      expect(await response.text()).toContain('numbers to call');
    },
  );

  test('the root shows the start page', async () => {
    expect(await (await app.request('/')).text()).toBe('start page');
  });

  test.each(['/km/kr', '/th/my/papers/contract/new', '/en/kh/'])(
    '%s, drawn by the app, gets its shell',
    async (path) => {
      const response = await app.request(path);
      expect(response.status).toBe(200);
      expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
      expect(await response.text()).toBe('app shell');
    },
  );

  test.each(['/vi/kr/help', '/km/jp', '/wp-login.php', '/assets/old.js'])('%s is not found', async (path) => {
    const response = await app.request(path);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('nothing here');
  });
});

describe('a visitor who tries to leave the folder', () => {
  test.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/..%5csecret.txt',
    '/km/kr/..%2f..%2f..%2fsecret.txt',
    '/.sources',
    '/%00',
    '/%E0%A4%A',
  ])('%s gets nothing', async (path) => {
    const response = await app.request(path);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('nothing here');
  });
});

describe('every answer', () => {
  test.each(['/', '/assets/app-Ab3_d-9x.js', '/km/kr', '/none', '/packs/index.json'])(
    '%s carries the policy',
    async (path) => {
      const { headers } = await app.request(path);
      expect(headers.get('Content-Security-Policy')).toBe(csp);
      expect(headers.get('Referrer-Policy')).toBe('no-referrer');
      expect(headers.get('Permissions-Policy')).toContain('camera=(self)');
      expect(headers.get('Permissions-Policy')).toContain('payment=()');
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    },
  );

  test('a refused method and an unchanged file carry it too', async () => {
    const refused = await app.request('/', { method: 'POST' });
    expect(refused.status).toBe(405);
    expect(refused.headers.get('Allow')).toBe('GET, HEAD');
    expect(refused.headers.get('Content-Security-Policy')).toBe(csp);

    const etag = (await app.request('/')).headers.get('ETag') ?? '';
    const unchanged = await app.request('/', { headers: { 'If-None-Match': etag } });
    expect(unchanged.status).toBe(304);
    expect(unchanged.headers.get('Content-Security-Policy')).toBe(csp);
    expect(await unchanged.text()).toBe('');
  });
});

describe('prepaid data', () => {
  test('is saved: text comes compressed, the way the phone can read', async () => {
    const read = async (accepted: string) => {
      const response = await app.request('/km/kr/help', { headers: { 'Accept-Encoding': accepted } });
      const bytes = Buffer.from(await response.arrayBuffer());
      expect(response.headers.get('Content-Length')).toBe(String(bytes.byteLength));
      return { encoding: response.headers.get('Content-Encoding'), bytes };
    };
    const brotli = await read('gzip, deflate, br, zstd');
    expect(brotli.encoding).toBe('br');
    expect(brotliDecompressSync(brotli.bytes).toString()).toContain('numbers to call');
    const gzip = await read('gzip;q=0.8, br;q=0.0');
    expect(gzip.encoding).toBe('gzip');
    expect(gunzipSync(gzip.bytes).toString()).toContain('numbers to call');
    expect((await read('')).encoding).toBeNull();
    expect((await read('br;q=0')).encoding).toBeNull();
    expect((await read('br;q=0.01')).encoding).toBe('br');
  });

  test.each([
    ['/assets/app-Ab3_d-9x.js', 'public, max-age=31536000, immutable'],
    ['/packs/km-kr.0123456789.json', 'public, max-age=31536000, immutable'],
    ['/packs/index.json', 'no-cache'],
    ['/fonts/noto-sans-khmer.woff2', 'no-cache'],
    ['/km/kr/help', 'no-cache'],
    ['/', 'no-cache'],
  ])('%s is kept by the phone as %s', async (path, kept) => {
    expect((await app.request(path)).headers.get('Cache-Control')).toBe(kept);
  });

  test('a file that changes on disk is sent anew', async () => {
    write('sw.js', 'first');
    expect(await (await app.request('/sw.js')).text()).toBe('first');
    await new Promise((resolve) => setTimeout(resolve, 20));
    write('sw.js', 'second');
    expect(await (await app.request('/sw.js')).text()).toBe('second');
  });

  test('HEAD tells the size and sends nothing', async () => {
    const response = await app.request('/', { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(response.headers.get('Content-Length')).toBe('10');
    expect(await response.text()).toBe('');
  });
});

test.each([
  ['/manifest.webmanifest', 'application/manifest+json; charset=utf-8'],
  ['/fonts/noto-sans-khmer.woff2', 'font/woff2'],
  ['/assets/app-Ab3_d-9x.js', 'text/javascript; charset=utf-8'],
])('%s says what it is', async (path, type) => {
  expect((await app.request(path)).headers.get('Content-Type')).toBe(type);
});

describe('the policy', () => {
  test('is the one the build wrote', () => {
    write('csp.json', '{"policy":"default-src \'self\'"}');
    expect(readPolicy(dist)).toBe("default-src 'self'");
  });

  test('is the strict one when the build wrote none, and an empty one is refused', () => {
    expect(readPolicy(join(dist, 'assets'))).toBe(defaultPolicy);
    write('csp.json', '{}');
    expect(() => readPolicy(dist)).toThrow('no policy');
  });
});
