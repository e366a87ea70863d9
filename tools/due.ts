import { parseArgs } from 'node:util';
import { addDays } from '#lib/day.ts';
import { isLifeSaving, lastDayOf } from './content/checks.ts';
import { allEntries, type Entry, loadContent } from './content/load.ts';

/*
 * npm run content:due [-- --days 60]: what has to be checked again by then, the earliest first,
 * with the pages to open. Ends with 1 when something is past the day on which the build stops.
 */

const { values } = parseArgs({ options: { days: { type: 'string', default: '30' } } });
const days = Number(values.days);
if (!Number.isInteger(days)) throw new Error(`--days ${values.days} is not a number of days.`);
const today = new Date().toISOString().slice(0, 10);
const { content } = loadContent(process.cwd());
const due = allEntries(content)
  .filter((entry) => entry.data.due <= addDays(today, days))
  .toSorted((a, b) => a.data.due.localeCompare(b.data.due) || a.file.localeCompare(b.file));

function lineOf(entry: Entry): string {
  const { due: on, checked, sources } = entry.data;
  const marks = [isLifeSaving(entry) ? 'LIFE-SAVING' : '', on < today ? 'OVERDUE' : ''].filter(Boolean);
  return [
    `${on}  ${entry.file}${marks.length > 0 ? `  ${marks.join(' ')}` : ''}`,
    `            checked ${checked.on} by ${checked.by}; the build stops after ${lastDayOf(entry)}`,
    ...sources.map(({ url, title }) => `            ${url}  ${title}`),
  ].join('\n');
}

const stopped = due.filter((entry) => lastDayOf(entry) < today);
console.log(due.map(lineOf).join('\n\n'));
console.log(
  `\n${due.length} of ${allEntries(content).length} facts are due within ${days} days; ${due.filter((entry) => entry.data.due < today).length} overdue, ${stopped.length} past their grace.`,
);
process.exit(stopped.length > 0 ? 1 : 0);
