/** The five languages of the app, in the order of the language screen. */
export const LANGUAGES = ['km', 'th', 'ko', 'ms', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The three destination countries, then Cambodia. */
export const COUNTRIES = ['kr', 'th', 'my', 'kh'] as const;
export type Country = (typeof COUNTRIES)[number];

/** Each language by its own name, in its own script. */
export const LANGUAGE_NAMES: Record<Language, string> = {
  km: 'ខ្មែរ',
  th: 'ไทย',
  ko: '한국어',
  ms: 'Bahasa Melayu',
  en: 'English',
};

/** The language that officers of a country read. */
export const HOST_LANGUAGE: Record<Country, Language> = { kr: 'ko', th: 'th', my: 'ms', kh: 'km' };

export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.includes(value as Language);
}

export function isCountry(value: unknown): value is Country {
  return COUNTRIES.includes(value as Country);
}
