import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { COUNTRIES, type Country, LANGUAGES, type Language } from '#i18n/languages.ts';

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
];

const checklists = ['checklist/before', 'checklist/arrival'];

export interface Route {
  path: string;
  language: Language | null;
  country: Country | null;
  /** Shows entries of the worker, so a picture of it wants some. */
  isPersonal: boolean;
}

/** The ids of the rights of a country, as its content folder has them. */
export function rightsOf(country: Country): string[] {
  const folder = fileURLToPath(new URL(`../../content/${country}/rights`, import.meta.url));
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yml'))
    .map((file) => basename(file, '.yml'))
    .sort();
}

/** Every screen of one language and country. */
export function routesOf(language: Language, country: Country): Route[] {
  const rights = rightsOf(country).map((id) => `rights/${id}`);
  const facts = ['', 'start', 'help', 'rights', ...rights, ...checklists];
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
