/*
 * Packs, words and pages of the languages and countries that were visited, beside the precached app.
 * Packs and words are immutable (their address holds a hash); pages belong to one version of the app.
 */
import { HOST_LANGUAGE, isCountry } from '#i18n/languages.ts';
import { matchPrecache } from 'workbox-precaching';

const FILES = 'mitra-files';
const pagesOf = (version: string): string => `mitra-pages-${version}`;

/** Which `language-country` pairs are kept, as addresses in a cache of their own so that they survive an update. */
const PAIRS = 'mitra-pairs';

/** The addresses of this version's packs by `language-country`, and of its words by language. */
interface FileIndex {
  packs: Record<string, string>;
  words: Record<string, string>;
}

/** Pages that must open fast without a network; all others are drawn by the app from the pack. */
function pagePaths(language: string, country: string): string[] {
  const here = `/${language}/${country}`;
  return [here, `${here}/help`, `${here}/rights`];
}

async function readIndex(fresh: boolean): Promise<FileIndex> {
  const response = fresh
    ? await fetch('/packs/index.json', { cache: 'no-store' })
    : await matchPrecache('/packs/index.json');
  if (!response?.ok) throw new Error('The list of packs is missing.');
  return (await response.json()) as FileIndex;
}

async function storeFiles(urls: (string | undefined)[]): Promise<void> {
  const cache = await caches.open(FILES);
  await Promise.all(
    urls.map(async (url) => {
      if (url && !(await cache.match(url))) await cache.add(url);
    }),
  );
}

async function storePair(
  version: string,
  language: string,
  country: string,
  { packs, words }: FileIndex,
): Promise<void> {
  const host = isCountry(country) ? HOST_LANGUAGE[country] : language;
  // The officer's language too: a right is shown in it when there is no network.
  await storeFiles([words[language], packs[`${language}-${country}`], packs[`${host}-${country}`]]);
  const pages = await caches.open(pagesOf(version));
  await Promise.all(
    pagePaths(language, country).map(async (path) => {
      if (!(await pages.match(path))) await pages.add(new Request(path, { cache: 'no-cache' }));
    }),
  );
}

/** Keeps a language and country for use without a network. Answers whether everything is there now. */
export async function keep(version: string, language: string, country: string): Promise<boolean> {
  try {
    await storePair(version, language, country, await readIndex(false));
    const pairs = await caches.open(PAIRS);
    await pairs.put(`/kept/${language}-${country}`, new Response(''));
    return true;
  } catch {
    // No network or no room: what was kept before stays, and the page says that this one is not ready.
    return false;
  }
}

/** A new version keeps what the old one kept, before it takes over. A failure stops the installation. */
export async function refreshKept(version: string): Promise<void> {
  const pairs = await (await caches.open(PAIRS)).keys();
  if (pairs.length === 0) return;
  const index = await readIndex(true);
  for (const { url } of pairs) {
    const [language = '', country = ''] = new URL(url).pathname.replace('/kept/', '').split('-');
    await storePair(version, language, country, index);
  }
}

/** Removes pages of other versions, and packs and words that the current list no longer names. */
export async function removeOldKept(version: string): Promise<void> {
  for (const name of await caches.keys())
    if (name.startsWith('mitra-pages-') && name !== pagesOf(version)) await caches.delete(name);
  const { packs, words } = await readIndex(false);
  const current = new Set([...Object.values(packs), ...Object.values(words)]);
  const files = await caches.open(FILES);
  for (const request of await files.keys())
    if (!current.has(new URL(request.url).pathname)) await files.delete(request);
}

/** A page of this version that was kept; `path` has no slash at its end. */
export async function keptPage(version: string, path: string): Promise<Response | undefined> {
  const cache = await caches.open(pagesOf(version));
  return cache.match(path);
}

/** A pack or words from the kept ones, else from the network. */
export async function keptFile(request: Request): Promise<Response> {
  const kept = await (await caches.open(FILES)).match(request, { ignoreVary: true });
  return kept ?? fetch(request);
}
