import { existsSync, globSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installPackages } from './debian.ts';

/** What the tests of the server's storage run on, by Debian's package, and how one sees that it is there. */
const engines = {
  postgresql: () => findPostgres() !== null,
  'python3-swift': () => existsSync('/usr/lib/python3/dist-packages/swift/proxy/server.py'),
};

/** The folder with `initdb` and `postgres`, of the newest version. `null` when there is none. */
export function findPostgres(): string | null {
  // Debian keeps them out of PATH, one folder for each version.
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    ...globSync('/usr/lib/postgresql/*/bin').sort().reverse(),
  ];
  return folders.find((folder) => existsSync(join(folder, 'initdb'))) ?? null;
}

/**
 * Installs PostgreSQL and OpenStack Swift (a store that speaks S3) from Debian's packages where they are missing.
 * Elsewhere than on Debian as root nothing happens: the tests that need them then say so, and fail where CI is set.
 */
export async function installEngines(): Promise<void> {
  const missing = Object.entries(engines).flatMap(([name, isThere]) => (isThere() ? [] : [name]));
  await installPackages(missing);
}
