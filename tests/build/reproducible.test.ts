import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readDist } from '#tests/support/dist.ts';
import { rootFolder } from '#tools/build.ts';
import { runStep } from '#tools/step.ts';

/** Made by a build. The packages are copied too: a link to them would lead out of the folder. */
const MADE = ['.git', '.build', 'dist', 'dist-server', 'screens', 'data'];

/* Whoever does not trust a server builds the app and compares (docs/sync-design.md §14, "operator serves a changed app"). */

test('the same sources, built in another folder, become the same files', async () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'mitra-built-elsewhere-'));
  onTestFinished(() => rmSync(elsewhere, { recursive: true, force: true }));
  for (const name of readdirSync(rootFolder).filter((entry) => !MADE.includes(entry))) {
    cpSync(join(rootFolder, name), join(elsewhere, name), { recursive: true, verbatimSymlinks: true });
  }
  const command = ['npm', '--prefix', elsewhere, 'run', 'build'] as const;
  const built = await runStep({ name: 'build', command, env: { NODE_ENV: 'production' } });
  expect(built.output).toContain('hashes.txt has SHA-256');
  expect(readFileSync(join(elsewhere, 'dist/hashes.txt'), 'utf8')).toBe(readDist('hashes.txt'));
}, 240_000);
