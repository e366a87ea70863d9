import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as v from 'valibot';
import { parseDocument } from 'yaml';
import { COUNTRIES, type Country } from '#i18n/languages.ts';
import { type FactFile, type Kind, LAWS_SCHEMA, type Laws, SCHEMAS } from './schema.ts';

/** One thing wrong in one field of one file, and what to do about it. */
export interface Problem {
  file: string;
  field: string;
  problem: string;
  remedy: string;
}

/** `all`: the folder of entries that hold in several countries, which they name. */
export type Scope = Country | 'all';
const SCOPES: Scope[] = [...COUNTRIES, 'all'];

export interface Entry<K extends Kind = Kind> {
  kind: K;
  country: Scope;
  id: string;
  file: string;
  data: FactFile[K];
}

export type Content = { [K in Kind]: Entry<K>[] } & { laws: Record<Country, Laws> };

const KINDS = Object.keys(SCHEMAS) as Kind[];

/** Every entry of every kind. */
export function allEntries(content: Content): Entry[] {
  return KINDS.flatMap((kind): Entry[] => content[kind]);
}

/** Whether an entry belongs into the pack of a country. */
export function holdsIn(entry: Entry, country: Country): boolean {
  if (entry.country !== 'all') return entry.country === country;
  return 'countries' in entry.data && entry.data.countries?.includes(country) === true;
}

function parseYaml(root: string, file: string, problems: Problem[]): unknown {
  const document = parseDocument(readFileSync(join(root, file), 'utf8'), { uniqueKeys: true });
  for (const error of document.errors) {
    problems.push({ file, field: '', problem: error.message, remedy: 'Correct the YAML.' });
  }
  return document.errors.length === 0 ? document.toJS() : undefined;
}

function validate<S extends v.GenericSchema>(
  schema: S,
  value: unknown,
  file: string,
  problems: Problem[],
): v.InferOutput<S> | undefined {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  for (const issue of result.issues) {
    const field = v.getDotPath(issue) ?? '';
    const unknown = issue.type === 'strict_object' && issue.expected === 'never';
    problems.push({
      file,
      field,
      problem: unknown ? 'This field is not known.' : issue.message,
      remedy: unknown
        ? 'Remove it, or see docs/content.md for its right name.'
        : 'See docs/content.md for the form.',
    });
  }
  return undefined;
}

function yamlFiles(root: string, folder: string): string[] {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter((name) => name.endsWith('.yml'))
    .sort()
    .map((name) => join(folder, name));
}

/** Reads and checks the form of every file of `content/`; problems are collected, never thrown. */
export function loadContent(root: string): { content: Content; problems: Problem[] } {
  const problems: Problem[] = [];
  const content: Content = {
    contacts: [],
    rights: [],
    paths: [],
    cards: [],
    checklist: [],
    situations: [],
    instruments: [],
    laws: { kr: {}, th: {}, my: {}, kh: {} },
  };
  for (const country of COUNTRIES) {
    const lawFile = join('content', country, 'laws.yml');
    if (!existsSync(join(root, lawFile))) continue;
    content.laws[country] =
      validate(LAWS_SCHEMA, parseYaml(root, lawFile, problems), lawFile, problems) ?? {};
  }
  for (const country of SCOPES) {
    for (const kind of KINDS) {
      for (const file of yamlFiles(root, join('content', country, kind))) {
        const value = parseYaml(root, file, problems);
        if (value === undefined) continue;
        const data = validate(SCHEMAS[kind], value, file, problems);
        if (!data) continue;
        const entries = content[kind] as Entry[];
        entries.push({ kind, country, id: basename(file, '.yml'), file, data });
      }
    }
  }
  return { content, problems };
}
