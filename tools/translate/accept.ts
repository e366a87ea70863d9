import { fixedParts, placeholders } from '#tools/content/checks.ts';
import { checkText } from '#tools/content/language.ts';
import type { ReturnedRow } from './files.ts';
import { INTERFACE, type Row, type Target } from './rows.ts';

/** One thing wrong in a file that came back. */
export interface Refusal {
  line: number;
  key: string;
  reason: string;
}

/** What a translation must copy; the words of the interface may say "1 hour" for "an hour". */
function partsOf(key: string, text: string): string {
  return key.startsWith(`${INTERFACE}#`) ? placeholders(text).join(', ') : fixedParts(text);
}

/** Everything in a returned file that breaks a check, against what the texts are now. Nothing is written while there is any. */
export function refuse(returned: ReturnedRow[], current: Row[], language: Target): Refusal[] {
  const known = new Map(current.map((row) => [row.key, row]));
  const seen = new Set<string>();
  return returned.flatMap(({ key, english, translation, line }) => {
    const say = (reason: string): Refusal => ({ line, key, reason });
    const row = known.get(key);
    if (!row) return [say('There is no such text. Leave the first column as it is.')];
    if (seen.has(key)) return [say('This text stands in the file twice.')];
    seen.add(key);
    if (english !== row.english) return [say(`The English is now "${row.english}". Export again.`)];
    // Left empty: not translated yet, and nothing is taken.
    if (translation === '') return [];
    const [wanted, got] = [partsOf(key, english), partsOf(key, translation)];
    return [
      ...(wanted === got
        ? []
        : [say(`Holds [${got}], the English [${wanted}]. Copy these parts as they are.`)]),
      ...checkText(language, translation).map(({ problem, remedy }) => say(`${problem} ${remedy}`)),
    ];
  });
}
