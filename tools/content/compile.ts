import type {
  ChecklistItem,
  Contact,
  Figure,
  LawRef,
  Pack,
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
import type { Country, Language } from '#i18n/languages.ts';
import { breakKhmer } from './khmerBreaks.ts';
import type { Content, Entry } from './load.ts';
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
  return {
    words: finish(text) as Words<K>,
    textLanguage,
    older: 'of' in text && text.of !== texts.en.rev,
  };
}

/** Collects the sources of a pack, each once. */
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
  const { data } = entry;
  const { words, textLanguage, older } = wordsOf(entry, language);
  const phones = data.phones.map((phone) => {
    const compiled = phoneFrom(phone, entry.country, from);
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

function compileRight(
  entry: Entry<'rights'>,
  language: Language,
  content: Content,
  sources: SourceTable,
): Right {
  const { data } = entry;
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
  const laws: LawRef[] = data.laws.flatMap(({ law, article, plain }) => {
    const named = content.laws[entry.country][law];
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
  return {
    ...factOf(entry, textLanguage, older, sources),
    topic: data.topic,
    stages: data.stages,
    picture: data.picture,
    title: words.title,
    sentence: words.sentence,
    steps: words.steps,
    exceptions: words.exceptions,
    figures,
    laws,
    contacts: data.contacts,
  };
}

function compileChecklistItem(
  entry: Entry<'checklist'>,
  language: Language,
  sources: SourceTable,
): ChecklistItem {
  const { data } = entry;
  const { words, textLanguage, older } = wordsOf(entry, language);
  return {
    ...factOf(entry, textLanguage, older, sources),
    stage: data.stage,
    title: words.title,
    why: words.why,
    how: words.how,
    otherwise: words.otherwise,
    ...(data.right ? { right: data.right } : {}),
    contacts: data.contacts,
  };
}

function compileSituation(entry: Entry<'situations'>, language: Language, sources: SourceTable): Situation {
  const { data } = entry;
  const { words, textLanguage, older } = wordsOf(entry, language);
  return {
    ...factOf(entry, textLanguage, older, sources),
    asOf: data['as-of'],
    stages: data.stages,
    title: words.title,
    body: words.body,
    contacts: data.contacts,
  };
}

const byRank = (a: Entry<'contacts' | 'rights' | 'checklist' | 'situations'>, b: typeof a): number =>
  a.data.rank - b.data.rank || a.id.localeCompare(b.id);

/** Confirmed contacts by rank, then those to verify first. */
const byTrust = (a: Entry<'contacts'>, b: Entry<'contacts'>): number =>
  Number(a.data.show === 'verify-first') - Number(b.data.show === 'verify-first') || byRank(a, b);

/** Builds the pack of one language and country. The content must have passed its checks. */
export function compilePack(content: Content, language: Language, country: Country): Pack {
  const sources = createSourceTable();
  const of = <K extends Kind>(entries: Entry<K>[], where: Country): Entry<K>[] =>
    entries.filter((entry) => entry.country === where);
  const contactsOf = (where: Country) =>
    of(content.contacts, where)
      .sort(byTrust)
      .map((entry) => compileContact(entry, language, country, sources));
  return {
    language,
    country,
    contacts: contactsOf(country),
    homeContacts: country === 'kh' ? [] : contactsOf('kh'),
    rights: of(content.rights, country)
      .sort(byRank)
      .map((entry) => compileRight(entry, language, content, sources)),
    checklist: of(content.checklist, country)
      .sort(byRank)
      .map((entry) => compileChecklistItem(entry, language, sources)),
    situations: of(content.situations, country)
      .sort(byRank)
      .map((entry) => compileSituation(entry, language, sources)),
    sources: sources.list,
    machineDraft:
      language !== 'en' &&
      [...content.contacts, ...content.rights, ...content.checklist, ...content.situations].some(
        (entry) => entry.data.text[language]?.status === 'machine-draft',
      ),
  };
}
