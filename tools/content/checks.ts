import { COUNTRIES, type Country, LANGUAGES, type Language } from '#i18n/languages.ts';
import { addDays } from '#lib/day.ts';
import type { Content, Entry, Problem } from './load.ts';
import type { FigureField, PhoneField } from './schema.ts';

const COUNTRY_CODES: Record<Country, string> = { kr: '+82', th: '+66', my: '+60', kh: '+855' };

/** Days after `due` during which a stale fact is still built, with its label on screen; then the build stops. */
export const GRACE_DAYS = 90;

/** Names that hold a digit and are not figures. */
const CODES =
  /\b(E-9|E-8|E-10|E-6|E-7|G-1|F-6|H-2|C-4|D-10|TD|L-A|PRM ?2\.0|LINDUNG 24 JAM|SKBBK|WFW|A21|P3|MOU 2\+2|1-800)\b/g;

const PLACEHOLDER = /\{([a-z0-9-]+)\}/g;

/** Every text field of one language as `[path, text]`. */
export function textFields(text: object): [string, string][] {
  const fields: [string, string][] = [];
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'string') fields.push([path, value]);
    else if (Array.isArray(value)) value.forEach((item, index) => walk(item, `${path}.${index}`));
    else if (value && typeof value === 'object')
      for (const [key, inner] of Object.entries(value)) walk(inner, path ? `${path}.${key}` : key);
  };
  for (const [key, value] of Object.entries(text)) {
    if (!['rev', 'of', 'status', 'by', 'on'].includes(key)) walk(value, key);
  }
  return fields;
}

function placeholders(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)].map((match) => match[1] as string).sort();
}

function checkPhone(entry: Entry, phone: PhoneField, index: number, problems: Problem[]): void {
  const field = `phones.${index}.international`;
  const code = COUNTRY_CODES[entry.country];
  if (phone.international && !phone.international.startsWith(`${code} `)) {
    problems.push({
      file: entry.file,
      field,
      problem: `${phone.international} does not begin with ${code}, the code of this country.`,
      remedy: `Write "${code} …", or move the contact to the folder of its country.`,
    });
    return;
  }
  if (phone.international) {
    const local = phone.number.replace(/\D/g, '').replace(/^0/, '');
    const abroad = phone.international.slice(code.length).replace(/\D/g, '');
    if (local !== abroad) {
      problems.push({
        file: entry.file,
        field,
        problem: `${phone.international} and ${phone.number} are not the same number.`,
        remedy: 'Correct the wrong one from the source.',
      });
    }
  }
}

function checkFigures(
  entry: Entry,
  figures: Record<string, FigureField>,
  text: Record<string, object | undefined>,
  problems: Problem[],
): void {
  const english = new Map(textFields(text.en as object));
  const used = new Set<string>();
  for (const [path, sentence] of english) {
    for (const name of placeholders(sentence)) {
      used.add(name);
      if (!(name in figures)) {
        problems.push({
          file: entry.file,
          field: `text.en.${path}`,
          problem: `{${name}} has no figure.`,
          remedy: `Add figures.${name}, or correct the name.`,
        });
      }
    }
  }
  for (const name of Object.keys(figures)) {
    if (used.has(name)) continue;
    problems.push({
      file: entry.file,
      field: `figures.${name}`,
      problem: 'No English sentence uses this figure.',
      remedy: 'Use it in the text or remove it.',
    });
  }
}

function checkSentences(entry: Entry, language: Language, text: object, problems: Problem[]): void {
  for (const [path, sentence] of textFields(text)) {
    const field = `text.${language}.${path}`;
    const plain = sentence.replace(PLACEHOLDER, '').replace(CODES, '');
    if (/[0-9០-៩๐-๙]/.test(plain) && entry.kind !== 'contacts') {
      problems.push({
        file: entry.file,
        field,
        problem: `A number stands in the sentence: "${sentence}"`,
        remedy: 'Make it a figure, a law article or a contact.',
      });
    }
    if (entry.kind === 'contacts' && /\d[\d -]{5,}\d/.test(plain)) {
      problems.push({
        file: entry.file,
        field,
        problem: `A phone number stands in the sentence: "${sentence}"`,
        remedy: 'Put it into `phones`.',
      });
    }
    if (/[\u200b-\u200d\u2060\ufeff]/.test(sentence)) {
      problems.push({
        file: entry.file,
        field,
        problem: 'An invisible character stands in the text.',
        remedy: 'Remove it; the build sets the line breaks.',
      });
    }
    if (sentence !== sentence.normalize('NFC')) {
      problems.push({ file: entry.file, field, problem: 'Not in NFC.', remedy: 'Store the text in NFC.' });
    }
    if (language !== 'en') continue;
    for (const part of sentence.split(/(?<=[.!?])\s+/)) {
      if (part.split(/\s+/).length > 20) {
        problems.push({
          file: entry.file,
          field,
          problem: `More than 20 words: "${part}"`,
          remedy: 'Make two sentences of it.',
        });
      }
    }
  }
}

function checkTranslations(entry: Entry, problems: Problem[]): void {
  const texts = entry.data.text;
  const english = new Map(textFields(texts.en));
  for (const language of LANGUAGES) {
    const text = texts[language];
    if (!text) {
      problems.push({
        file: entry.file,
        field: `text.${language}`,
        problem: 'The translation is missing.',
        remedy: 'Translate it, or declare it in content/untranslated.yml with a reason.',
      });
      continue;
    }
    checkSentences(entry, language, text, problems);
    if (!('of' in text)) continue;
    if (text.of !== texts.en.rev) {
      problems.push({
        file: entry.file,
        field: `text.${language}.of`,
        problem: `Translates revision ${text.of}; the English is revision ${texts.en.rev}.`,
        remedy: 'Bring the translation up to date and set `of`, or declare it in content/untranslated.yml.',
      });
    }
    const translated = new Map(textFields(text));
    for (const path of new Set([...english.keys(), ...translated.keys()])) {
      const source = english.get(path);
      const target = translated.get(path);
      if (source === undefined || target === undefined) {
        problems.push({
          file: entry.file,
          field: `text.${language}.${path}`,
          problem: source === undefined ? 'English has no such line.' : 'This line is not translated.',
          remedy: 'A translation has the same lines as the English.',
        });
      } else if (placeholders(source).join() !== placeholders(target).join()) {
        problems.push({
          file: entry.file,
          field: `text.${language}.${path}`,
          problem: `Has the figures [${placeholders(target).join(', ')}], the English [${placeholders(source).join(', ')}].`,
          remedy: 'Use the same figures as the English line.',
        });
      }
    }
  }
}

/**
 * Checks what one file's form cannot say: country codes, figures, translations, links, dates.
 * `untranslated` holds `file:language` pairs that are declared as missing or older.
 */
export function checkContent(content: Content, today: string, untranslated: Set<string>): Problem[] {
  const problems: Problem[] = [];
  const all: Entry[] = [...content.contacts, ...content.rights, ...content.checklist, ...content.situations];
  const contactIds = Object.fromEntries(
    COUNTRIES.map((country) => [
      country,
      new Set(content.contacts.filter((c) => c.country === country || c.country === 'kh').map((c) => c.id)),
    ]),
  ) as Record<Country, Set<string>>;
  const rightIds = new Set(content.rights.map((r) => `${r.country}/${r.id}`));

  for (const entry of all) {
    const found: Problem[] = [];
    checkTranslations(entry, found);
    problems.push(
      ...found.filter((problem) => {
        const language = problem.field.split('.')[1] ?? '';
        return !untranslated.has(`${entry.file}:${language}`);
      }),
    );
    if (addDays(entry.data.due, GRACE_DAYS) < today) {
      problems.push({
        file: entry.file,
        field: 'due',
        problem: `Was due for a check on ${entry.data.due}.`,
        remedy: 'Open the sources, check the fact, set `checked` and `due`.',
      });
    }
    if (entry.data.checked.on > today) {
      problems.push({
        file: entry.file,
        field: 'checked.on',
        problem: `${entry.data.checked.on} lies in the future.`,
        remedy: 'Write the day of the check.',
      });
    }
    if ('figures' in entry.data) checkFigures(entry, entry.data.figures, entry.data.text, problems);
    if ('contacts' in entry.data) {
      for (const id of entry.data.contacts) {
        if (contactIds[entry.country].has(id)) continue;
        problems.push({
          file: entry.file,
          field: 'contacts',
          problem: `There is no contact "${id}" in ${entry.country} or kh.`,
          remedy: 'Correct the id, or write the contact.',
        });
      }
    }
  }

  for (const entry of content.contacts) {
    if (entry.data.phones.length === 0 && !entry.data.website && !entry.data.address) {
      problems.push({
        file: entry.file,
        field: 'phones',
        problem: 'No number, no website and no address: a worker can do nothing with it.',
        remedy: 'Add one of them with its source, or remove the contact.',
      });
    }
    entry.data.phones.forEach((phone, index) => {
      checkPhone(entry, phone, index, problems);
      if (phone.part && !(phone.part in (entry.data.text.en.parts ?? {}))) {
        problems.push({
          file: entry.file,
          field: `phones.${index}.part`,
          problem: `text.en.parts has no "${phone.part}".`,
          remedy: 'Name the part in the text.',
        });
      }
    });
  }
  for (const entry of content.rights) {
    for (const { law } of entry.data.laws) {
      if (law in content.laws[entry.country]) continue;
      problems.push({
        file: entry.file,
        field: 'laws',
        problem: `There is no law "${law}" in content/${entry.country}/laws.yml.`,
        remedy: 'Correct the id, or add the law.',
      });
    }
  }
  for (const entry of content.checklist) {
    const { right, stage } = entry.data;
    if (right && !rightIds.has(`${entry.country}/${right}`)) {
      problems.push({
        file: entry.file,
        field: 'right',
        problem: `There is no right "${right}" in content/${entry.country}/rights.`,
        remedy: 'Correct the id.',
      });
    }
    if (!entry.id.startsWith(`${stage}-`)) {
      problems.push({
        file: entry.file,
        field: 'stage',
        problem: `The file name does not begin with "${stage}-".`,
        remedy: 'Rename the file before it is published.',
      });
    }
  }
  return problems;
}

/** All problems of all files as one text, grouped by file. */
export function reportProblems(problems: Problem[]): string {
  const byFile = Map.groupBy(problems, (problem) => problem.file);
  const lines = [...byFile].flatMap(([file, list]) => [
    file,
    ...list.map((p) => `  ${p.field || '(file)'}: ${p.problem} ${p.remedy}`),
  ]);
  return `${problems.length} problems in ${byFile.size} content files\n${lines.join('\n')}`;
}
