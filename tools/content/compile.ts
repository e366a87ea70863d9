import type {
  Card,
  ChecklistItem,
  Contact,
  Figure,
  Instrument,
  LawRef,
  Pack,
  Path,
  Phone,
  Right,
  Situation,
  Source,
} from '#content/pack.ts';
import {
  CURRENCIES,
  type Currency,
  formatDay,
  formatMeasure,
  formatMoney,
  formatNumber,
  formatRate,
  toDialable,
  type Unit,
} from '#i18n/format.ts';
import { type Country, HOST_LANGUAGE, type Language } from '#i18n/languages.ts';
import { breakKhmer } from './khmerBreaks.ts';
import { allEntries, type Content, type Entry, holdsIn } from './load.ts';
import type { FactFile, FigureField, Kind, PhoneField } from './schema.ts';

function figureText(figure: FigureField, language: Language): string {
  if (figure.unit === 'date') return formatDay(figure.value, language);
  if (figure.unit === 'number') return formatNumber(figure.value);
  if (CURRENCIES.includes(figure.unit as Currency))
    return formatMoney(figure.value, figure.unit as Currency, language);
  return formatMeasure(figure.value, figure.unit as Unit, language);
}

type Words<K extends Kind> = Omit<FactFile[K]['text']['en'], 'rev'>;

/** The text in the reader's language, else English, with figures set in and Khmer made breakable. */
function wordsOf<K extends Kind>(
  entry: Entry<K>,
  language: Language,
): { words: Words<K>; textLanguage: Language; older: boolean } {
  const texts = entry.data.text as FactFile['rights']['text'];
  const chosen = texts[language];
  const text = chosen ?? texts.en;
  const textLanguage = chosen ? language : 'en';
  const figures = 'figures' in entry.data ? entry.data.figures : {};
  const finish = (value: unknown): unknown => {
    if (typeof value === 'string') {
      const filled = value.replace(/\{([a-z0-9-]+)\}/g, (whole, name: string) => {
        const figure = figures[name];
        return figure ? figureText(figure, textLanguage) : whole;
      });
      return textLanguage === 'km' ? breakKhmer(filled) : filled;
    }
    if (Array.isArray(value)) return value.map(finish);
    if (value && typeof value === 'object')
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, finish(inner)]));
    return value;
  };
  const {
    rev: _rev,
    of: _of,
    status: _status,
    by: _by,
    on: _on,
    ...lines
  } = text as typeof texts.en & {
    of?: number;
    status?: string;
    by?: string;
    on?: string;
  };
  return {
    words: finish(lines) as Words<K>,
    textLanguage,
    older: 'of' in text && text.of !== texts.en.rev,
  };
}

/** Collects the sources of a country, each once. */
interface SourceTable {
  list: Source[];
  /** The places of an entry's sources in the list. */
  of: (entry: Entry) => number[];
}

function createSourceTable(): SourceTable {
  const list: Source[] = [];
  const places = new Map<string, number>();
  return {
    list,
    of: (entry) =>
      entry.data.sources.map(({ title, url, published, retrieved }) => {
        const source = { title, url, date: published ?? retrieved ?? '' };
        const key = JSON.stringify(source);
        const known = places.get(key);
        if (known !== undefined) return known;
        places.set(key, list.length);
        return list.push(source) - 1;
      }),
  };
}

function factOf(entry: Entry, textLanguage: Language, older: boolean, sources: SourceTable) {
  return {
    id: entry.id,
    textLanguage,
    older,
    singleSource: entry.data.confidence === 'single-source',
    sources: sources.of(entry),
    checkedOn: entry.data.checked.on,
    due: entry.data.due,
  };
}

/** How a number is printed and dialled by someone who stands in `from`. */
function phoneFrom(phone: PhoneField, numberCountry: Country, from: Country): Phone {
  const { number, international, show, part, ...rest } = phone;
  const inside = numberCountry === from;
  const display = inside ? number : (international ?? number);
  return {
    display,
    dial: inside || international ? toDialable(display) : null,
    whatsapp: rest.kinds.includes('whatsapp') && international ? toDialable(international).slice(1) : null,
    ...rest,
    verifyFirst: show === 'verify-first',
    ...(part ? { part } : {}),
  };
}

function compileContact(
  entry: Entry<'contacts'>,
  language: Language,
  from: Country,
  sources: SourceTable,
): Contact {
  const { data, country } = entry;
  if (country === 'all') throw new Error(`${entry.file}: a contact belongs to one country.`);
  const { words, textLanguage, older } = wordsOf(entry, language);
  const phones = data.phones.map((phone) => {
    const compiled = phoneFrom(phone, country, from);
    return phone.part ? { ...compiled, part: words.parts?.[phone.part] ?? '' } : compiled;
  });
  const officialLanguage = Object.keys(data.official).find((code) => code !== language);
  const officialName = officialLanguage ? data.official[officialLanguage] : undefined;
  return {
    ...factOf(entry, textLanguage, older, sources),
    category: data.category,
    rank: data.rank,
    verifyFirst: data.show === 'verify-first',
    official: officialLanguage && officialName ? { language: officialLanguage, name: officialName } : null,
    name: words.name,
    use: words.use,
    ...(words.note ? { note: words.note } : {}),
    // A number that rests on one source stands below those that are confirmed.
    phones: [...phones.filter((p) => !p.verifyFirst), ...phones.filter((p) => p.verifyFirst)],
    ...(data.website ? { website: data.website } : {}),
    ...(data.address ? { address: data.address } : {}),
  };
}

/** The laws of an entry that hold in a country, named in the reader's language and in their own. */
function compileLaws(
  entry: Entry<'rights' | 'paths' | 'cards'>,
  { language, country, content }: Edition,
): LawRef[] {
  return entry.data.laws.flatMap(({ law, article, plain, country: only }) => {
    if (only && only !== country) return [];
    const named = content.laws[country][law];
    if (!named) return [];
    const name = named.names[language];
    return [
      {
        name: language === 'km' ? breakKhmer(name) : name,
        plain,
        official: named.official,
        article,
        language: named.language,
      },
    ];
  });
}

/** The contacts of an entry that a pack holds: a shared entry names those of every country. */
function contactIds(
  entry: Entry<'rights' | 'paths' | 'checklist' | 'situations'>,
  { country, content }: Edition,
) {
  const { contacts } = entry.data;
  if (entry.country !== 'all') return contacts;
  return contacts.filter((id) =>
    content.contacts.some((contact) => contact.id === id && contact.country === country),
  );
}

function compileRight(entry: Entry<'rights'>, edition: Edition): Right {
  const { data } = entry;
  const { language, sources } = edition;
  const { words, textLanguage, older } = wordsOf(entry, language);
  // Only rates stand by themselves under the sentence; other figures mean nothing without their words.
  const figures: Figure[] = Object.values(data.figures).flatMap((figure) =>
    figure.unit !== 'date' && figure.per && figure.from
      ? [
          {
            text: formatRate(figure.value, figure.unit as Currency, figure.per, language),
            from: figure.from,
          },
        ]
      : [],
  );
  return {
    ...factOf(entry, textLanguage, older, sources),
    topic: data.topic,
    stages: data.stages,
    work: data.work ?? [],
    ...(data.papers ? { papers: data.papers } : {}),
    danger: data.danger,
    picture: data.picture,
    title: words.title,
    sentence: words.sentence,
    steps: words.steps,
    exceptions: words.exceptions,
    figures,
    laws: compileLaws(entry, edition),
    contacts: contactIds(entry, edition),
    ...(data.card ? { card: data.card } : {}),
    instruments: data.instruments,
    ...(data.changed && words.change ? { change: { text: words.change, from: data.changed } } : {}),
  };
}

function compilePath(entry: Entry<'paths'>, edition: Edition): Path {
  const { data } = entry;
  const { words, textLanguage, older } = wordsOf(entry, edition.language);
  return {
    ...factOf(entry, textLanguage, older, edition.sources),
    picture: data.picture,
    danger: data.danger,
    ...words,
    laws: compileLaws(entry, edition),
    contacts: contactIds(entry, edition),
    rights: data.rights,
    cards: data.cards,
  };
}

function compileCard(entry: Entry<'cards'>, edition: Edition): Card {
  const { data } = entry;
  const { words, textLanguage, older } = wordsOf(entry, edition.language);
  const host = wordsOf(entry, HOST_LANGUAGE[edition.country]);
  return {
    id: entry.id,
    textLanguage,
    older,
    to: data.to,
    picture: data.picture,
    danger: data.danger,
    sentence: words.sentence,
    host: { language: host.textLanguage, sentence: host.words.sentence },
    laws: compileLaws(entry, edition),
    ...(data.blank ? { blank: data.blank } : {}),
  };
}

function compileInstrument(entry: Entry<'instruments'>, { language, sources }: Edition): Instrument {
  const { body, official, year, binding, status } = entry.data;
  const { words, textLanguage, older } = wordsOf(entry, language);
  return { ...factOf(entry, textLanguage, older, sources), body, official, year, binding, status, ...words };
}

function compileChecklistItem(entry: Entry<'checklist'>, edition: Edition): ChecklistItem {
  const { data } = entry;
  const { words, textLanguage, older } = wordsOf(entry, edition.language);
  return {
    ...factOf(entry, textLanguage, older, edition.sources),
    stage: data.stage,
    ...words,
    ...(data.right ? { right: data.right } : {}),
    contacts: contactIds(entry, edition),
  };
}

function compileSituation(entry: Entry<'situations'>, edition: Edition): Situation {
  const { data } = entry;
  const { words, textLanguage, older } = wordsOf(entry, edition.language);
  return {
    ...factOf(entry, textLanguage, older, edition.sources),
    asOf: data['as-of'],
    stages: data.stages,
    ...words,
    contacts: contactIds(entry, edition),
  };
}

const byRank = (a: Entry, b: Entry): number => rankOf(a) - rankOf(b) || a.id.localeCompare(b.id);
const rankOf = (entry: Entry): number => entry.data.rank;

/** Confirmed contacts by rank, then those to verify first. */
const byTrust = (a: Entry<'contacts'>, b: Entry<'contacts'>): number =>
  Number(a.data.show === 'verify-first') - Number(b.data.show === 'verify-first') || byRank(a, b);

/** What every part of one pack is compiled for. */
interface Edition {
  content: Content;
  language: Language;
  country: Country;
  sources: SourceTable;
}

/**
 * Builds the pack of one language and country. The content must have passed its checks.
 * The sources come in the same order for every language.
 */
export function compilePack(content: Content, language: Language, country: Country): Pack {
  const sources = createSourceTable();
  const edition: Edition = { content, language, country, sources };
  const here = <K extends Kind>(kind: K): Entry<K>[] =>
    (content[kind] as Entry<K>[]).filter((entry) => holdsIn(entry, country)).sort(byRank);
  const contactsOf = (where: Country) =>
    content.contacts
      .filter((contact) => contact.country === where)
      .sort(byTrust)
      .map((entry) => compileContact(entry, language, country, sources));
  return {
    language,
    country,
    contacts: contactsOf(country),
    homeContacts: country === 'kh' ? [] : contactsOf('kh'),
    rights: here('rights').map((entry) => compileRight(entry, edition)),
    paths: here('paths').map((entry) => compilePath(entry, edition)),
    cards: here('cards').map((entry) => compileCard(entry, edition)),
    checklist: here('checklist').map((entry) => compileChecklistItem(entry, edition)),
    situations: here('situations').map((entry) => compileSituation(entry, edition)),
    instruments: here('instruments').map((entry) => compileInstrument(entry, edition)),
    sources: sources.list,
    machineDraft:
      language !== 'en' &&
      allEntries(content).some((entry) => entry.data.text[language]?.status === 'machine-draft'),
  };
}
