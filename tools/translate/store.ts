import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { ReturnedRow } from './files.ts';
import { INTERFACE, readInterfaceStatus, readWords, type Row, type Target } from './rows.ts';

/** Who has checked the lines that are marked as checked, and on which day (`YYYY-MM-DD`). */
export interface Reader {
  by: string;
  on: string;
}

export interface Stored {
  /** Files whose text has changed. */
  changed: number;
  /** Files that are now reviewed as a whole. */
  reviewed: number;
}

type Tree = { [key: string]: string | string[] | Tree };

/** Builds `{ steps: ['…'] }` from `steps.0`. */
function treeOf(fields: [string, string][]): Tree {
  const tree: Tree = {};
  for (const [path, value] of fields) {
    const [name = '', ...rest] = path.split('.');
    const [next] = rest;
    if (next === undefined) tree[name] = value;
    else if (/^\d+$/.test(next)) ((tree[name] ??= []) as string[])[Number(next)] = value;
    else ((tree[name] ??= {}) as Tree)[next] = value;
  }
  return tree;
}

/** Puts the block of one language into a content file and leaves every other line as it is. */
function replaceBlock(source: string, language: Target, block: object): string {
  const lines = source.trimEnd().split('\n');
  const text = stringify({ [language]: block }, { lineWidth: 0 })
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`);
  const start = lines.indexOf(`  ${language}:`);
  if (start < 0) return `${[...lines, ...text].join('\n')}\n`;
  let end = start + 1;
  while (end < lines.length && /^ {3}/.test(lines[end] ?? '')) end++;
  return `${[...lines.slice(0, start), ...text, ...lines.slice(end)].join('\n')}\n`;
}

/**
 * Writes accepted rows. A file is marked as reviewed when every line of it is checked; one that is not complete
 * in the returned file keeps what it has. `current` is what the texts are now.
 */
export function storeRows(
  root: string,
  returned: ReturnedRow[],
  current: Row[],
  language: Target,
  reader: Reader,
): Stored {
  const result: Stored = { changed: 0, reviewed: 0 };
  const back = new Map(returned.map((row) => [row.key, row]));
  const byFile = Map.groupBy(current, ({ key }) => key.slice(0, key.indexOf('#')));
  for (const [file, rows] of byFile) {
    const merged = rows.map((row) => {
      const answer = back.get(row.key);
      return answer?.translation ? { ...row, ...answer, note: row.note } : row;
    });
    const isChanged = merged.some(
      (row, index) => row.translation !== rows[index]?.translation || row.checked !== rows[index]?.checked,
    );
    if (!isChanged || merged.some(({ translation }) => translation === '')) continue;
    const checked = merged.every((row) => row.checked);
    const fields = merged.map(({ key, translation }): [string, string] => [
      key.slice(key.indexOf('#') + 1),
      translation,
    ]);
    result.changed += 1;
    if (checked) result.reviewed += 1;
    const state = checked ? { status: 'reviewed', ...reader } : { status: 'machine-draft' };
    if (file === INTERFACE) storeWords(root, language, new Map(fields), state);
    else {
      const path = join(root, file);
      const source = readFileSync(path, 'utf8');
      const { text } = parse(source) as { text: { en: { rev: number } } };
      writeFileSync(path, replaceBlock(source, language, { of: text.en.rev, ...state, ...treeOf(fields) }));
    }
  }
  return result;
}

/** The words of the interface keep the order of the English file. */
function storeWords(
  root: string,
  language: Target,
  words: Map<string, string>,
  state: { status: string },
): void {
  const tree: Record<string, unknown> = {};
  for (const key of readWords(root, 'en').keys()) {
    const text = words.get(key);
    if (text === undefined) continue;
    const path = key.split('.');
    const last = path.pop() ?? '';
    let place = tree;
    for (const name of path) place = (place[name] ??= {}) as Record<string, unknown>;
    place[last] = text;
  }
  writeFileSync(join(root, `locales/${language}.json`), `${JSON.stringify(tree, null, 2)}\n`);
  const status = { ...readInterfaceStatus(root), [language]: state };
  writeFileSync(join(root, 'locales/status.json'), `${JSON.stringify(status, null, 2)}\n`);
}
