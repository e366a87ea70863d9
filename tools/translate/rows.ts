import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Language, LANGUAGES } from '#i18n/languages.ts';
import { placeholders, textFields } from '#tools/content/checks.ts';
import { allEntries, type Content } from '#tools/content/load.ts';
import type { FigureField } from '#tools/content/schema.ts';

/** A language that texts are translated into. */
export type Target = Exclude<Language, 'en'>;

/** The language of a command line; `undefined` when it is none that texts are translated into. */
export function targetOf(name: string | undefined): Target | undefined {
  return LANGUAGES.find((language): language is Target => language === name && language !== 'en');
}

/** One line to translate, from a content file or from the words of the interface. */
export interface Row {
  /** `file#field`: where it stands. */
  key: string;
  english: string;
  translation: string;
  /** A native reader has checked this translation of this English. */
  checked: boolean;
  /** What a translator has to know: the figures that stand in the line. */
  note: string;
}

/** The words of the interface, as `locales#key`. */
export const INTERFACE = 'locales';

/** Every text of a file of interface words, by its key with dots. */
export function readWords(root: string, language: Language): Map<string, string> {
  const words = new Map<string, string>();
  const walk = (tree: object, path: string): void => {
    for (const [key, value] of Object.entries(tree))
      if (typeof value === 'string') words.set(path + key, value);
      else walk(value as object, `${path}${key}.`);
  };
  walk(JSON.parse(readFileSync(join(root, `locales/${language}.json`), 'utf8')) as object, '');
  return words;
}

export type InterfaceStatus = Record<string, { status: string; by?: string; on?: string }>;

export function readInterfaceStatus(root: string): InterfaceStatus {
  return JSON.parse(readFileSync(join(root, 'locales/status.json'), 'utf8')) as InterfaceStatus;
}

function noteOf(figures: Record<string, FigureField>, line: string): string {
  return placeholders(line)
    .flatMap((name) => {
      const figure = figures[name];
      return figure ? [`${name} = ${figure.value} ${figure.unit}`] : [];
    })
    .join('; ');
}

/** Everything that is translated into a language, in the order of the files. */
export function rowsOf(root: string, content: Content, language: Target): Row[] {
  const rows = allEntries(content).flatMap((entry): Row[] => {
    const { en, [language]: text } = entry.data.text;
    const translated = new Map(textFields(text ?? {}));
    const figures = 'figures' in entry.data ? entry.data.figures : {};
    const checked = text?.status === 'reviewed' && text.of === en.rev;
    return textFields(en).map(([field, english]) => ({
      key: `${entry.file}#${field}`,
      english,
      translation: translated.get(field) ?? '',
      checked,
      note: noteOf(figures, english),
    }));
  });
  const words = readWords(root, language);
  const reviewed = readInterfaceStatus(root)[language]?.status === 'reviewed';
  // Only English has a form for one; the other languages take `_other` for all.
  const english = [...readWords(root, 'en')].filter(([key]) => !key.endsWith('_one'));
  return [
    ...rows,
    ...english.map(([key, text]) => ({
      key: `${INTERFACE}#${key}`,
      english: text,
      translation: words.get(key) ?? '',
      checked: reviewed,
      note: '',
    })),
  ];
}
