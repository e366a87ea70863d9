import { renderToString } from 'react-dom/server';
import { type Pack, stagesOf } from '#content/pack.ts';
import { createContentStore } from '#content/store.ts';
import { withoutBreaks } from '#i18n/format.ts';
import { createI18n } from '#i18n/i18n.ts';
import { COUNTRIES, LANGUAGES, type Language } from '#i18n/languages.ts';
import { checklistWord, parsePath, pathTo, samePlace } from '#i18n/paths.ts';
import { App } from './App.tsx';
import { noOffline } from './offline.ts';
import { documentTitle } from './pageTitle.ts';
import * as reference from './Reference.tsx';
import { isReference } from './useReference.ts';
import { loadWords } from './words.ts';

/** A finished public page; the build puts it into the template and writes it to `file`. */
export interface Page {
  file: string;
  language: Language;
  title: string;
  description: string;
  html: string;
  /** The same page in the other languages. */
  alternates: { language: Language; path: string }[];
  /** Files that the app needs to take over; the browser fetches them early. */
  preload: string[];
  /** The page needs the script and styles of Reference.tsx. */
  isReference: boolean;
}

/** `sources` by country. */
export type RenderPages = (content: {
  packs: { pack: Pack; url: string }[];
  sources: Record<string, { url: string }>;
}) => Promise<Page[]>;

/** Draws every public page of every language and country, and the empty shell of the personal ones. */
export const renderPages: RenderPages = async ({ packs, sources }) => {
  const pages: Page[] = [
    {
      file: 'app.html',
      language: 'en',
      title: 'Mitra',
      description: 'Mitra',
      html: '<div id="app"></div>',
      alternates: [],
      preload: [],
      isReference: false,
    },
  ];
  for (const language of LANGUAGES) {
    const words = await loadWords(language);
    const i18n = createI18n(language, words);
    const content = createContentStore({ opened: packs.map(({ pack }) => pack) });
    const services = { content, offline: noOffline, now: () => 0, reference };
    const draw = (path: string, heading: string, description: string, preload: string[] = []): Page => {
      const place = parsePath(path);
      const html = renderToString(<App services={services} words={i18n} path={path} />);
      const country = 'country' in place ? place.country : null;
      return {
        file: path === '/' ? 'index.html' : `${path.slice(1)}/index.html`,
        language,
        title: country
          ? documentTitle(heading, words.countries[country])
          : withoutBreaks(`Mitra · ${heading}`),
        description: withoutBreaks(description),
        html: `<div id="app" data-page="${path}">${html}</div>`,
        alternates: LANGUAGES.map((other) => ({
          language: other,
          path: country ? samePlace(place, other, country) : pathTo(other),
        })),
        preload,
        isReference: isReference(place.screen),
      };
    };
    if (language === 'en') {
      pages.push(draw('/', words.app.tagline, words.app.description));
      pages.push({
        ...draw('/404', words.failure.notFound, words.failure.notFound),
        file: '404.html',
        alternates: [],
      });
    }
    pages.push(draw(pathTo(language), words.start.chooseCountry, words.app.description));
    for (const country of COUNTRIES) {
      const built = packs.find(({ pack }) => pack.language === language && pack.country === country);
      if (!built) throw new Error(`No pack for ${language}-${country}.`);
      const { pack, url } = built;
      const preload = [url, sources[country]?.url ?? ''];
      const at = (rest: string[], heading: string, description: string) =>
        pages.push(draw(pathTo(language, country, ...rest), heading, description, preload));
      at([], words.app.tagline, words.app.description);
      at(['start'], words.start.chooseStage, words.app.description);
      at(
        ['help'],
        words.help.title,
        pack.contacts
          .slice(0, 8)
          .map((contact) => contact.name)
          .join(' · '),
      );
      at(
        ['rights'],
        words.rights.title,
        pack.rights
          .slice(0, 8)
          .map((right) => right.title)
          .join(' · '),
      );
      for (const right of pack.rights) at(['rights', right.id], right.title, right.sentence);
      for (const path of pack.paths) at(['paths', path.id], path.title, path.first);
      for (const stage of stagesOf(pack))
        at(['checklist', stage], words.checklist[checklistWord(stage, country)], words.app.description);
      at(['cards'], words.cards.title, words.cards.hint);
      at(['promises'], words.promises.title, words.promises.intro);
    }
  }
  return pages;
};
