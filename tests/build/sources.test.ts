import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rootFolder } from '#tools/build.ts';

test('only src/sync/net.ts asks the opt-in server; the service worker knows its address to keep out of the way', () => {
  const files = globSync('src/**/*.{ts,tsx}', { cwd: rootFolder });
  const knowing = files.filter((file) => readFileSync(join(rootFolder, file), 'utf8').includes('/v1'));
  expect(knowing.filter((file) => !['src/sync/net.ts', 'src/sw/sw.ts'].includes(file))).toEqual([]);
});
