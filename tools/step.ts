import { spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Step {
  name: string;
  /** The program and its arguments; programs of node_modules/.bin need no path. */
  command: readonly [string, ...string[]];
  /** Shows the output while it runs, instead of only when it fails. */
  live?: boolean;
  env?: Record<string, string>;
}

export interface StepResult {
  name: string;
  ok: boolean;
  seconds: number;
  output: string;
}

const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs one program to its end. Never throws: a program that cannot start is a failed step. */
export async function runStep({ name, command, live = false, env = {} }: Step): Promise<StepResult> {
  const started = performance.now();
  const [program, ...args] = command;
  // The running Node comes first, so that `#!/usr/bin/env node` finds the pinned one.
  const path = [dirname(process.execPath), join(root, 'node_modules/.bin'), process.env['PATH']].join(
    delimiter,
  );
  const child = spawn(program, args, {
    cwd: root,
    stdio: live ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
    env: { ...process.env, PATH: path, ...env },
  });
  let output = '';
  child.stdout?.on('data', (text) => (output += text));
  child.stderr?.on('data', (text) => (output += text));
  const ok = await new Promise<boolean>((resolve) => {
    child.on('error', (error) => {
      output += error.message;
      resolve(false);
    });
    child.on('close', (code) => resolve(code === 0));
  });
  return { name, ok, seconds: (performance.now() - started) / 1000, output };
}

/** One line as soon as a step ends; what it said only when it failed. */
export function printStep({ name, ok, seconds, output }: StepResult): void {
  console.log(`${ok ? '✓' : '✗'} ${name.padEnd(12)} ${seconds.toFixed(1).padStart(5)} s`);
  if (!ok && output.trim()) console.log(output.trimEnd().replace(/^/gm, '    '));
}
