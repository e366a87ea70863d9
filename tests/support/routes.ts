import { fileURLToPath } from 'node:url';
import { COUNTRIES, type Country, LANGUAGES, type Language } from '#i18n/languages.ts';
import { STAGES } from '#i18n/paths.ts';
import { type Entry, holdsIn, loadContent } from '#tools/content/load.ts';

/** Screens that show the worker's own entries; they look the same in every country. */
const personal = [
  'papers',
  'papers/contract/new',
  'papers/agency',
  'papers/contacts',
  'more',
  'more/language',
  'more/country',
  'more/storage',
  'more/backup',
  'more/about',
  'more/due',
  'more/sync',
  'more/sync/restore',
  'more/sync/delete',
  'more/family',
];

/** What there is to see of a locked copy once the worker has agreed to one. */
export const copyScreens = [
  'more/sync',
  'more/sync/code',
  'more/sync/phone',
  'more/sync/family',
  'more/sync/stop',
];

export interface Route {
  path: string;
  language: Language | null;
  country: Country | null;
  /** Shows entries of the worker, so a picture of it wants some. */
  isPersonal: boolean;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const { content } = loadContent(root);

/** The ids of the entries of a country, its own and the shared ones. */
export function idsOf(kind: 'rights' | 'paths' | 'cards', country: Country): string[] {
  return content[kind]
    .filter((entry: Entry) => holdsIn(entry, country))
    .map(({ id }) => id)
    .sort();
}

/** Every screen of one language and country. */
export function routesOf(language: Language, country: Country): Route[] {
  const entries = (['rights', 'paths', 'cards'] as const).flatMap((kind) =>
    idsOf(kind, country).map((id) => `${kind}/${id}`),
  );
  const stages = STAGES.filter((stage) =>
    content.checklist.some((item) => item.country === country && item.data.stage === stage),
  );
  const facts = [
    '',
    'start',
    'help',
    'rights',
    'cards',
    'search',
    'promises',
    ...entries,
    ...stages.map((stage) => `checklist/${stage}`),
  ];
  return [
    ...facts.map((screen) => ({ screen, isPersonal: false })),
    ...personal.map((screen) => ({ screen, isPersonal: true })),
  ].map(({ screen, isPersonal }) => ({
    path: `/${[language, country, screen].filter(Boolean).join('/')}`,
    language,
    country,
    isPersonal,
  }));
}

/** Every screen of the app. */
export function allRoutes(): Route[] {
  const none = { country: null, isPersonal: false };
  return [
    { path: '/', language: null, ...none },
    { path: '/calculator', language: null, ...none },
    ...LANGUAGES.map((language) => ({ path: `/${language}`, language, ...none })),
    ...LANGUAGES.flatMap((language) => COUNTRIES.flatMap((country) => routesOf(language, country))),
  ];
}
