import type { Words } from '#i18n/i18n.ts';
import type { Language } from '#i18n/languages.ts';

const files = import.meta.glob<Words>('/locales/??.json', { import: 'default' });

/** The interface words of a language; rejects when they are neither on the phone nor to be had. */
export async function loadWords(language: Language): Promise<Words> {
  const load = files[`/locales/${language}.json`];
  if (!load) throw new Error(`No words for ${language}.`);
  return load();
}
