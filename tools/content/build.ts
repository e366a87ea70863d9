import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Pack } from '#content/pack.ts';
import { COUNTRIES, LANGUAGES } from '#i18n/languages.ts';
import { checkContent } from './checks.ts';
import { compilePack } from './compile.ts';
import { loadContent, type Problem } from './load.ts';

export interface BuiltPack {
  pack: Pack;
  json: string;
  /** Address in the built app; the hash changes with the content. */
  url: string;
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

/** Loads, checks and compiles all content: 20 packs, or the problems that stand in the way. */
export function buildContent(root: string, today: string): { packs: BuiltPack[]; problems: Problem[] } {
  const { content, problems } = loadContent(root);
  const all = [...problems, ...checkContent(content, today, readUntranslated(root))];
  const packs = LANGUAGES.flatMap((language) =>
    COUNTRIES.map((country) => {
      const pack = compilePack(content, language, country);
      const json = JSON.stringify(pack);
      const hash = createHash('sha256').update(json).digest('hex').slice(0, 10);
      return { pack, json, url: `/packs/${language}-${country}.${hash}.json` };
    }),
  );
  return { packs, problems: all };
}
