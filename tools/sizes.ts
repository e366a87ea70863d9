import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { COUNTRIES, type Country, HOST_LANGUAGE, LANGUAGES, type Language } from '#i18n/languages.ts';
import { distFolder } from './build.ts';
import { readPrecache } from './precache.ts';

export interface Size {
  name: string;
  bytes: number;
  budget: number;
}

const KB = 1024;

/** What a phone has to fetch, against the budgets of docs/dependencies.md. Throws when a part is not in `dist`. */
export function measureSizes(dist: string): Size[] {
  const transferred = remember((path: string) => compressedSize(path, readFileSync(join(dist, path))));
  const stored = remember((path: string) => readFileSync(join(dist, path)).byteLength);
  const find = (pattern: string) => globSync(pattern, { cwd: dist }).sort();
  const sum = (files: readonly string[], size: (path: string) => number) =>
    [...new Set(files)].reduce((total, file) => total + size(file), 0);

  const scripts = find('assets/*.js');
  const appScripts = scriptsOf(dist, 'app.html');
  const dexie = scripts.filter((file) => readFileSync(join(dist, file), 'utf8').includes('storagemutated'));
  const precache = ['sw.js', ...readPrecache(dist).map(toFile)];
  // What src/sw/kept.ts keeps of a language and country.
  const placeFiles = (language: Language, country: Country) =>
    find(`${language}/${country}/{,help/,rights/}index.html`).concat(
      find(`assets/${language}-*.js`),
      find(
        `packs/{${language}-${country},${HOST_LANGUAGE[country]}-${country},sources-${country},search-${country}}.*.json`,
      ),
    );
  const places = LANGUAGES.flatMap((language) => COUNTRIES.map((country) => placeFiles(language, country)));
  const worlds = COUNTRIES.map((country) => LANGUAGES.flatMap((language) => placeFiles(language, country)));

  return [
    {
      name: 'Help page, HTML with CSS (largest of 20)',
      bytes: largest(find('*/*/help/index.html'), transferred),
      budget: 14 * KB,
    },
    { name: 'JavaScript of an app screen', bytes: sum(appScripts, transferred), budget: 110 * KB },
    {
      name: 'Chunk with the database',
      bytes: sum(need(dexie, 'chunk with Dexie'), transferred),
      budget: 40 * KB,
    },
    {
      name: 'Khmer font',
      bytes: sum(need(find('{fonts,assets}/*hmer*.woff2'), 'Khmer font'), transferred),
      budget: 30 * KB,
    },
    {
      name: 'Pack (largest of 20)',
      bytes: largest(find('packs/{km,th,ko,ms,en}-*.json'), transferred),
      budget: 60 * KB,
    },
    {
      name: 'Sources of a country (largest of 4)',
      bytes: largest(find('packs/sources-*.json'), transferred),
      budget: 20 * KB,
    },
    {
      name: 'Search data beyond the packs (largest of 4)',
      bytes: largest(find('packs/search-*.json'), transferred),
      budget: 40 * KB,
    },
    {
      name: 'Kept offline, one language and country',
      bytes: Math.max(...places.map((files) => sum([...precache, ...files], transferred))),
      budget: 435 * KB,
    },
    {
      name: 'Kept offline, five languages of a country',
      bytes: Math.max(...worlds.map((files) => sum([...precache, ...files], transferred))),
      budget: 750 * KB,
    },
    {
      name: 'The same, as stored on the phone',
      bytes: Math.max(...worlds.map((files) => sum([...precache, ...files], stored))),
      budget: 4.5 * KB * KB,
    },
  ];

  function largest(files: readonly string[], size: (path: string) => number): number {
    return Math.max(...need(files, 'such file').map(size));
  }
}

/** The figures as lines of a table, with the ones over budget marked. */
export function sizeTable(sizes: readonly Size[]): string {
  return sizes
    .map(({ name, bytes, budget }) => {
      const figure = `${(bytes / KB).toFixed(1).padStart(8)} of ${String(budget / KB).padStart(4)} KB`;
      return `${bytes <= budget ? '✓' : '✗'} ${name.padEnd(44)} ${figure}`;
    })
    .join('\n');
}

/** The scripts a page names, and those they import before anything runs. */
function scriptsOf(dist: string, page: string): string[] {
  const html = readFileSync(join(dist, page), 'utf8');
  const tags = html.match(/<(script|link)\b[^>]*>/g) ?? [];
  const named = tags
    .filter((tag) => tag.startsWith('<script') || tag.includes('modulepreload'))
    .flatMap((tag) => /(?:src|href)="(\/[^"]+)"/.exec(tag)?.[1] ?? []);
  const found = new Set<string>();
  const queue = need(named.map(toFile), `script in ${page}`);
  for (let file = queue.pop(); file; file = queue.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    const code = readFileSync(join(dist, file), 'utf8');
    for (const [, name] of code.matchAll(/(?:\bfrom|\bimport)\s*["']\.\/([^"']+\.js)["']/g)) {
      queue.push(join(file, '..', name ?? ''));
    }
  }
  return [...found];
}

function toFile(url: string): string {
  const path = url.replace(/^\//, '');
  return path === '' || path.endsWith('/') ? `${path}index.html` : path;
}

function need<T>(files: T[] | readonly T[], what: string): T[] {
  if (files.length === 0) throw new Error(`dist holds no ${what}.`);
  return [...files];
}

// Fonts and pictures are compressed already, and are sent as they are.
function compressedSize(path: string, bytes: Uint8Array): number {
  return /\.(woff2|png|jpg|webp)$/.test(path) ? bytes.byteLength : brotliCompressSync(bytes).byteLength;
}

function remember(measure: (path: string) => number): (path: string) => number {
  const known = new Map<string, number>();
  return (path) => {
    const size = known.get(path) ?? measure(path);
    known.set(path, size);
    return size;
  };
}

if (import.meta.main) {
  const sizes = measureSizes(distFolder);
  console.log(sizeTable(sizes));
  process.exit(sizes.every(({ bytes, budget }) => bytes <= budget) ? 0 : 1);
}
