import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runStep } from './step.ts';

export const rootFolder = fileURLToPath(new URL('..', import.meta.url));
export const distFolder = join(rootFolder, 'dist');

/** Everything the build reads. A test beside its file changes nothing in dist. */
const inputs = [
  '{src,content,locales,public,shared,tools}/**/*',
  '{index,calculator/index}.html',
  'vite.config.ts',
  'package.json',
  'package-lock.json',
];

// Vite empties dist before it builds, so the stamp can only stand beside the files it speaks of.
const stamp = join(distFolder, '.sources');

/** Builds dist unless it was built from exactly these sources. Throws with the build's own words when it fails. */
export async function buildIfStale(): Promise<void> {
  const sources = hashInputs();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return;
  console.log('Building the app ...');
  // Vitest sets NODE_ENV to "test", which would build React for development.
  const env = { NODE_ENV: 'production' };
  const step = await runStep({ name: 'build', command: ['npm', 'run', 'build'], env });
  if (!step.ok) throw new Error(`The build failed.\n${step.output}`);
  writeFileSync(stamp, sources);
}

function hashInputs(): string {
  const hash = createHash('sha256');
  const files = globSync(inputs, { cwd: rootFolder })
    .filter((file) => !/\.test\.tsx?$/.test(file) && statSync(join(rootFolder, file)).isFile())
    .sort();
  for (const file of files) {
    hash.update(`${file}\0`);
    hash.update(readFileSync(join(rootFolder, file)));
  }
  return hash.digest('hex');
}
