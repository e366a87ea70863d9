import { createHash } from 'node:crypto';
import { globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { distFolder as dist } from './build.ts';

/*
 * Writes what anybody needs to see that a server hands out this very app: the SHA-256 of every file of `dist`, as
 * `sha256sum` writes them, into `dist/hashes.txt`. Whoever builds the same sources gets the same file, on any day.
 */

const name = 'hashes.txt';
const sha256 = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex');

// Files that begin with a dot are the build's own, and never served.
const files = globSync('**/*', { cwd: dist })
  .filter((file) => file !== name && statSync(join(dist, file)).isFile())
  .sort();
const list = files.map((file) => `${sha256(readFileSync(join(dist, file)))}  ${file}\n`).join('');
writeFileSync(join(dist, name), list);
console.log(`dist: ${files.length} files, hashes.txt has SHA-256 ${sha256(list)}`);
