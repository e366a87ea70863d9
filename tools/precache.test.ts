import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readPrecache } from './precache.ts';

const dist = mkdtempSync(join(tmpdir(), 'mitra-dist-'));
afterAll(() => rmSync(dist, { recursive: true }));

test.each([
  ['as JSON', '[{"url":"app.html","revision":"1a"},{"revision":null,"url":"assets/a.js"}]'],
  ['minified', '[{url:`app.html`,revision:`1a`},{revision:null,url:"assets/a.js"}]'],
])('finds the list in the service worker, %s', (_, list) => {
  writeFileSync(join(dist, 'sw.js'), `var x={a:1};precache(${list});`);
  expect(readPrecache(dist)).toEqual(['/app.html', '/assets/a.js']);
});

test('says so when there is none', () => {
  writeFileSync(join(dist, 'sw.js'), 'self.skipWaiting()');
  expect(() => readPrecache(dist)).toThrow('no precache list');
});
