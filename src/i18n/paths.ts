import { type Country, isCountry, isLanguage, type Language } from './languages.ts';

/** The stages of a journey, in its order; a country may have no checklist for some of them. */
export const STAGES = ['before', 'arrival', 'working', 'trouble', 'return'] as const;
export type Stage = (typeof STAGES)[number];

/** The name of a checklist among the words of the interface: in Cambodia the stages have other names. */
export function checklistWord(stage: Stage, country: Country): Stage | `${Stage}Kh` {
  return country === 'kh' ? `${stage}Kh` : stage;
}

/** Where the reader is: language and country are part of every address but the first two screens'. */
export type Place =
  | { screen: 'languages' }
  | { screen: 'countries'; language: Language }
  | { screen: 'stages'; language: Language; country: Country }
  | { screen: 'home'; language: Language; country: Country }
  | { screen: 'help'; language: Language; country: Country }
  | { screen: 'rights'; language: Language; country: Country }
  | { screen: 'right'; language: Language; country: Country; id: string }
  | { screen: 'path'; language: Language; country: Country; id: string }
  | { screen: 'cards'; language: Language; country: Country }
  | { screen: 'card'; language: Language; country: Country; id: string }
  | { screen: 'search'; language: Language; country: Country }
  | { screen: 'promises'; language: Language; country: Country }
  | { screen: 'checklist'; language: Language; country: Country; stage: Stage }
  | { screen: 'personal'; language: Language; country: Country; rest: string }
  | { screen: 'unknown'; language: Language | null };

const LISTS = ['help', 'rights', 'cards', 'search', 'promises'] as const;
const ENTRIES = new Map([
  ['rights', 'right' as const],
  ['paths', 'path' as const],
  ['cards', 'card' as const],
]);
const PERSONAL = /^(papers|more)(\/|$)/;

/** Reads an address; anything that is none of ours is `unknown`. */
export function parsePath(path: string): Place {
  const [language, country, screen, ...rest] = path.split('/').filter(Boolean);
  if (language === undefined) return { screen: 'languages' };
  if (!isLanguage(language)) return { screen: 'unknown', language: null };
  if (country === undefined) return { screen: 'countries', language };
  if (!isCountry(country)) return { screen: 'unknown', language };
  const [detail] = rest;
  const here = { language, country };
  if (screen === undefined) return { screen: 'home', ...here };
  if (screen === 'start' && rest.length === 0) return { screen: 'stages', ...here };
  if (rest.length === 0 && (LISTS as readonly string[]).includes(screen))
    return { screen: screen as (typeof LISTS)[number], ...here };
  const entry = ENTRIES.get(screen);
  if (entry && detail && rest.length === 1) return { screen: entry, id: detail, ...here };
  if (screen === 'checklist' && rest.length === 1 && STAGES.includes(detail as Stage))
    return { screen: 'checklist', stage: detail as Stage, ...here };
  const personal = [screen, ...rest].join('/');
  if (PERSONAL.test(personal)) return { screen: 'personal', rest: personal, ...here };
  return { screen: 'unknown', language };
}

/** The address of a screen of this language and country: `pathTo('km', 'kr', 'rights', 'wage')`. */
export function pathTo(language: Language, country?: Country, ...rest: string[]): string {
  return `/${[language, country, ...rest].filter(Boolean).join('/')}`;
}

/** The same screen in another language or country; a right that the other country lacks becomes its list. */
export function samePlace(place: Place, language: Language, country: Country): string {
  switch (place.screen) {
    case 'languages':
    case 'countries':
    case 'unknown':
      return pathTo(language);
    case 'home':
      return pathTo(language, country);
    case 'stages':
      return pathTo(language, country, 'start');
    case 'help':
    case 'rights':
    case 'cards':
    case 'search':
    case 'promises':
      return pathTo(language, country, place.screen);
    case 'right':
    case 'path':
      return place.country === country
        ? pathTo(language, country, `${place.screen}s`, place.id)
        : pathTo(language, country, 'rights');
    // Most cards are the same in every country; the screen says so when one is not there.
    case 'card':
      return pathTo(language, country, 'cards', place.id);
    case 'checklist':
      return pathTo(language, country, 'checklist', place.stage);
    case 'personal':
      return pathTo(language, country, place.rest);
  }
}
