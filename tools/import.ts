import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isDay } from '#lib/day.ts';
import { reportProblems } from './content/checks.ts';
import { loadContent } from './content/load.ts';
import { fail } from './fail.ts';
import { refuse } from './translate/accept.ts';
import { readRows } from './translate/files.ts';
import { rowsOf, targetOf } from './translate/rows.ts';
import { storeRows } from './translate/store.ts';

/*
 * npm run translate:import -- km translate/km.csv --by "Sok Dara" [--on 2026-12-01]
 * Takes back what translate:export wrote. Refuses the whole file, with line and reason, when one line breaks a check.
 */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { by: { type: 'string' }, on: { type: 'string' } },
});
const [name, file = ''] = positionals;
const language = targetOf(name);
const on: string = values.on ?? new Date().toISOString().slice(0, 10);
if (!language || !/\.(csv|po)$/.test(file))
  fail('Say the language and the file: npm run translate:import -- km translate/km.csv --by "Your Name".');
if (!values.by) fail('Say who has checked the texts: --by "Your Name".');
if (!isDay(on)) fail('--on is not a day. Write it as 2026-12-01.');
const root = process.cwd();
const { content, problems } = loadContent(root);
if (problems.length > 0) fail(reportProblems(problems));
const current = rowsOf(root, content, language);
const returned = readRows(readFileSync(file, 'utf8'), file.endsWith('.po') ? 'po' : 'csv');
const refusals = refuse(returned, current, language);
if (refusals.length > 0)
  fail(
    [
      `${refusals.length} lines of ${file} cannot be taken; nothing was changed.`,
      ...refusals.map(({ line, key, reason }) => `line ${line}  ${key}\n    ${reason}`),
    ].join('\n'),
  );
const { changed, reviewed } = storeRows(root, returned, current, language, { by: values.by, on });
console.log(
  `${returned.length} texts read. ${changed} files changed, ${reviewed} of them now reviewed by ${values.by}.`,
);
