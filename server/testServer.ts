import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/*
 * The server as an operator runs it: a process of its own that can be stopped, killed and started again.
 */

export const SOURCE = fileURLToPath(new URL('./main.ts', import.meta.url));

/** A folder with an app of one page in `dist`; gone after the test. */
export function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mitra-server-'));
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'dist', 'index.html'), 'start page');
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly said: string;
}

export interface Process {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  readonly said: () => string;
}

/** Runs the server, or one of its commands, in `folder`. It ends with the test at the latest. */
export function runProcess(
  folder: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Process {
  const [file = SOURCE, ...rest] = args;
  const child = spawn(process.execPath, [file, ...rest], {
    cwd: folder,
    // Nothing of the test's own surroundings: settings come from `env` alone.
    env: { PATH: process.env['PATH'] ?? '', PORT: '0', DIST: join(folder, 'dist'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout?.on('data', (part: Buffer) => (said += part.toString()));
  child.stderr?.on('data', (part: Buffer) => (said += part.toString()));
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, said }) as Ended);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return { child, ended, said: () => said };
}

export interface Served extends Process {
  readonly url: string;
  readonly ask: (path: string, init?: RequestInit) => Promise<Response>;
}

/** Starts the server and waits until it answers. Rejects with what it said when it ends instead. */
export async function startProcess(
  folder: string,
  args: readonly string[] = [],
  env: Record<string, string> = {},
): Promise<Served> {
  const running = runProcess(folder, args, env);
  const url = await new Promise<string>((resolve, reject) => {
    const look = (): void => {
      const found = /^Mitra: (http:\S+)$/m.exec(running.said())?.[1];
      if (found !== undefined) resolve(found);
    };
    running.child.stdout?.on('data', look);
    void running.ended.then(({ said }) => reject(new Error(said)));
  });
  return { ...running, url, ask: (path, init) => fetch(`${url}/v1${path}`, init) };
}
