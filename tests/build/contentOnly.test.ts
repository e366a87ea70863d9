import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { type FileIndex, isFileIndex, keptPages } from '#content/fileIndex.ts';
import { listDist, readDist } from '#tests/support/dist.ts';
import { rootFolder } from '#tools/build.ts';
import { buildContent, type BuiltContent, contentFiles } from '#tools/content/build.ts';

const index = JSON.parse(readDist('packs/index.json')) as FileIndex;

test('the list of files names every pack, source, search file, word file and kept page, and each is there', () => {
  expect(isFileIndex(index)).toBe(true);
  const files = [index.packs, index.sources, index.search, index.words].flatMap((part) =>
    Object.values(part),
  );
  expect(files).toHaveLength(20 + 4 + 4 + 5);
  for (const file of files) expect(readDist(file).length, file).toBeGreaterThan(100);
  for (const path of Object.keys(index.pages)) expect(readDist(`${path}/index.html`)).toContain('</html>');
});

test('no script names a file of content, so that new content changes no script', () => {
  const hashes = [index.packs, index.sources, index.search]
    .flatMap((part) => Object.values(part))
    .map((url) => url.split('.')[1] ?? '');
  for (const script of [...listDist('assets/*.js'), 'sw.js'])
    for (const hash of hashes) expect(readDist(script).includes(hash), `${script} ${hash}`).toBe(false);
});

test('a changed wage changes the packs of that country and nothing of the others', () => {
  const root = mkdtempSync(join(tmpdir(), 'mitra-wage-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  cpSync(join(rootFolder, 'content'), join(root, 'content'), { recursive: true });
  const before = buildContent(root, '2026-11-22');
  const file = join(root, 'content/kr/rights/wage.yml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('value: 10320', 'value: 10321'));
  const after = buildContent(root, '2026-11-22');
  const changed = namesOf(after).filter((name) => !namesOf(before).includes(name));
  expect(new Set(changed.map((url) => url.split('.')[0]))).toEqual(
    new Set(['km', 'th', 'ko', 'ms', 'en'].map((language) => `/packs/${language}-kr`)),
  );
  // What a worker in Korea who reads Khmer has to fetch: two packs, the list, and the pages that name them.
  const size = (text: string) => brotliCompressSync(text).byteLength;
  const packs = after.packs.filter(({ pack }) => pack.country === 'kr' && /km|ko/.test(pack.language));
  const pages = keptPages('km', 'kr').map((path) => readDist(`${path}/index.html`));
  const bytes = [...packs.map(({ json }) => json), ...pages, JSON.stringify(index)]
    .map(size)
    .reduce((sum, part) => sum + part, 0);
  console.info(`A changed wage costs a worker in Korea ${(bytes / 1024).toFixed(1)} KB.`);
}, 60_000);

function namesOf(built: BuiltContent): string[] {
  return contentFiles(built).map(({ url }) => url);
}
