import '#ui/tokens.css';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { App } from '#app/App.tsx';
import { readChoice } from '#app/choice.ts';
import { noOffline, watchOffline } from '#app/offline.ts';
import { isReference, loadReference } from '#app/useReference.ts';
import { loadWords } from '#app/words.ts';
import { createContentStore } from '#content/store.ts';
import { createI18n, type Words } from '#i18n/i18n.ts';
import { LANGUAGES, type Language } from '#i18n/languages.ts';
import { parsePath } from '#i18n/paths.ts';
import { watchInstall } from '#ui/install.ts';

/**
 * The words of a language, else of one that is on this phone, so that the app can say what is missing.
 * Rejects when there are none at all.
 */
async function loadSomeWords(wanted: Language): Promise<{ language: Language; words: Words }> {
  const known = [wanted, readChoice()?.language ?? wanted, ...LANGUAGES];
  for (const language of known) {
    const words = await loadWords(language).catch(() => null);
    if (words) return { language, words };
  }
  throw new Error('No words in any language.');
}

async function start(): Promise<void> {
  watchInstall();
  const root = document.getElementById('app');
  if (!root) throw new Error('The page has no place for the app.');
  const place = parsePath(location.pathname);
  const language = ('language' in place && place.language) || readChoice()?.language || 'en';
  const preloads = document.querySelectorAll<HTMLLinkElement>('link[rel=preload][as=fetch]');
  const content = createContentStore({ named: [...preloads].map(({ href }) => new URL(href).pathname) });
  const [spoken, pack, reference, offline] = await Promise.all([
    loadSomeWords(language),
    'country' in place ? content.load(language, place.country) : null,
    isReference(place.screen) ? loadReference().catch(() => null) : null,
    import.meta.env.PROD ? watchOffline() : noOffline,
  ]);
  const isDrawn = root.dataset.page !== undefined;
  // A finished page stays as it is, with its numbers, when its pack cannot be had.
  if (isDrawn && (pack?.ok === false || spoken.language !== language)) return;

  const services = { content, offline, now: () => Date.now(), reference };
  const app = <App services={services} words={createI18n(spoken.language, spoken.words)} />;
  if (isDrawn) hydrateRoot(root, app);
  else createRoot(root).render(app);
}

void start();
