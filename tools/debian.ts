import { existsSync } from 'node:fs';
import { runStep } from './step.ts';

/**
 * Installs these packages on Debian as root; elsewhere nothing happens, and who needs them says so. Throws with apt's own
 * words when it fails.
 */
export async function installPackages(names: readonly string[]): Promise<void> {
  const canInstall = existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
  if (names.length === 0 || !canInstall) return;
  console.log(`Installing ${names.join(', ')} ...`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [
    ['update', '-q'],
    ['install', '-y', '-q', '--no-install-recommends', ...names],
  ]) {
    const step = await runStep({ name: 'apt-get', command: ['apt-get', ...args], env });
    if (!step.ok) throw new Error(`apt-get ${args.join(' ')} failed.\n${step.output}`);
  }
}
