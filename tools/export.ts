import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { fail } from './fail.ts';
import { loadContent } from './content/load.ts';
import { reportProblems } from './content/checks.ts';
import { type Form, writeRows } from './translate/files.ts';
import { rowsOf, targetOf } from './translate/rows.ts';

/*
 * npm run translate:export -- km [--po] [--only content/kr] [--to file]
 * Writes every text of a language into one file: a table for a spreadsheet, or PO for translators' tools.
 */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { po: { type: 'boolean' }, only: { type: 'string' }, to: { type: 'string' } },
});
const language = targetOf(positionals[0]);
if (!language) fail('Say the language: npm run translate:export -- km (or th, ko, ms).');
const { content, problems } = loadContent(process.cwd());
if (problems.length > 0) fail(reportProblems(problems));
const form: Form = values.po ? 'po' : 'csv';
const file = values.to ?? `translate/${language}.${form}`;
const rows = rowsOf(process.cwd(), content, language).filter(({ key }) => key.startsWith(values.only ?? ''));
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, writeRows(rows, form, language));
const open = rows.filter(({ checked }) => !checked).length;
console.log(`${rows.length} texts written to ${file}; ${open} of them wait for a reader's check.`);
