import { type GetTextTranslationRecord, po } from 'gettext-parser';
import Papa from 'papaparse';
import type { Row, Target } from './rows.ts';

/*
 * The two forms in which texts travel: a table for a spreadsheet, and PO for translators' tools.
 * In PO a line that nobody has checked is `fuzzy`, as those tools know it.
 */

export type Form = 'csv' | 'po';

const COLUMNS = ['key', 'english', 'translation', 'checked', 'note'] as const;

/** Spreadsheets take a file for Unicode only when it begins with this mark. */
const MARK = '\ufeff';

export function writeRows(rows: Row[], form: Form, language: Target): string {
  if (form === 'csv') {
    const lines = rows.map((row) => ({ ...row, checked: row.checked ? 'yes' : '' }));
    return `${MARK + Papa.unparse(lines, { columns: [...COLUMNS], newline: '\r\n' })}\r\n`;
  }
  const translations: GetTextTranslationRecord = {};
  for (const { key, english, translation, checked, note } of rows) {
    translations[key] = {
      [english]: {
        msgctxt: key,
        msgid: english,
        msgstr: [translation],
        comments: { ...(note ? { extracted: note } : {}), ...(checked ? {} : { flag: 'fuzzy' }) },
      },
    };
  }
  const headers = { 'Content-Type': 'text/plain; charset=utf-8', Language: language };
  return po.compile({ charset: 'utf-8', headers, translations }, { foldLength: 0 }).toString();
}

/** A row that came back, with the line of the file in which it begins. */
export interface ReturnedRow extends Omit<Row, 'note'> {
  line: number;
}

/** Reads a file that came back. Throws with words for the one who sent it when it is not one of the two forms. */
export function readRows(text: string, form: Form): ReturnedRow[] {
  return form === 'csv' ? readTable(text) : readPo(text);
}

function readTable(text: string): ReturnedRow[] {
  const { data, meta } = Papa.parse<Record<string, string>>(text.replace(MARK, ''), {
    header: true,
    skipEmptyLines: 'greedy',
  });
  const missing = COLUMNS.filter((name) => name !== 'note' && !meta.fields?.includes(name));
  if (missing.length > 0)
    throw new Error(`The first line must name the columns; these are missing: ${missing.join(', ')}.`);
  return data.map((row, index) => ({
    key: row.key?.trim() ?? '',
    english: row.english ?? '',
    translation: row.translation?.trim() ?? '',
    checked: /^(yes|y|x|1|true|✓)$/i.test(row.checked?.trim() ?? ''),
    // The first line names the columns.
    line: index + 2,
  }));
}

function readPo(text: string): ReturnedRow[] {
  const { translations } = po.parse(text);
  const lines = text.split('\n');
  const places = new Map(
    lines.flatMap((line, index) => {
      const key = /^msgctxt "(.*)"$/.exec(line.trim())?.[1];
      return key ? [[key, index + 1] as const] : [];
    }),
  );
  return Object.entries(translations).flatMap(([key, byText]) =>
    Object.values(byText)
      .filter(({ msgid }) => msgid !== '')
      .map(({ msgid, msgstr, comments }) => ({
        key,
        english: msgid,
        translation: msgstr[0]?.trim() ?? '',
        checked: !/\bfuzzy\b/.test(comments?.flag ?? ''),
        line: places.get(key) ?? 0,
      })),
  );
}
