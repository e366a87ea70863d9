import '#ui/tokens.css';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { PACK_URLS } from 'virtual:packs';
import { App } from '#app/App.tsx';
import { readChoice } from '#app/choice.ts';
import { noOffline, watchOffline } from '#app/offline.ts';
import { loadWords } from '#app/words.ts';
import { createContentStore } from '#content/store.ts';
import { createI18n } from '#i18n/i18n.ts';
import { parsePath } from '#i18n/paths.ts';
import { watchInstall } from '#ui/install.ts';

async function start(): Promise<void> {
  watchInstall();
  const root = document.getElementById('app');
  if (!root) throw new Error('The page has no place for the app.');
  const place = parsePath(location.pathname);
  const language = ('language' in place && place.language) || readChoice()?.language || 'en';
  const content = createContentStore(PACK_URLS);
  const [words, pack] = await Promise.all([
    loadWords(language),
    'country' in place ? content.load(language, place.country) : null,
  ]);
  const isDrawn = root.dataset.page !== undefined;
  // A finished page stays as it is, with its numbers, when its pack cannot be had.
  if (isDrawn && pack && !pack.ok) return;

  const offline = import.meta.env.PROD ? await watchOffline() : noOffline;
  const services = { content, offline, now: () => Date.now() };
  const app = <App services={services} words={createI18n(language, words)} />;
  if (isDrawn) hydrateRoot(root, app);
  else createRoot(root).render(app);
}

void start();
