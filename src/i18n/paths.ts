import { type Country, isCountry, isLanguage, type Language } from './languages.ts';

/** The stages a checklist exists for. */
export const CHECKLIST_STAGES = ['before', 'arrival'] as const;
export type ChecklistStage = (typeof CHECKLIST_STAGES)[number];

/** Where the reader is: language and country are part of every address but the first two screens'. */
export type Place =
  | { screen: 'languages' }
  | { screen: 'countries'; language: Language }
  | { screen: 'stages'; language: Language; country: Country }
  | { screen: 'home'; language: Language; country: Country }
  | { screen: 'help'; language: Language; country: Country }
  | { screen: 'rights'; language: Language; country: Country }
  | { screen: 'right'; language: Language; country: Country; id: string }
  | { screen: 'checklist'; language: Language; country: Country; stage: ChecklistStage }
  | { screen: 'personal'; language: Language; country: Country; rest: string }
  | { screen: 'unknown'; language: Language | null };

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
  if (screen === 'help' && rest.length === 0) return { screen: 'help', ...here };
  if (screen === 'rights' && rest.length === 0) return { screen: 'rights', ...here };
  if (screen === 'rights' && detail && rest.length === 1) return { screen: 'right', id: detail, ...here };
  if (screen === 'checklist' && rest.length === 1 && CHECKLIST_STAGES.includes(detail as ChecklistStage))
    return { screen: 'checklist', stage: detail as ChecklistStage, ...here };
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
      return pathTo(language, country, place.screen);
    case 'right':
      return place.country === country
        ? pathTo(language, country, 'rights', place.id)
        : pathTo(language, country, 'rights');
    case 'checklist':
      return pathTo(language, country, 'checklist', place.stage);
    case 'personal':
      return pathTo(language, country, place.rest);
  }
}
