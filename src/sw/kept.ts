/*
 * Content, words and pages of the languages and countries that were visited, beside the precached app.
 * Every address holds a hash, so that a new version fetches only what has changed.
 */
import { type FileIndex, INDEX_ADDRESS, isCopyFile, isFileIndex, keptPages } from '#content/fileIndex.ts';
import { HOST_LANGUAGE, isCountry } from '#i18n/languages.ts';
import { matchPrecache } from 'workbox-precaching';

const FILES = 'mitra-files';
const PAGES = 'mitra-pages';

/** Which `language-country` pairs are kept, as addresses in a cache of their own so that they survive an update. */
const PAIRS = 'mitra-pairs';

async function readIndex(fresh: boolean): Promise<FileIndex> {
  const response = fresh
    ? await fetch(INDEX_ADDRESS, { cache: 'no-store' })
    : await matchPrecache(INDEX_ADDRESS);
  const index: unknown = await response?.json();
  if (!isFileIndex(index)) throw new Error('The list of files is missing.');
  return index;
}

/** Under which a page is kept: its path and what is in it. */
const pageKey = (path: string, { pages }: FileIndex): string => `${path}?page=${pages[path] ?? ''}`;

/** The files of a language and country. */
function fileUrls(language: string, country: string, index: FileIndex): string[] {
  // The officer's language too: a right is shown in it when there is no network.
  const host = isCountry(country) ? HOST_LANGUAGE[country] : language;
  return [
    index.words[language],
    index.packs[`${language}-${country}`],
    index.packs[`${host}-${country}`],
    index.sources[country],
    index.search[country],
  ].flatMap((url) => url ?? []);
}

async function storePair(language: string, country: string, index: FileIndex): Promise<void> {
  const files = await caches.open(FILES);
  const pages = await caches.open(PAGES);
  await Promise.all([
    ...fileUrls(language, country, index).map(async (url) => {
      if (!(await files.match(url))) await files.add(url);
    }),
    ...keptPages(language, country).map(async (path) => {
      const key = pageKey(path, index);
      if (await pages.match(key)) return;
      const response = await fetch(path, { cache: 'no-cache' });
      if (!response.ok) throw new Error(`${path} answers ${response.status}.`);
      await pages.put(key, response);
    }),
  ]);
}

/** Keeps a language and country for use without a network. Answers whether everything is there now. */
export async function keep(language: string, country: string): Promise<boolean> {
  try {
    await storePair(language, country, await readIndex(false));
    const pairs = await caches.open(PAIRS);
    await pairs.put(`/kept/${language}-${country}`, new Response(''));
    return true;
  } catch {
    // No network or no room: what was kept before stays, and the page says that this one is not ready.
    return false;
  }
}

async function readPairs(): Promise<[language: string, country: string][]> {
  const requests = await (await caches.open(PAIRS)).keys();
  return requests.map(({ url }) => {
    const [language = '', country = ''] = new URL(url).pathname.replace('/kept/', '').split('-');
    return [language, country];
  });
}

/** A new version keeps what the old one kept, before it takes over. A failure stops the installation. */
export async function refreshKept(): Promise<void> {
  const pairs = await readPairs();
  if (pairs.length === 0) return;
  const index = await readIndex(true);
  for (const [language, country] of pairs) await storePair(language, country, index);
  const files = await caches.open(FILES);
  const isCopyUsed = (await files.keys()).some(({ url }) => isCopyFile(new URL(url).pathname));
  if (isCopyUsed) await files.addAll(index.copy);
}

/** Removes pages and files that the current list no longer names. */
export async function removeOldKept(): Promise<void> {
  const index = await readIndex(false);
  const { packs, sources, search, words, copy } = index;
  const current = new Set([
    ...[packs, sources, search, words].flatMap((addresses) => Object.values(addresses)),
    ...copy,
    ...Object.keys(index.pages).map((path) => pageKey(path, index)),
  ]);
  for (const name of [FILES, PAGES]) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const { pathname, search: query } = new URL(request.url);
      if (!current.has(pathname + query)) await cache.delete(request);
    }
  }
}

/** A page that was kept for this version; `path` has no slash at its end. */
export async function keptPage(path: string): Promise<Response | undefined> {
  // Without the list (a damaged cache) the page comes from the network or is drawn by the app.
  const index = await readIndex(false).catch(() => null);
  if (!index || !(path in index.pages)) return undefined;
  return (await caches.open(PAGES)).match(pageKey(path, index));
}

/** A file from the kept ones, else from the network, and kept from then on. */
export async function keepOnUse(request: Request): Promise<Response> {
  const files = await caches.open(FILES);
  const kept = await files.match(request, { ignoreVary: true });
  if (kept) return kept;
  const response = await fetch(request);
  // Without room it works as long as there is a network.
  if (response.ok) await files.put(request, response.clone()).catch(() => {});
  return response;
}

/** A file of content or words from the kept ones, else from the network. */
export async function keptFile(request: Request): Promise<Response> {
  const kept = await (await caches.open(FILES)).match(request, { ignoreVary: true });
  return kept ?? fetch(request);
}
