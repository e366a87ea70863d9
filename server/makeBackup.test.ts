import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { type Config, readConfig } from './config.ts';
import { listenForBackups } from './control.ts';
import { makeBackup } from './makeBackup.ts';
import { databaseFile } from './openSync.ts';
import { MIGRATIONS } from './store/migrations.ts';
import { createSqliteStore } from './store/sqlite.ts';

let folder: string;
let config: Config;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mitra-backup-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const read = readConfig({ DATA_DIR: folder }, folder);
  if (!read.ok) throw new Error(read.problems.join());
  config = read.config;
});

function versionOf(file: string): unknown {
  const database = new DatabaseSync(file);
  try {
    return database.prepare('SELECT number FROM version').get()?.['number'];
  } finally {
    database.close();
  }
}

test('a copy of a stopped server has the version that the server had, and so has the server', async () => {
  const file = databaseFile(folder);
  await (await createSqliteStore({ file, steps: MIGRATIONS.slice(0, 1) })).close();
  const copy = await makeBackup(config, join(folder, 'copy.sqlite'));
  expect([versionOf(file), versionOf(copy)]).toEqual([1, 1]);
});

test('a folder that is missing is said before anything else is done', async () => {
  await (await createSqliteStore({ file: databaseFile(folder) })).close();
  await expect(makeBackup(config, join(folder, 'none', 'copy.sqlite'))).rejects.toThrow(
    `There is no folder ${join(folder, 'none')}. Make it first.`,
  );
});

test('a copy that the running server cannot write is said with its name, and leaves nothing', async () => {
  const store = await createSqliteStore({ file: databaseFile(folder) });
  const control = await listenForBackups(folder, async (to) => store.backup?.(to));
  const part = join(folder, 'copy.sqlite.part');
  mkdirSync(part);
  await expect(makeBackup(config, join(folder, 'copy.sqlite'))).rejects.toThrow(
    new RegExp(`^${part} cannot be written \\(\\w+\\)\\. Its folder must be there, and open to the user`),
  );
  expect(existsSync(join(folder, 'copy.sqlite'))).toBe(false);
  control.close();
  await store.close();
});
