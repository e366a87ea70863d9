import type { Country, Language } from '#i18n/languages.ts';
import { err, ok, type Result } from '#lib/result.ts';
import { type FileIndex, INDEX_ADDRESS, isFileIndex } from './fileIndex.ts';
import type { Pack, Source } from './pack.ts';
import type { SearchData } from './search.ts';

/** The content is neither on the phone nor to be had now. */
export interface ContentError {
  type: 'ContentMissing';
}

/** Holds the packs that were opened; a pack is fetched once and never changes while the app runs. */
export interface ContentStore {
  get(language: Language, country: Country): Pack | undefined;
  /** Fetches a pack with its sources, from the kept files when there is no network. Never throws. */
  load(language: Language, country: Country): Promise<Result<Pack, ContentError>>;
  /** Fetches what search needs beyond the packs. Never throws. */
  loadSearch(country: Country): Promise<Result<SearchData, ContentError>>;
}

/** A captive portal answers any address with its own page, so the answer must look like what was asked for. */
function isPack(value: unknown, language: Language, country: Country): value is Omit<Pack, 'sources'> {
  const pack = value as Partial<Pack> | null;
  return pack?.language === language && pack.country === country && Array.isArray(pack.contacts);
}

const isSources = (value: unknown): value is Source[] => Array.isArray(value);

const isSearchData = (value: unknown): value is SearchData =>
  Array.isArray((value as Partial<SearchData> | null)?.entries);

interface StoreOptions {
  /** Packs that are there already: at build time, and in tests. */
  opened?: Pack[];
  /** Addresses that the page itself names, so that nothing waits for the list of files. */
  named?: string[];
  fetchFile?: (url: string) => Promise<Response>;
}

export function createContentStore({
  opened = [],
  named = [],
  fetchFile = (url) => fetch(url),
}: StoreOptions = {}): ContentStore {
  const packs = new Map(opened.map((pack) => [`${pack.language}-${pack.country}`, pack]));
  const searches = new Map<Country, SearchData>();
  let index: Promise<unknown> | null = null;

  async function fetchJson(url: string): Promise<unknown> {
    const response = await fetchFile(url);
    return response.json();
  }
  async function addressOf(find: (index: FileIndex) => string | undefined): Promise<string> {
    // One request for all who wait, and a new one for who comes later: by then the server may name other files.
    index ??= fetchJson(INDEX_ADDRESS).finally(() => {
      index = null;
    });
    const files = await index;
    const address = isFileIndex(files) ? find(files) : undefined;
    if (!address) throw new Error('The list of files does not name it.');
    return address;
  }
  /** A page that is older than the files of the server names an address that is gone: then the list says it. */
  async function fetchNamed(name: string, find: (index: FileIndex) => string | undefined): Promise<unknown> {
    const address = named.find((url) => url.startsWith(`/packs/${name}.`));
    if (address) {
      try {
        return await fetchJson(address);
      } catch {
        // Asked again below, at the address of the list.
      }
    }
    return fetchJson(await addressOf(find));
  }

  return {
    get: (language, country) => packs.get(`${language}-${country}`),
    async load(language, country) {
      const key = `${language}-${country}`;
      const known = packs.get(key);
      if (known) return ok(known);
      try {
        const [pack, sources] = await Promise.all([
          fetchNamed(key, (index) => index.packs[key]),
          fetchNamed(`sources-${country}`, (index) => index.sources[country]),
        ]);
        if (!isPack(pack, language, country) || !isSources(sources)) return err({ type: 'ContentMissing' });
        const whole = { ...pack, sources };
        packs.set(key, whole);
        return ok(whole);
      } catch {
        // No network, or an answer that is not JSON: both mean that the pack cannot be had now.
        return err({ type: 'ContentMissing' });
      }
    },
    async loadSearch(country) {
      const known = searches.get(country);
      if (known) return ok(known);
      try {
        const data = await fetchNamed(`search-${country}`, (index) => index.search[country]);
        if (!isSearchData(data)) return err({ type: 'ContentMissing' });
        searches.set(country, data);
        return ok(data);
      } catch {
        // As above.
        return err({ type: 'ContentMissing' });
      }
    },
  };
}
