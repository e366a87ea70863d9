import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadContent } from '#tools/content/load.ts';
import { refuse } from '#tools/translate/accept.ts';
import { type Form, readRows, type ReturnedRow, writeRows } from '#tools/translate/files.ts';
import { readInterfaceStatus, type Row, rowsOf } from '#tools/translate/rows.ts';
import { storeRows } from '#tools/translate/store.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
const READER = { by: 'Sok Dara', on: '2026-12-01' };
const FILE = 'content/kr/rights/wage.yml';
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mitra-translate-'));
  // One folder of facts is enough, and is read quickly.
  cpSync(join(project, 'content/kr/rights'), join(root, 'content/kr/rights'), { recursive: true });
  cpSync(join(project, 'locales'), join(root, 'locales'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

const current = (): Row[] => rowsOf(root, loadContent(root).content, 'km');

/** What a reader sends back after changing some rows. */
function sendBack(form: Form, change: (row: Row) => Row): ReturnedRow[] {
  return readRows(writeRows(current().map(change), form, 'km'), form);
}

describe.each(['csv', 'po'] as const)('a translator with a %s file', (form) => {
  test('gets every text of the language, and sending it back unchanged changes nothing', () => {
    const rows = current();
    expect(rows.length).toBeGreaterThan(500);
    const back = sendBack(form, (row) => row);
    expect(
      back.map(({ key, english, translation, checked }) => ({ key, english, translation, checked })),
    ).toEqual(rows.map(({ key, english, translation, checked }) => ({ key, english, translation, checked })));
    expect(refuse(back, rows, 'km')).toEqual([]);
    expect(storeRows(root, back, rows, 'km', READER)).toEqual({ changed: 0, reviewed: 0 });
  });

  test('corrects a title and checks the whole file: it is marked as reviewed by whom and when', () => {
    const back = sendBack(form, (row) => {
      if (!row.key.startsWith(`${FILE}#`)) return row;
      const translation = row.key.endsWith('#title') ? 'ប្រាក់ខែទាបបំផុត' : row.translation;
      return { ...row, checked: true, translation };
    });
    expect(refuse(back, current(), 'km')).toEqual([]);
    const before = readFileSync(join(root, FILE), 'utf8').split('\n');
    expect(storeRows(root, back, current(), 'km', READER)).toEqual({ changed: 1, reviewed: 1 });
    const after = readFileSync(join(root, FILE), 'utf8');
    const { km } = (parse(after) as { text: { km: Record<string, unknown> } }).text;
    expect(km).toMatchObject({ status: 'reviewed', ...READER, title: 'ប្រាក់ខែទាបបំផុត' });
    expect(loadContent(root).problems).toEqual([]);
    // Sources, figures and the other languages stay as they are, letter for letter.
    const others = before.slice(0, before.indexOf('  km:'));
    expect(after.startsWith(others.join('\n'))).toBe(true);
  });

  test('checks half a file: the correction is kept, and the file stays a draft', () => {
    const back = sendBack(form, (row) =>
      row.key === `${FILE}#title` ? { ...row, checked: true, translation: 'ប្រាក់ខែទាបបំផុត' } : row,
    );
    expect(storeRows(root, back, current(), 'km', READER)).toEqual({ changed: 1, reviewed: 0 });
    expect(readFileSync(join(root, FILE), 'utf8')).toContain('title: ប្រាក់ខែទាបបំផុត');
  });

  test('checks all words of the interface: their status says by whom', () => {
    const back = sendBack(form, (row) => (row.key.startsWith('locales#') ? { ...row, checked: true } : row));
    expect(storeRows(root, back, current(), 'km', READER)).toEqual({ changed: 1, reviewed: 1 });
    expect(readInterfaceStatus(root).km).toEqual({ status: 'reviewed', ...READER });
    // Not a word is lost or moved.
    expect(readFileSync(join(root, 'locales/km.json'), 'utf8')).toBe(
      readFileSync(join(project, 'locales/km.json'), 'utf8'),
    );
  });
});

describe('what breaks a check is refused, with its line and the reason', () => {
  const broken = (change: Partial<Row>): [line: number, reason: string][] => {
    const back = sendBack('csv', (row) => (row.key === `${FILE}#sentence` ? { ...row, ...change } : row));
    return refuse(back, current(), 'km').map(({ line, reason }) => [line, reason]);
  };

  test.each<[string, Partial<Row>, RegExp]>([
    ['a figure that was lost', { translation: 'អ្នកបានយ៉ាងតិច សម្រាប់មួយម៉ោងៗ។' }, /minimum-wage/],
    ['a figure written by hand', { translation: 'អ្នកបាន {minimum-wage} ឬ 9860 វ៉ុន។' }, /9860/],
    ['left-over English', { translation: 'អ្នកបាន {minimum-wage} for each hour។' }, /left over/],
    ['an invisible character', { translation: 'អ្នក\u200bបាន {minimum-wage}។' }, /invisible/],
    [
      'a word that calls people illegal',
      { translation: 'ពលករខុសច្បាប់បាន {minimum-wage}។' },
      /must not be used/,
    ],
    ['a spelling that is not ours', { translation: 'គេអោយ {minimum-wage}។' }, /ឱ្យ/],
    ['signs in another order', { translation: 'ស្រ្តី​បាន {minimum-wage}។'.replace('\u200b', '') }, /order/],
    ['English that has changed since', { english: 'You earn less.' }, /English is now/],
    ['a key that does not exist', { key: 'content/kr/rights/wages.yml#title' }, /no such text/],
  ])('%s', (_name, change, reason) => {
    const [[line, said] = [0, ''], ...more] = broken(change);
    expect(more).toEqual([]);
    expect(said).toMatch(reason);
    const rows = current().findIndex(({ key }) => key === `${FILE}#sentence`);
    expect(line).toBe(rows + 2);
  });

  test('the same text twice', () => {
    const back = sendBack('csv', (row) => row);
    const [first] = back;
    expect(first && refuse([first, first], current(), 'km')).toHaveLength(1);
  });

  test('a table without its columns', () => {
    expect(() => readRows('a,b\n1,2', 'csv')).toThrow(/key, english, translation, checked/);
  });
});

test('an untranslated line may stay empty', () => {
  writeFileSync(
    join(root, FILE),
    readFileSync(join(root, FILE), 'utf8').replace(/\n {2}km:[\s\S]*?(?=\n {2}th:)/, ''),
  );
  const rows = current();
  expect(rows.find(({ key }) => key === `${FILE}#title`)?.translation).toBe('');
  expect(
    refuse(
      sendBack('csv', (row) => row),
      rows,
      'km',
    ),
  ).toEqual([]);
});
