import type { Country, Language } from '#i18n/languages.ts';
import { err, ok, type Result } from '#lib/result.ts';
import type { Pack } from './pack.ts';

/** The pack is neither on the phone nor to be had now. */
export interface ContentError {
  type: 'ContentMissing';
}

/** Holds the packs that were opened; a pack is fetched once and never changes while the app runs. */
export interface ContentStore {
  get(language: Language, country: Country): Pack | undefined;
  /** Fetches a pack, from the kept files when there is no network. Never throws. */
  load(language: Language, country: Country): Promise<Result<Pack, ContentError>>;
}

/** A captive portal answers any address with its own page, so the answer must look like the pack that was asked for. */
function isPack(value: unknown, language: Language, country: Country): value is Pack {
  const pack = value as Partial<Pack> | null;
  return pack?.language === language && pack.country === country && Array.isArray(pack.contacts);
}

export function createContentStore(
  urls: Record<string, string>,
  opened: Pack[] = [],
  fetchFile: (url: string) => Promise<Response> = (url) => fetch(url),
): ContentStore {
  const packs = new Map(opened.map((pack) => [`${pack.language}-${pack.country}`, pack]));
  return {
    get: (language, country) => packs.get(`${language}-${country}`),
    async load(language, country) {
      const key = `${language}-${country}`;
      const known = packs.get(key);
      if (known) return ok(known);
      try {
        const response = await fetchFile(urls[key] ?? '');
        const value: unknown = await response.json();
        if (!isPack(value, language, country)) return err({ type: 'ContentMissing' });
        packs.set(key, value);
        return ok(value);
      } catch {
        // No network, or an answer that is not JSON: both mean that the pack cannot be had now.
        return err({ type: 'ContentMissing' });
      }
    },
  };
}
