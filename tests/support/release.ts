import { readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { INDEX_ADDRESS, type FileIndex } from '#content/fileIndex.ts';

/**
 * Makes a newer release of the app out of the one in `dist`: every script and style has another name, and whatever names
 * them has changed with it, as when all of them were built anew.
 */
export function releaseAnew(dist: string): void {
  const assets = readdirSync(join(dist, 'assets'));
  const renamed = new Map(
    assets.map((name) => [name, name.replace(/.(?=\.\w+$)/, (last) => (last === 'X' ? 'Y' : 'X'))]),
  );
  const names = new RegExp([...renamed.keys()].map((name) => name.replace(/\W/g, '\\$&')).join('|'), 'g');
  for (const name of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
    const file = join(dist, name);
    if (!statSync(file).isFile() || !/\.(js|css|html|json|webmanifest)$/.test(name)) continue;
    const before = readFileSync(file, 'utf8');
    const after = before.replace(names, (asset) => renamed.get(asset) ?? asset);
    if (after !== before) writeFileSync(file, after);
  }
  for (const [before, after] of renamed)
    renameSync(join(dist, 'assets', before), join(dist, 'assets', after));
  const index = join(dist, INDEX_ADDRESS);
  const files = JSON.parse(readFileSync(index, 'utf8')) as FileIndex;
  const pages = Object.fromEntries(Object.entries(files.pages).map(([path, hash]) => [path, `${hash}2`]));
  writeFileSync(index, JSON.stringify({ ...files, pages }));
  const worker = join(dist, 'sw.js');
  writeFileSync(worker, readFileSync(worker, 'utf8').replace(/"revision":"(\w+)"/g, '"revision":"$12"'));
}
