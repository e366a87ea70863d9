import { readFileSync } from 'node:fs';
import { checkNode } from './checkNode.ts';
import { helpText, readCommand } from './commands.ts';
import { type Config, readConfig } from './config.ts';
import { makeBackup } from './makeBackup.ts';
import { runServer } from './runServer.ts';
import { stopOnSignal } from './stopOnSignal.ts';

/** Put in by the bundle; package.json is not beside it. */
declare const __SERVER_VERSION__: string | undefined;

try {
  const tooOld = checkNode(process.versions.node);
  if (tooOld !== null) throw new Error(tooOld);
  // Database, photos and backups are for this user alone.
  process.umask(0o077);
  const command = readCommand(process.argv.slice(2));
  switch (command.type) {
    case 'help':
      console.log(helpText());
      break;
    case 'version':
      console.log(readVersion());
      break;
    case 'backup':
      console.log(`Copied to ${await makeBackup(config(), command.file)}`);
      break;
    case 'serve':
      await serve();
      break;
    case 'unknown':
      throw new Error(command.words);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function serve(): Promise<void> {
  const running = await runServer(config(), console.log);
  stopOnSignal(running.close);
  for (const line of running.words) console.log(line);
  console.log(`Mitra: ${running.url}`);
}

function config(): Config {
  const read = readConfig(process.env, process.cwd());
  if (!read.ok) throw new Error(read.problems.join('\n'));
  return read.config;
}

function readVersion(): string {
  if (typeof __SERVER_VERSION__ === 'string') return __SERVER_VERSION__;
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
