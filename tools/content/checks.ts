import { COUNTRIES, type Country, LANGUAGES, type Language } from '#i18n/languages.ts';
import { addDays } from '#lib/day.ts';
import { checkText } from './language.ts';
import { allEntries, type Content, type Entry, holdsIn, type Problem } from './load.ts';
import type { FactFile, FigureField, PhoneField } from './schema.ts';

const COUNTRY_CODES: Record<Country, string> = { kr: '+82', th: '+66', my: '+60', kh: '+855' };

/** Days after `due` during which a fact is still built, with its label on screen; then the build stops. */
const GRACE_DAYS = { lifeSaving: 90, other: 365 };

/** Whether life, body or freedom hangs on it: the first numbers to call, and what is marked as danger. */
export function isLifeSaving({ kind, data }: Entry): boolean {
  return 'danger' in data ? data.danger : kind === 'contacts' && data.rank < 10;
}

/** The last day on which a fact may be built without a new check. */
export function lastDayOf(entry: Entry): string {
  return addDays(entry.data.due, isLifeSaving(entry) ? GRACE_DAYS.lifeSaving : GRACE_DAYS.other);
}

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

/** The names of the figures in a text, sorted. */
export function placeholders(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)].map((match) => match[1] as string).sort();
}

function checkPhone(entry: Entry, phone: PhoneField, index: number, problems: Problem[]): void {
  const field = `phones.${index}.international`;
  const code = entry.country === 'all' ? '' : COUNTRY_CODES[entry.country];
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
    for (const found of checkText(language, sentence)) problems.push({ file: entry.file, field, ...found });
  }
}

/**
 * What must be the same in a translation: the figures, and names and numbers that hold a digit.
 * Korean writes months and counts with digits where English has words.
 */
export function fixedParts(text: string): string {
  const numbers =
    text
      .replace(PLACEHOLDER, ' ')
      .replace(/\d+(월|번)/g, ' ')
      .match(/[A-Z]*-?\d[\d-]*/g) ?? [];
  return [...placeholders(text).map((name) => `{${name}}`), ...numbers.sort()].join(', ');
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
      } else if (fixedParts(source) !== fixedParts(target)) {
        problems.push({
          file: entry.file,
          field: `text.${language}.${path}`,
          problem: `Has the figures [${fixedParts(target)}], the English [${fixedParts(source)}].`,
          remedy: 'Use the same figures as the English line.',
        });
      }
    }
  }
}

/** Where an entry holds, and that its id is one for that place. */
function checkScope(entry: Entry, problems: Problem[]): void {
  const named = 'countries' in entry.data && entry.data.countries !== undefined;
  if (entry.country === 'all' && !named) {
    problems.push({
      file: entry.file,
      field: 'countries',
      problem: 'content/all does not say in which countries this holds.',
      remedy: 'Add `countries: [kr, th, my]`.',
    });
  }
  if (entry.country !== 'all' && named) {
    problems.push({
      file: entry.file,
      field: 'countries',
      problem: 'This file lies in the folder of one country.',
      remedy: 'Remove `countries`, or move the file to content/all.',
    });
  }
}

/** Every id that an entry names must exist in each country in which the entry holds. */
function checkLinks(entry: Entry, content: Content, problems: Problem[]): void {
  const { data, file } = entry;
  const lists: [field: string, kind: 'rights' | 'cards' | 'instruments', ids: (string | undefined)[]][] = [
    ['right', 'rights', 'right' in data ? [data.right] : []],
    ['rights', 'rights', 'rights' in data ? data.rights : []],
    ['card', 'cards', 'card' in data ? [data.card] : []],
    ['cards', 'cards', 'cards' in data ? data.cards : []],
    ['instruments', 'instruments', 'instruments' in data ? data.instruments : []],
  ];
  for (const country of COUNTRIES.filter((place) => holdsIn(entry, place))) {
    const has = (kind: 'rights' | 'cards' | 'instruments' | 'contacts', id: string) =>
      content[kind].some((other: Entry) => other.id === id && holdsIn(other, country));
    for (const [field, kind, ids] of lists)
      for (const id of ids) {
        if (id === undefined || has(kind, id)) continue;
        problems.push({
          file,
          field,
          problem: `There is no "${id}" in content/${country}/${kind} or content/all/${kind}.`,
          remedy: 'Correct the id, or write the file.',
        });
      }
    if ('contacts' in data) {
      // A shared entry lists the contacts of all its countries; each country shows its own.
      const known = (id: string) => COUNTRIES.some((place) => holdsContact(content, id, place));
      for (const id of data.contacts) {
        const here = holdsContact(content, id, country) || holdsContact(content, id, 'kh');
        if (entry.country === 'all' ? known(id) : here) continue;
        problems.push({
          file,
          field: 'contacts',
          problem: `There is no contact "${id}" in ${country} or kh.`,
          remedy: 'Correct the id, or write the contact.',
        });
      }
    }
    const twins = (content[entry.kind] as Entry[]).filter(
      (other) => other.id === entry.id && holdsIn(other, country),
    );
    if (twins.length > 1 && entry.country === 'all') {
      problems.push({
        file,
        field: '(file)',
        problem: `content/${country}/${entry.kind} has the same id.`,
        remedy: 'Give one of them another name before it is published.',
      });
    }
  }
  if ('laws' in data) {
    for (const { law, country } of data.laws) {
      const place = entry.country === 'all' ? country : entry.country;
      if (place && law in content.laws[place]) continue;
      problems.push({
        file,
        field: 'laws',
        problem: place
          ? `There is no law "${law}" in content/${place}/laws.yml.`
          : `"${law}" does not say of which country it is.`,
        remedy: place ? 'Correct the id, or add the law.' : 'Add `country`.',
      });
    }
  }
}

function holdsContact(content: Content, id: string, country: Country): boolean {
  return content.contacts.some((contact) => contact.id === id && contact.country === country);
}

/**
 * Checks what one file's form cannot say: country codes, figures, translations, links, dates.
 * `untranslated` holds `file:language` pairs that are declared as missing or older.
 */
export function checkContent(content: Content, today: string, untranslated: Set<string>): Problem[] {
  const problems: Problem[] = [];
  const all = allEntries(content);
  for (const entry of all) {
    const found: Problem[] = [];
    checkTranslations(entry, found);
    problems.push(
      ...found.filter((problem) => {
        const language = problem.field.split('.')[1] ?? '';
        return !untranslated.has(`${entry.file}:${language}`);
      }),
    );
    if (lastDayOf(entry) < today) {
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
    if (entry.kind === 'rights') {
      const { changed, text } = entry.data as FactFile['rights'];
      if ((changed === undefined) !== (text.en.change === undefined)) {
        problems.push({
          file: entry.file,
          field: 'changed',
          problem: 'An announcement has a day (`changed`) and words (`text.en.change`).',
          remedy: 'Write both, or neither.',
        });
      }
    }
    if ('figures' in entry.data) checkFigures(entry, entry.data.figures, entry.data.text, problems);
    checkScope(entry, problems);
    checkLinks(entry, content, problems);
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
  for (const entry of content.checklist) {
    const { stage } = entry.data;
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
