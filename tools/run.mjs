// The one file that runs before anything is installed: plain JavaScript, no packages, Node 20.19 or newer.
// It installs what is missing and hands over to tools/<command>.ts on the pinned Node.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const stamp = join(root, 'node_modules', '.installed');
const commands = ['start', 'test', 'check', 'screens', 'due', 'export', 'import', 'bench', 'sim'];

const [command, ...options] = process.argv.slice(2);
if (!commands.includes(command)) stop(`Usage: node tools/run.mjs ${commands.join(' | ')}`);

installPackages();
runOnPinnedNode(command, options);

function installPackages() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.log('Installing packages (only when package-lock.json has changed) ...');
  const { status, error } = spawnSync('npm', ['ci', '--include=dev', '--include=optional'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    // npm is a .cmd file on Windows, which only a shell can start.
    shell: process.platform === 'win32',
    env: { ...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' },
  });
  if (error || status !== 0)
    stop('The packages could not be installed. Is there a network? The lines above say more.');
  writeFileSync(stamp, lock);
}

function runOnPinnedNode(name, args) {
  const child = spawn(pinnedNode(), [join(root, 'tools', `${name}.ts`), ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => stop(error.message));
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}

/** Node 24 from optionalDependencies, or the running Node where that package does not exist (macOS). */
function pinnedNode() {
  const folder = { linux: 'linux', win32: 'win' }[process.platform];
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const pinned = join(root, 'node_modules', `node-${folder}-${process.arch}`, 'bin', file);
  if (existsSync(pinned)) return pinned;
  const [major, minor] = process.versions.node.split('.').map(Number);
  // 22.18 is the first that runs TypeScript files without a flag.
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  return stop(`This system needs Node 22.18 or newer (this is ${process.versions.node}).`);
}

function stop(message) {
  console.error(message);
  process.exit(1);
}
