import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Pack } from '#content/pack.ts';
import { COUNTRIES, LANGUAGES } from '#i18n/languages.ts';
import { checkContent } from './checks.ts';
import { compilePack } from './compile.ts';
import { loadContent, type Problem } from './load.ts';
import { checkConcepts, compileSearch, readConcepts } from './search.ts';

/** A file of the built app; the hash in its address changes with its content. */
export interface ContentFile {
  url: string;
  json: string;
}

export interface BuiltPack extends ContentFile {
  pack: Pack;
}

export interface BuiltContent {
  packs: BuiltPack[];
  /** By country. */
  sources: Record<string, ContentFile>;
  search: Record<string, ContentFile>;
  problems: Problem[];
}

/** Translations that are missing or older on purpose, as `file:language`. */
export function readUntranslated(root: string): Set<string> {
  const file = join(root, 'content/untranslated.yml');
  if (!existsSync(file)) return new Set();
  const list = parse(readFileSync(file, 'utf8')) as
    | { file: string; languages: string[]; reason: string }[]
    | null;
  return new Set(
    (list ?? []).flatMap((item) => item.languages.map((language) => `${item.file}:${language}`)),
  );
}

function contentFile(name: string, value: unknown): ContentFile {
  const json = JSON.stringify(value);
  const hash = createHash('sha256').update(json).digest('hex').slice(0, 10);
  return { json, url: `/packs/${name}.${hash}.json` };
}

/** Loads, checks and compiles all content: packs, sources and search data, or the problems that stand in the way. */
export function buildContent(root: string, today: string): BuiltContent {
  const { content, problems } = loadContent(root);
  const found = [...problems, ...checkContent(content, today, readUntranslated(root))];
  const concepts = readConcepts(root, found);
  const packs = COUNTRIES.flatMap((country) =>
    LANGUAGES.map((language) => {
      const pack = compilePack(content, language, country);
      // The sources are the same in every language, so they are stored once (src/content/store.ts joins them).
      const { sources: _sources, ...rest } = pack;
      return { pack, ...contentFile(`${language}-${country}`, rest) };
    }),
  );
  found.push(
    ...checkConcepts(
      concepts,
      packs.map(({ pack }) => pack),
    ),
  );
  const byCountry = (name: string, compile: (packs: Pack[]) => unknown): Record<string, ContentFile> =>
    Object.fromEntries(
      COUNTRIES.map((country) => [
        country,
        contentFile(
          `${name}-${country}`,
          compile(packs.map(({ pack }) => pack).filter((pack) => pack.country === country)),
        ),
      ]),
    );
  return {
    packs,
    sources: byCountry('sources', ([pack]) => pack?.sources),
    search: byCountry('search', (all) => compileSearch(all, concepts)),
    problems: found,
  };
}

/** Every file that the app fetches. */
export function contentFiles({ packs, sources, search }: BuiltContent): ContentFile[] {
  return [...packs, ...Object.values(sources), ...Object.values(search)];
}

/** The addresses by name, as they stand in the list of files (src/content/fileIndex.ts). */
export function contentAddresses({ packs, sources, search }: BuiltContent) {
  const urls = (files: Record<string, ContentFile>) =>
    Object.fromEntries(Object.entries(files).map(([name, { url }]) => [name, url]));
  return {
    packs: Object.fromEntries(packs.map(({ pack, url }) => [`${pack.language}-${pack.country}`, url])),
    sources: urls(sources),
    search: urls(search),
  };
}
