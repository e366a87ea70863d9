import { fold } from '#i18n/fold.ts';
import type { Pack } from './pack.ts';

export type ResultKind = 'path' | 'right' | 'contact' | 'card' | 'checklist';

/** One thing that can be found, with its titles in all languages, folded. */
export interface SearchEntry {
  kind: ResultKind;
  id: string;
  /** Life, body or freedom is at stake: comes first. */
  danger: boolean;
  titles: string[];
}

/** Words of daily life, in any language and in Latin letters, and the entries they stand for, the best first. */
export interface SearchConcept {
  /** Folded. */
  words: string[];
  /** Places in the list of entries. */
  entries: number[];
}

/** What the build writes for each country; the packs hold the rest. */
export interface SearchData {
  entries: SearchEntry[];
  concepts: SearchConcept[];
}

export interface SearchResult {
  kind: ResultKind;
  id: string;
  score: number;
}

/** Everything that is searched, folded once for a language and country. */
export interface SearchIndex {
  data: SearchData;
  /** The full text of every entry in the reader's language, beside `data.entries`. */
  texts: string[];
}

const KIND_ORDER: ResultKind[] = ['path', 'right', 'contact', 'card', 'checklist'];

function textsOf(pack: Pack): Map<string, string> {
  const texts = new Map<string, string>();
  const put = (kind: ResultKind, id: string, ...lines: (string | string[] | undefined)[]) =>
    texts.set(`${kind}/${id}`, fold(lines.flat().join(' ')));
  for (const path of pack.paths)
    put('path', path.id, path.title, path.first, path.steps, path.proof, path.next, path.exceptions);
  for (const right of pack.rights)
    put('right', right.id, right.title, right.sentence, right.steps, right.exceptions);
  for (const contact of [...pack.contacts, ...pack.homeContacts])
    put(
      'contact',
      contact.id,
      contact.name,
      contact.use,
      contact.official?.name,
      contact.phones.map(({ display }) => `${display} ${display.replace(/\D/g, '')}`),
    );
  for (const card of pack.cards) put('card', card.id, card.sentence, card.host.sentence);
  for (const item of pack.checklist) put('checklist', item.id, item.title, item.why, item.how);
  return texts;
}

/** Folds the texts of a pack for search. Takes some 10 ms on a slow phone, so it is made once. */
export function createSearchIndex(data: SearchData, pack: Pack): SearchIndex {
  const texts = textsOf(pack);
  return { data, texts: data.entries.map(({ kind, id }) => texts.get(`${kind}/${id}`) ?? '') };
}

/** A Latin word or a number is found from its beginning ("hot" is not in "photo"); other scripts anywhere. */
function holds(text: string, term: string): boolean {
  return /^[a-z0-9]/.test(term) ? ` ${text}`.includes(` ${term}`) : text.includes(term);
}

/** Results that fill a small screen twice. */
const ENOUGH = 6;

const SCORE = { word: 60, wordBegins: 40, wordInside: 30, titleBegins: 30, title: 25, text: 5, danger: 20 };

/** How well a word of daily life fits what was typed; 0 when it does not. */
function conceptScore(words: string[], query: string): number {
  let best = 0;
  for (const word of words) {
    if (word === query) return SCORE.word;
    if (query.length >= 2 && word.startsWith(query)) best = Math.max(best, SCORE.wordBegins);
    // People type whole sentences: "my boss does not pay my wage" holds "wage".
    if (word.length >= 3 && holds(query, word)) best = Math.max(best, SCORE.wordInside);
  }
  return best;
}

/**
 * The entries that fit what was typed, in any of the five languages; the best first, danger before the rest.
 * Every word must be found in an entry; when no entry has them all, one is enough.
 */
export function search({ data, texts }: SearchIndex, typed: string, limit = 20): SearchResult[] {
  const query = fold(typed);
  if (query === '') return [];
  const terms = [...new Set(query.split(' '))];
  const scores = data.entries.map(() => terms.map(() => 0));
  const raise = (entry: number, term: number, score: number) => {
    const row = scores[entry];
    if (row) row[term] = Math.max(row[term] ?? 0, score);
  };
  for (const { words, entries } of data.concepts) {
    const whole = conceptScore(words, query);
    terms.forEach((term, index) => {
      const score = Math.max(whole, terms.length > 1 ? conceptScore(words, term) : 0);
      // The list of a concept is in order: what stands first is meant most.
      entries.forEach((entry, place) =>
        raise(entry, index, score && Math.max(1, score - Math.min(place, 15))),
      );
    });
  }
  data.entries.forEach(({ titles }, entry) => {
    terms.forEach((term, index) => {
      if (titles.some((title) => title.startsWith(term))) raise(entry, index, SCORE.titleBegins);
      else if (titles.some((title) => holds(title, term))) raise(entry, index, SCORE.title);
      else if (holds(texts[entry] ?? '', term)) raise(entry, index, SCORE.text);
    });
  });
  const results = data.entries.map(({ kind, id, danger }, entry) => {
    const row = scores[entry] ?? [];
    const found = row.filter((score) => score > 0);
    const score = found.reduce((sum, part) => sum + part, 0) / terms.length;
    // A danger that is only mentioned somewhere in a text is not what was meant.
    const isMeant = Math.max(...row) >= SCORE.title;
    return {
      kind,
      id,
      all: found.length === terms.length,
      score: score + (danger && isMeant ? SCORE.danger : 0),
    };
  });
  const whole = results.filter(({ all }) => all);
  const chosen = whole.length > 0 ? whole : results.filter(({ score }) => score > 0);
  const strong = chosen.filter(({ score }) => score > SCORE.text);
  // Words in the small print are worth a line only while nothing better fills the screen.
  return (strong.length >= ENOUGH ? strong : chosen)
    .toSorted((a, b) => b.score - a.score || KIND_ORDER.indexOf(a.kind) - KIND_ORDER.indexOf(b.kind))
    .slice(0, limit)
    .map(({ kind, id, score }) => ({ kind, id, score }));
}
