import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Config } from './config.ts';
import { askForBackup } from './control.ts';
import { databaseFile } from './openSync.ts';
import { copyStopped } from './store/openSqlite.ts';

/** Copies the database into a new file, through the running server if there is one. Rejects in plain words. */
export async function makeBackup({ sync }: Config, name: string): Promise<string> {
  if (!sync) throw new Error('SYNC=off: there is nothing to copy.');
  if (sync.database.type !== 'sqlite') {
    throw new Error('backup copies SQLite. For PostgreSQL use its own pg_dump (docs/operate.md).');
  }
  const file = resolve(name);
  const source = databaseFile(sync.dataFolder);
  if (existsSync(file)) throw new Error(`${file} is there already. Choose another name.`);
  if (!existsSync(dirname(file))) throw new Error(`There is no folder ${dirname(file)}. Make it first.`);
  if (!existsSync(source)) {
    throw new Error(`There is no database at ${source}. Does DATA_DIR name the right folder?`);
  }
  if ((await askForBackup(sync.dataFolder, file)) === 'NotRunning') await copyStopped(source, file);
  return file;
}
