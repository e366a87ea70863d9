import * as v from 'valibot';
import { LISTENERS, WORK } from '#content/pack.ts';
import { CURRENCIES, RATE_UNITS, UNITS } from '#i18n/format.ts';
import { COUNTRIES } from '#i18n/languages.ts';
import { STAGES } from '#i18n/paths.ts';
import { isDay } from '#lib/day.ts';

/*
 * The form of every file in content/ (docs/content.md says it in words).
 * `strictObject` everywhere: an unknown field is a mistake, never ignored.
 */

const id = v.pipe(v.string(), v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'small letters, digits and hyphens only'));
const day = v.pipe(
  v.string(),
  v.check((text) => isDay(text), 'a real day, written YYYY-MM-DD'),
);
const partialDay = v.pipe(
  v.union([v.string(), v.number()]),
  v.transform(String),
  v.regex(/^\d{4}(-\d{2}(-\d{2})?)?$/),
);
const line = v.pipe(v.string(), v.trim(), v.minLength(1, 'must not be empty'));
const webAddress = v.pipe(
  v.string(),
  v.regex(/^https?:\/\/[^\s()]+\.[^\s]+$/, 'a web address without remarks'),
);

const source = v.pipe(
  v.strictObject({
    title: line,
    url: webAddress,
    published: v.optional(partialDay),
    retrieved: v.optional(partialDay),
  }),
  v.check((s) => Boolean(s.published ?? s.retrieved), 'needs `published` or `retrieved`'),
);

const figure = v.variant('unit', [
  v.strictObject({ unit: v.literal('date'), value: day, from: v.optional(day) }),
  v.strictObject({
    unit: v.picklist([...CURRENCIES, ...UNITS, 'number']),
    value: v.number(),
    per: v.optional(v.picklist(RATE_UNITS)),
    from: v.optional(day),
  }),
]);

const fact = {
  confidence: v.picklist(['confirmed', 'single-source']),
  sources: v.pipe(v.array(source), v.minLength(1, 'at least one source')),
  checked: v.strictObject({ by: line, on: day }),
  due: day,
  facts: v.pipe(v.array(line), v.minLength(1)),
};

/** English carries `rev`; a translation carries the revision it is `of` and who stands for it. */
function texts<T extends v.ObjectEntries>(entries: T) {
  const translation = v.variant('status', [
    v.strictObject({ of: v.number(), status: v.literal('machine-draft'), ...entries }),
    v.strictObject({ of: v.number(), status: v.literal('reviewed'), by: line, on: day, ...entries }),
  ]);
  return v.strictObject({
    en: v.strictObject({ rev: v.pipe(v.number(), v.integer(), v.minValue(1)), ...entries }),
    km: v.optional(translation),
    th: v.optional(translation),
    ko: v.optional(translation),
    ms: v.optional(translation),
  });
}

const clock = v.pipe(v.string(), v.regex(/^([01]\d|2[0-4]):[0-5]\d$/));

const phone = v.strictObject({
  number: v.pipe(v.string(), v.regex(/^\d[\d -]*\d$/, 'digits, spaces and hyphens only: a dialable number')),
  international: v.nullable(
    v.pipe(v.string(), v.regex(/^\+\d[\d -]*\d$/, 'a plus, the country code, digits, spaces and hyphens')),
  ),
  kinds: v.pipe(v.array(v.picklist(['voice', 'sms', 'whatsapp'])), v.minLength(1)),
  free: v.picklist(['yes', 'no', 'unknown']),
  hours: v.union([
    v.picklist(['always', 'unknown']),
    v.array(v.strictObject({ days: v.picklist(['mon-fri', 'mon-sat', 'mon-sun']), from: clock, to: clock })),
  ]),
  khmer: v.picklist(['yes', 'interpreter', 'unconfirmed', 'no']),
  languages: v.array(v.pipe(v.string(), v.regex(/^[a-z]{2}$/))),
  show: v.picklist(['yes', 'verify-first']),
  part: v.optional(id),
});

const contact = v.strictObject({
  category: v.picklist([
    'police',
    'ambulance',
    'fire',
    'labour',
    'immigration',
    'embassy',
    'trafficking',
    'women',
    'child',
    'distress',
    'legal',
    'insurance',
    'ngo',
    'government',
    'resource-centre',
    'interpreter',
  ]),
  rank: v.number(),
  show: v.picklist(['yes', 'verify-first']),
  official: v.record(v.pipe(v.string(), v.regex(/^[a-z]{2}$/)), line),
  phones: v.array(phone),
  website: v.optional(webAddress),
  address: v.optional(line),
  ...fact,
  text: texts({
    name: line,
    use: line,
    note: v.optional(line),
    parts: v.optional(v.record(id, line)),
  }),
});

export const PICTURES = [
  'passport',
  'wage',
  'clock',
  'rest',
  'deduction',
  'fee',
  'house',
  'injury',
  'leave',
  'no-papers',
  'agency',
  'receipt',
  'contract',
  'lesson',
  'scam',
  'debt',
  'complaint',
  'plane',
  'papers',
  'first-aid',
  'hospital',
  'heat',
  'cold',
  'gas',
  'chemical',
  'machine',
  'height',
  'electricity',
  'fire',
  'road',
  'boat',
  'farm',
  'mind',
  'stop',
  'lock',
  'pregnancy',
  'bank',
  'send-money',
  'phone',
  'law',
  'people',
  'police',
  'family',
  'talk',
  'water',
] as const;

export const TOPICS = [
  'wage',
  'hours',
  'rest',
  'deductions',
  'papers',
  'fees',
  'housing',
  'injury',
  'leaving',
  'no-papers',
  'agency',
  'receipts',
  'contract',
  'orientation',
  'scams',
  'debt',
  'complaint',
  'going-home',
  'first-aid',
  'health',
  'safety',
  'mind',
  'violence',
  'trafficking',
  'money',
  'local-law',
  'union',
  'arrest',
  'family',
] as const;

/** For an entry in content/all: the countries in which it holds. */
const countries = v.optional(v.pipe(v.array(v.picklist(COUNTRIES)), v.minLength(1)));
const figures = v.optional(v.record(id, figure), {});
const laws = v.optional(
  v.array(
    v.strictObject({
      law: id,
      article: v.string(),
      plain: v.string(),
      // Only in content/all: the country whose law it is.
      country: v.optional(v.picklist(COUNTRIES)),
    }),
  ),
  [],
);
const ids = v.optional(v.array(id), []);
const lines = (least: number, most: number) =>
  v.pipe(
    v.array(line),
    v.minLength(least, `at least ${least}`),
    v.maxLength(most, `at most ${most}: a longer list is not read`),
  );

const right = v.strictObject({
  topic: v.picklist(TOPICS),
  stages: v.pipe(v.array(v.picklist(STAGES)), v.minLength(1)),
  rank: v.number(),
  picture: v.picklist(PICTURES),
  countries,
  /** Only for these kinds of work; without it, for all. */
  work: v.optional(v.pipe(v.array(v.picklist(WORK)), v.minLength(1))),
  /** Only for those who have, or have not, valid papers; without it, for both. */
  papers: v.optional(v.picklist(['with', 'without'])),
  /** Life, body or freedom is at stake: found first. */
  danger: v.optional(v.boolean(), false),
  /** What to show, in the language of the country. */
  card: v.optional(id),
  instruments: ids,
  /** The day from which the rule or figure is new; `text.change` announces it. */
  changed: v.optional(day),
  figures,
  laws,
  contacts: v.array(id),
  ...fact,
  text: texts({
    title: line,
    sentence: line,
    change: v.optional(line),
    steps: lines(1, 5),
    // More than that nobody reads: make a right of its own of them (docs/decisions/0010).
    exceptions: v.optional(lines(0, 7), []),
  }),
});

/** What to do when something has happened, from the first call to the last deadline. */
const path = v.strictObject({
  rank: v.number(),
  picture: v.picklist(PICTURES),
  danger: v.optional(v.boolean(), false),
  countries,
  figures,
  laws,
  contacts: v.pipe(v.array(id), v.minLength(1, 'whom to call first')),
  rights: v.pipe(v.array(id), v.minLength(1, 'at least one right that explains it')),
  cards: ids,
  ...fact,
  text: texts({
    title: line,
    first: line,
    steps: lines(2, 6),
    proof: lines(1, 5),
    next: lines(1, 4),
    deadlines: v.optional(lines(0, 4), []),
    exceptions: v.optional(lines(0, 5), []),
  }),
});

/** A sentence that a worker shows to somebody. */
const card = v.pipe(
  v.strictObject({
    to: v.pipe(v.array(v.picklist(LISTENERS)), v.minLength(1)),
    rank: v.number(),
    picture: v.picklist(PICTURES),
    danger: v.optional(v.boolean(), false),
    countries,
    /** What the worker adds by hand; it stands large below the sentence. */
    blank: v.optional(v.picklist(['phone', 'blood-group', 'words', 'money', 'day'])),
    figures,
    laws,
    ...fact,
    // A plain sentence of the worker's own states no fact; one that names a law needs the law's source.
    sources: v.array(source),
    facts: v.array(line),
    text: texts({ sentence: line }),
  }),
  v.check((c) => c.laws.length === 0 || c.sources.length > 0, 'a card that names a law needs its source'),
);

/** What governments have promised each other. */
const instrument = v.strictObject({
  body: v.picklist(['asean', 'ilo', 'un', 'other']),
  rank: v.number(),
  /** Its own full name, in English as adopted. */
  official: line,
  year: v.number(),
  /** A treaty binds the states that ratified it; a declaration binds nobody. */
  binding: v.boolean(),
  /** A country that is not named is one whose answer is not known. */
  status: v.record(
    v.picklist(COUNTRIES),
    v.strictObject({
      is: v.picklist(['adopted', 'ratified', 'signed', 'not-ratified', 'denounced', 'not-member']),
      year: v.optional(v.number()),
    }),
  ),
  countries,
  ...fact,
  text: texts({ name: line, says: lines(1, 8), limit: line }),
});

const checklist = v.strictObject({
  stage: v.picklist(STAGES),
  rank: v.number(),
  right: v.optional(id),
  countries,
  contacts: ids,
  figures,
  ...fact,
  text: texts({ title: line, why: line, how: line, otherwise: line }),
});

const situation = v.strictObject({
  'as-of': day,
  stages: v.pipe(v.array(v.picklist(STAGES)), v.minLength(1)),
  rank: v.number(),
  contacts: v.pipe(v.array(id), v.minLength(1)),
  countries,
  figures,
  ...fact,
  text: texts({ title: line, body: line }),
});

const lawsFile = v.record(
  id,
  v.strictObject({
    language: v.pipe(v.string(), v.regex(/^[a-z]{2}$/)),
    official: line,
    names: v.strictObject({ en: line, km: line, th: line, ko: line, ms: line }),
  }),
);

export const SCHEMAS = {
  contacts: contact,
  rights: right,
  paths: path,
  cards: card,
  checklist,
  situations: situation,
  instruments: instrument,
};
export const LAWS_SCHEMA = lawsFile;

export type Kind = keyof typeof SCHEMAS;
export type FactFile = { [K in Kind]: v.InferOutput<(typeof SCHEMAS)[K]> };
export type FigureField = v.InferOutput<typeof figure>;
export type PhoneField = v.InferOutput<typeof phone>;
export type Laws = v.InferOutput<typeof lawsFile>;
