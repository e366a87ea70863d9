import { spawn, spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Client } from 'pg';
import { findPostgres } from '#tools/engines.ts';

/**
 * Ends PostgreSQL and removes its folder as soon as nobody holds the standard input of this shell any more, so that not
 * even a killed test run leaves anything behind. Arguments: folder, folder of programs, port.
 */
const SCRIPT = `
"$2/postgres" -D "$1" -p "$3" -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200 \\
  -c fsync=off -c log_min_messages=fatal </dev/null &
cat >/dev/null
kill -INT $! && wait $!
rm -rf "$1"
`;

/** Starts a PostgreSQL of its own on a free port, in a folder of its own. Throws when there is none. */
export async function startPostgres(): Promise<{ url: string; stop: () => Promise<void> }> {
  const programs = findPostgres();
  if (!programs)
    throw new Error('PostgreSQL is not installed. Debian or Ubuntu: sudo apt-get install postgresql');
  const folder = mkdtempSync(join(tmpdir(), 'mitra-postgres-'));
  const user = findUser();
  if (user) chownSync(folder, user.uid, user.gid);

  const made = spawnSync(
    join(programs, 'initdb'),
    ['-D', folder, '-U', 'mitra', '--auth=trust', '--no-sync', '--encoding=UTF8', '--locale=C'],
    { ...user, cwd: folder, encoding: 'utf8' },
  );
  if (made.status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    throw new Error(`initdb failed: ${made.stderr || String(made.error)}`);
  }
  const port = await findFreePort();
  const shell = spawn('/bin/sh', ['-c', SCRIPT, 'sh', folder, programs, String(port)], {
    ...user,
    cwd: folder,
    // Ctrl-C in the terminal goes to the test run alone, which then lets go of the standard input.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const ended = new Promise<void>((resolve) => shell.on('close', () => resolve()));
  const stop = (): Promise<void> => {
    shell.stdin.end();
    return ended;
  };

  const url = `postgres://mitra@127.0.0.1:${port}/postgres`;
  if (await answers(url)) return { url, stop };
  await stop();
  throw new Error('PostgreSQL was started and did not answer within 20 s.');
}

/** PostgreSQL refuses to run as root. */
function findUser(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  const line = ['postgres:', 'nobody:']
    .map((name) => lines.find((text) => text.startsWith(name)))
    .find(Boolean);
  const [, , uid, gid] = (line ?? '').split(':');
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : null;
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

async function answers(url: string): Promise<boolean> {
  for (const until = Date.now() + 20_000; Date.now() < until; await setTimeout(100)) {
    const client = new Client({ connectionString: url });
    const isUp = await client.connect().then(
      () => true,
      () => false,
    );
    await client.end().catch(() => {});
    if (isUp) return true;
  }
  return false;
}
