import { fold } from '#i18n/fold.ts';
import type { Pack } from './pack.ts';

export type ResultKind = 'path' | 'right' | 'contact' | 'card' | 'checklist';

/** One thing that can be found, with its titles in Khmer, English and the language of the country, folded. */
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

/** What the build writes for each country; the packs hold the rest. Concepts stand in all five languages. */
export interface SearchData {
  entries: SearchEntry[];
  concepts: SearchConcept[];
}

export interface SearchResult {
  kind: ResultKind;
  id: string;
  score: number;
}

/** Everything that is searched, folded once for a language and country; beside `data.entries`. */
export interface SearchIndex {
  data: SearchData;
  /** Titles in Khmer, English, the language of the country and the reader's. */
  titles: string[][];
  /** The full texts in the reader's language. */
  texts: string[];
}

const KIND_ORDER: ResultKind[] = ['path', 'right', 'contact', 'card', 'checklist'];

/** The title and the full text of every entry of a pack. */
function textsOf(pack: Pack): Map<string, { title: string; text: string }> {
  const texts = new Map<string, { title: string; text: string }>();
  const put = (kind: ResultKind, id: string, title: string, ...lines: (string | string[] | undefined)[]) =>
    texts.set(`${kind}/${id}`, { title: fold(title), text: fold(lines.flat().join(' ')) });
  for (const path of pack.paths)
    put('path', path.id, path.title, path.first, path.steps, path.proof, path.next, path.exceptions);
  for (const right of pack.rights)
    put('right', right.id, right.title, right.sentence, right.steps, right.exceptions);
  for (const contact of [...pack.contacts, ...pack.homeContacts])
    put(
      'contact',
      contact.id,
      // A number is as good as a name: "1297" is typed by one who looks for that line.
      `${contact.name} ${contact.phones.map(({ display }) => display.replace(/\D/g, '')).join(' ')}`,
      contact.use,
      contact.official?.name,
      contact.phones.map(({ display }) => display),
    );
  for (const card of pack.cards) put('card', card.id, card.sentence, card.host.sentence);
  for (const item of pack.checklist) put('checklist', item.id, item.title, item.why, item.how);
  return texts;
}

/** Folds the texts of a pack for search. Takes some 10 ms on a slow phone, so it is made once. */
export function createSearchIndex(data: SearchData, pack: Pack): SearchIndex {
  const texts = textsOf(pack);
  const own = data.entries.map(({ kind, id }) => texts.get(`${kind}/${id}`));
  return {
    data,
    titles: data.entries.map(({ titles }, index) => [...titles, own[index]?.title ?? '']),
    texts: own.map((found) => found?.text ?? ''),
  };
}

/** A Latin word or a number is found from its beginning ("hot" is not in "photo"); other scripts anywhere. */
export function holds(text: string, term: string): boolean {
  return /^[a-z0-9]/.test(term) ? ` ${text}`.includes(` ${term}`) : text.includes(term);
}

/** Results that fill a small screen twice. */
const ENOUGH = 6;

const SCORE = {
  word: 60,
  wordBegins: 45,
  wordInside: 30,
  titleBegins: 30,
  title: 25,
  close: 20,
  text: 5,
  danger: 20,
};

/** A long word says more of what is meant than a short one inside a sentence. */
const inside = (word: string): number => SCORE.wordInside + Math.min(14, word.length);

/** Whether two Latin words differ by one letter only: left out, added, exchanged or swapped with its neighbour. */
export function isClose(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1) return false;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start++;
  let end = 0;
  while (end < Math.min(one.length, other.length) - start && one.at(-1 - end) === other.at(-1 - end)) end++;
  const [left, right] = [one.slice(start, one.length - end), other.slice(start, other.length - end)];
  return (
    (left.length <= 1 && right.length <= 1) ||
    (left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0])
  );
}

/** Shorter words have too many neighbours. */
const LEAST_FOR_CLOSE = 5;
const canBeClose = (term: string): boolean => term.length >= LEAST_FOR_CLOSE && /^[a-z]+$/.test(term);

/** How well a word of daily life fits what was typed; 0 when it does not. `begins`: what its beginning is worth. */
function conceptScore(words: string[], query: string, begins: number): number {
  let best = 0;
  for (const word of words) {
    if (word === query) return SCORE.word;
    if (word.startsWith(query)) best = Math.max(best, begins);
    // People type whole sentences: "my boss does not pay my wage" holds "wage".
    if (word.length >= 3 && holds(query, word)) best = Math.max(best, inside(word));
    if (best === 0 && canBeClose(query) && isClose(word, query)) best = SCORE.close;
  }
  return best;
}

function titleScore(titles: string[], term: string): number {
  if (titles.some((title) => title.startsWith(term))) return SCORE.titleBegins;
  if (titles.some((title) => holds(title, term))) return SCORE.title;
  const close =
    canBeClose(term) && titles.some((title) => title.split(' ').some((word) => isClose(word, term)));
  return close ? SCORE.close : 0;
}

/**
 * The entries that fit what was typed, in any of the five languages, the best first. Where several fit about as
 * well, danger comes before the rest. Every word counts, a long one more than a short one.
 */
export function search({ data, titles, texts }: SearchIndex, typed: string, limit = 20): SearchResult[] {
  const query = fold(typed);
  if (query === '') return [];
  const terms = [...new Set(query.split(' '))];
  const weights = terms.map((term) => Math.min(term.length, 6));
  const scores = data.entries.map(() => terms.map(() => 0));
  const raise = (entry: number, term: number, score: number) => {
    const row = scores[entry];
    if (row) row[term] = Math.max(row[term] ?? 0, score);
  };
  for (const { words, entries } of data.concepts) {
    const whole = conceptScore(words, query, query.length >= 2 ? SCORE.wordBegins : 0);
    terms.forEach((term, index) => {
      // "me" in a sentence is not the beginning of "medicine".
      const begins = term.length >= 3 ? SCORE.wordInside : 0;
      const score = Math.max(whole, terms.length > 1 ? conceptScore(words, term, begins) : 0);
      if (score === 0) return;
      // The list of a concept is in order: what stands first is meant most.
      entries.forEach((entry, place) => raise(entry, index, Math.max(1, score - Math.min(place, 15))));
    });
  }
  titles.forEach((named, entry) => {
    terms.forEach((term, index) => {
      const score = titleScore(named, term) || (holds(texts[entry] ?? '', term) ? SCORE.text : 0);
      raise(entry, index, score);
    });
  });
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const found = data.entries.map(({ kind, id, danger }, entry) => {
    const row = scores[entry] ?? [];
    return {
      kind,
      id,
      danger,
      score: row.reduce((sum, score, index) => sum + score * (weights[index] ?? 0), 0) / all,
    };
  });
  const best = Math.max(...found.map(({ score }) => score));
  const results = found
    .filter(({ score }) => score > 0)
    // A danger that is only mentioned in passing is not what was meant.
    .map((result) =>
      result.danger && result.score >= 0.9 * best && best > SCORE.text
        ? { ...result, score: result.score + SCORE.danger }
        : result,
    )
    .toSorted((a, b) => b.score - a.score || KIND_ORDER.indexOf(a.kind) - KIND_ORDER.indexOf(b.kind));
  const strong = results.filter(({ score }) => score > SCORE.text);
  // Words in the small print are worth a line only while nothing better fills the screen.
  return (strong.length >= ENOUGH ? strong : results)
    .slice(0, limit)
    .map(({ kind, id, score }) => ({ kind, id, score }));
}
