import { SETTINGS } from './config.ts';

export type Command =
  | { readonly type: 'serve' | 'help' | 'version' }
  | { readonly type: 'backup'; readonly file: string }
  | { readonly type: 'unknown'; readonly words: string };

/** Reads what stands behind the name of the program. */
export function readCommand(args: readonly string[]): Command {
  const [first, second, ...more] = args;
  if (first === undefined) return { type: 'serve' };
  if ((first === '--help' || first === '-h') && second === undefined) return { type: 'help' };
  if (first === '--version' && second === undefined) return { type: 'version' };
  if (first === 'backup' && second !== undefined && more.length === 0 && !second.startsWith('-')) {
    return { type: 'backup', file: second };
  }
  const words =
    first === 'backup'
      ? 'backup needs the name of one file. Example: backup mitra-monday.sqlite'
      : `Not understood: ${args.join(' ')}. --help says what there is.`;
  return { type: 'unknown', words };
}

/** What `--help` prints. */
export function helpText(): string {
  const names = Object.keys(SETTINGS).map((name) => name.length);
  const width = Math.max(...names) + 2;
  const settings = Object.entries(SETTINGS).flatMap(([name, { says, usual, example }]) => [
    `  ${name.padEnd(width)}${says}`,
    `  ${''.padEnd(width)}  without it: ${usual}   example: ${name}=${example}`,
  ]);
  return [
    'The server of Mitra: hands out the app, and keeps the sealed copies of workers who asked for one.',
    '',
    'Usage: node server.js                 serves until it is stopped (Ctrl+C or SIGTERM)',
    '       node server.js backup <file>   copies the database into a new file, also while the server runs',
    '       node server.js --help | --version',
    '',
    'Settings come from the environment; none is needed:',
    ...settings,
  ].join('\n');
}
