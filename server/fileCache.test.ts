import { mkdtempSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createFileCache } from './fileCache.ts';

test('a file that could not be read once is read again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mitra-dist-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'sw.js');
  const changed = new Date();
  const files = createFileCache(folder);

  // More than Node reads at once, with no byte of it on the disk.
  writeFileSync(file, '');
  truncateSync(file, 3 * 1024 ** 3);
  utimesSync(file, changed, changed);
  await expect(files.read('sw.js')).rejects.toThrow('2 GiB');

  writeFileSync(file, 'self');
  utimesSync(file, changed, changed);
  expect(await files.read('sw.js')).toMatchObject({ bytes: new Uint8Array(Buffer.from('self')) });
});
