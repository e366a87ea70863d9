import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Config } from './config.ts';
import { askForBackup } from './control.ts';
import { databaseFile } from './openSync.ts';
import { createSqliteStore } from './store/sqlite.ts';

/** Copies the database into a new file, through the running server if there is one. Rejects in plain words. */
export async function makeBackup({ sync }: Config, name: string): Promise<string> {
  if (!sync) throw new Error('SYNC=off: there is nothing to copy.');
  if (sync.database.type !== 'sqlite') {
    throw new Error('backup copies SQLite. For PostgreSQL use its own pg_dump (docs/operate.md).');
  }
  const file = resolve(name);
  const source = databaseFile(sync.dataFolder);
  if (existsSync(file)) throw new Error(`${file} is there already. Choose another name.`);
  if (!existsSync(source)) {
    throw new Error(`There is no database at ${source}. Does DATA_DIR name the right folder?`);
  }
  if ((await askForBackup(sync.dataFolder, file)) === 'NotRunning') {
    const store = await createSqliteStore({ file: source });
    try {
      await store.backup?.(file);
    } finally {
      await store.close();
    }
  }
  return file;
}
