/*
 * Packs and pages of the languages and countries that were visited, beside the precached app.
 * Packs are immutable (their address holds a hash); pages belong to one version of the app.
 */
import { matchPrecache } from 'workbox-precaching';

const PACKS = 'mitra-packs';
const pagesOf = (version: string): string => `mitra-pages-${version}`;

/** Which `language-country` pairs are kept, as addresses in the pack cache so that they survive an update. */
const PAIRS = 'mitra-pairs';

const HOST_LANGUAGE: Record<string, string> = { kr: 'ko', th: 'th', my: 'ms', kh: 'km' };

/** Pages that must open fast without a network; all others are drawn by the app from the pack. */
function pagePaths(language: string, country: string): string[] {
  const here = `/${language}/${country}`;
  return [here, `${here}/help`, `${here}/rights`, `${here}/checklist/before`, `${here}/checklist/arrival`];
}

async function packIndex(fresh: boolean): Promise<Record<string, string>> {
  const response = fresh
    ? await fetch('/packs/index.json', { cache: 'no-store' })
    : await matchPrecache('/packs/index.json');
  if (!response?.ok) throw new Error('The list of packs is missing.');
  return (await response.json()) as Record<string, string>;
}

async function storePacks(keys: string[], index: Record<string, string>): Promise<void> {
  const cache = await caches.open(PACKS);
  await Promise.all(
    keys.map(async (key) => {
      const url = index[key];
      if (url && !(await cache.match(url))) await cache.add(url);
    }),
  );
}

async function storePair(
  version: string,
  language: string,
  country: string,
  index: Record<string, string>,
): Promise<void> {
  const host = HOST_LANGUAGE[country] ?? language;
  // The officer's language too: a right is shown in it when there is no network.
  await storePacks([`${language}-${country}`, `${language}-kh`, `${host}-${country}`], index);
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
    await storePair(version, language, country, await packIndex(false));
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
  const index = await packIndex(true);
  for (const { url } of pairs) {
    const [language = '', country = ''] = new URL(url).pathname.replace('/kept/', '').split('-');
    await storePair(version, language, country, index);
  }
}

/** Removes pages of other versions and packs that the current list no longer names. */
export async function removeOldKept(version: string): Promise<void> {
  for (const name of await caches.keys())
    if (name.startsWith('mitra-pages-') && name !== pagesOf(version)) await caches.delete(name);
  const current = new Set(Object.values(await packIndex(false)));
  const packs = await caches.open(PACKS);
  for (const request of await packs.keys())
    if (!current.has(new URL(request.url).pathname)) await packs.delete(request);
}

/** A page of this version that was kept; `path` has no slash at its end. */
export async function keptPage(version: string, path: string): Promise<Response | undefined> {
  const cache = await caches.open(pagesOf(version));
  return cache.match(path);
}

/** A pack from the kept ones, else from the network. */
export async function keptPack(request: Request): Promise<Response> {
  const kept = await (await caches.open(PACKS)).match(request, { ignoreVary: true });
  return kept ?? fetch(request);
}
