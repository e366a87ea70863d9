import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { parse } from 'yaml';
import type { Pack } from '#content/pack.ts';
import {
  holds,
  type ResultKind,
  type SearchConcept,
  type SearchData,
  type SearchEntry,
} from '#content/search.ts';
import { withoutBreaks } from '#i18n/format.ts';
import { fold } from '#i18n/fold.ts';
import { type Country, HOST_LANGUAGE, type Language } from '#i18n/languages.ts';
import type { Problem } from './load.ts';

const FILE = 'content/search.yml';

const words = v.optional(v.array(v.pipe(v.string(), v.minLength(1))), []);
const CONCEPTS = v.array(
  v.strictObject({
    /** Words of daily life; `latin` holds Khmer and Thai words as people type them in Latin letters. */
    words: v.strictObject({ en: words, km: words, th: words, ko: words, ms: words, latin: words }),
    /** What is meant, the best first: `path:… right:… card:… contact:… topic:… category:…`. */
    means: v.pipe(
      v.array(v.pipe(v.string(), v.regex(/^(path|right|card|contact|topic|category):[a-z0-9-]+$/))),
      v.minLength(1),
    ),
  }),
);
type Concept = v.InferOutput<typeof CONCEPTS>[number];

/** Reads the words of daily life that stand for entries (docs/content.md). */
export function readConcepts(root: string, problems: Problem[]): Concept[] {
  const file = join(root, FILE);
  if (!existsSync(file)) return [];
  const result = v.safeParse(CONCEPTS, parse(readFileSync(file, 'utf8')));
  if (result.success) return result.output;
  for (const issue of result.issues)
    problems.push({
      file: FILE,
      field: v.getDotPath(issue) ?? '',
      problem: issue.message,
      remedy: 'See docs/content.md for the form.',
    });
  return [];
}

/** Without the words that hold another word of the same concept: that one is found inside them. */
function shortest(words: string[]): string[] {
  return words.filter(
    (word) => !words.some((other) => other !== word && other.length >= 4 && holds(word, other)),
  );
}

interface Found extends SearchEntry {
  /** What a concept may name it by. */
  names: string[];
}

function entriesOf(pack: Pack): Found[] {
  const entry = (
    kind: ResultKind,
    id: string,
    danger: boolean,
    title: string,
    ...names: string[]
  ): Found => ({
    kind,
    id,
    danger,
    titles: [fold(withoutBreaks(title))],
    names: [`${kind}:${id}`, ...names],
  });
  return [
    ...pack.paths.map(({ id, danger, title }) => entry('path', id, danger, title)),
    ...pack.rights.map(({ id, danger, title, topic }) => entry('right', id, danger, title, `topic:${topic}`)),
    ...[...pack.contacts, ...pack.homeContacts].map(({ id, rank, name, category }) =>
      entry('contact', id, rank < 10, name, `category:${category}`),
    ),
    ...pack.cards.map(({ id, danger, sentence }) => entry('card', id, danger, sentence)),
    ...pack.checklist.map(({ id, title }) => entry('checklist', id, false, title)),
  ];
}

/** The languages of titles in the search data; the reader's own comes from the pack (src/content/search.ts). */
const titleLanguages = (country: Country): Language[] => ['km', HOST_LANGUAGE[country], 'en'];

/** The search data of one country, from its packs in all languages (which hold the same entries in the same order). */
export function compileSearch(packs: Pack[], concepts: Concept[]): SearchData {
  const [first, ...others] = packs
    .filter(({ language, country }) => titleLanguages(country).includes(language))
    .map(entriesOf);
  if (!first) throw new Error('A country without packs.');
  const entries = first.map((entry, index) => ({
    ...entry,
    titles: [...new Set([...entry.titles, ...others.flatMap((list) => list[index]?.titles ?? [])])],
  }));
  const compiled = concepts.map(({ words: spoken, means }): SearchConcept => {
    const places = means.flatMap((name) =>
      entries.flatMap((entry, place) => (entry.names.includes(name) ? [place] : [])),
    );
    return {
      words: shortest([...new Set(Object.values(spoken).flat().map(fold))]),
      entries: [...new Set(places)],
    };
  });
  return {
    entries: entries.map(({ names: _names, ...entry }) => entry),
    concepts: compiled.filter((concept) => concept.entries.length > 0),
  };
}

/** A concept must mean something that exists in at least one country. */
export function checkConcepts(concepts: Concept[], packs: Pack[]): Problem[] {
  const known = new Set(packs.flatMap((pack) => entriesOf(pack).flatMap(({ names }) => names)));
  return concepts.flatMap(({ means }, index) =>
    means
      .filter((name) => !known.has(name))
      .map((name) => ({
        file: FILE,
        field: `${index}.means`,
        problem: `No country has "${name}".`,
        remedy: 'Correct the name.',
      })),
  );
}
