import type { i18n } from 'i18next';
import { I18nextProvider } from 'react-i18next';
import { Router } from 'wouter';
import { type AppServices, AppServicesProvider } from './context.ts';
import { Shell } from './Shell.tsx';

interface AppProps {
  services: AppServices;
  words: i18n;
  /** The address to draw, when there is no browser: at build time. */
  path?: string;
}

export function App({ services, words, path }: AppProps) {
  return (
    <AppServicesProvider value={services}>
      <I18nextProvider i18n={words}>
        <Router {...(path === undefined ? {} : { ssrPath: path })}>
          <Shell />
        </Router>
      </I18nextProvider>
    </AppServicesProvider>
  );
}
