import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { createSearchIndex, search, type SearchData, type SearchIndex } from '#content/search.ts';
import type { Country, Language } from '#i18n/languages.ts';
import { buildContent } from '#tools/content/build.ts';
import queries from './search-queries.json' with { type: 'json' };

/*
 * Queries as people type them, written by somebody who did not know how search works, each with the entries of which
 * at least one must be among the first three.
 */
const root = fileURLToPath(new URL('../..', import.meta.url));
const built = buildContent(root, '2026-11-22');
const indexes = new Map<string, SearchIndex>();

function indexOf(language: Language, country: Country): SearchIndex {
  const known = indexes.get(`${language}-${country}`);
  if (known) return known;
  const pack = built.packs.find(
    (item) => item.pack.language === language && item.pack.country === country,
  )?.pack;
  const json = built.search[country]?.json;
  if (!pack || !json) throw new Error(`No pack for ${language}-${country}.`);
  const index = createSearchIndex(JSON.parse(json) as SearchData, pack);
  indexes.set(`${language}-${country}`, index);
  return index;
}

describe('a worker types', () => {
  test.each(queries.map((item) => [item.query, item] as const))(
    '%s',
    (query, { country, reader, expect: wanted }) => {
      const found = search(indexOf(reader as Language, country as Country), query).map(
        ({ kind, id }) => `${kind}/${id}`,
      );
      const first = found.slice(0, 3);
      expect(
        wanted.some((name) => first.includes(name)),
        `wanted one of ${wanted.join(', ')}; found ${found.slice(0, 5).join(', ')}`,
      ).toBe(true);
    },
  );
});

test('there are at least twelve queries in each language and in Latin letters', () => {
  for (const language of ['km', 'th', 'ko', 'ms', 'en', 'latin'])
    expect(queries.filter((item) => item.language === language).length).toBeGreaterThanOrEqual(12);
});

test('a query that means danger finds danger first', () => {
  for (const { query, country, reader, why } of queries.filter((item) => item.why.startsWith('danger'))) {
    const index = indexOf(reader as Language, country as Country);
    const [first] = search(index, query);
    const entry = index.data.entries.find(({ kind, id }) => kind === first?.kind && id === first.id);
    expect(entry?.danger, `${query} (${why}): ${first?.kind}/${first?.id}`).toBe(true);
  }
});
