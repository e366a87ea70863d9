import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Config } from './config.ts';
import { type Control, listenForBackups } from './control.ts';
import { databaseFile, type OpenSync, openSync } from './openSync.ts';
import { startServer } from './startServer.ts';

export interface Running {
  readonly url: string;
  /** What the operator should read at the start: where the data lies. */
  readonly words: readonly string[];
  readonly close: () => Promise<void>;
}

/** Serves app and sync on one origin, as the configuration says. Rejects in words for the operator. */
export async function runServer(config: Config, say: (line: string) => void): Promise<Running> {
  const dist = findDist(config.dist);
  const log = (line: string): void => {
    if (config.logRequests || line.startsWith('Trouble')) say(line);
  };
  const sync = config.sync && (await openSync(config.sync, { now: Date.now, log }));
  const closing: (() => Promise<void>)[] = sync ? [sync.close] : [];
  const close = async (): Promise<void> => {
    for (const step of closing.toReversed()) await step();
  };
  try {
    const control = sync && (await openControl(config, sync, say));
    if (control) closing.push(async () => control.close());
    const server = await startServer({
      dist,
      port: config.port,
      host: config.host,
      ...(sync && { api: sync.api }),
    });
    closing.push(server.close);
    return { url: server.url, words: describe(config), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A folder with the built app: the one that was named, or `dist` beside this file or one level above. */
function findDist(named: string | null): string {
  const places =
    named === null
      ? ['./dist', '../dist'].map((path) => fileURLToPath(new URL(path, import.meta.url)))
      : [named];
  const found = places.find((place) => existsSync(join(place, 'index.html')));
  if (found !== undefined) return found;
  throw new Error(`There is no built app in ${places.join(' or ')}. Build it with: npm run build`);
}

async function openControl(
  { sync }: Config,
  { backUp }: OpenSync,
  say: (line: string) => void,
): Promise<Control | null> {
  if (!sync || !backUp) return null;
  try {
    return await listenForBackups(sync.dataFolder, backUp);
  } catch (error) {
    // Everything else works; a copy can then be made while the server is stopped.
    say(`Backups while the server runs are not possible: ${(error as Error).message}`);
    return null;
  }
}

function describe({ sync }: Config): string[] {
  if (!sync) return ['Sync is off: this server keeps nothing.'];
  const database =
    sync.database.type === 'sqlite' ? databaseFile(sync.dataFolder) : 'PostgreSQL (DATABASE_URL)';
  const photos =
    sync.photos.type === 'folder'
      ? join(sync.dataFolder, 'photos')
      : `bucket ${sync.photos.bucket} at ${sync.photos.endpoint}`;
  return [`Sealed copies of workers who ask for one lie in: ${database}`, `Their photos: ${photos}`];
}
