import { createInstance, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type english from '#locales/en.json';
import type { Language } from './languages.ts';

export type Words = typeof english;

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app';
    enableSelector: true;
    resources: { app: Words };
  }
}

/** An i18next instance that speaks `language` from the first call; other languages are added with `addWords`. */
export function createI18n(language: Language, words: Words): i18n {
  const instance = createInstance();
  void instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    defaultNS: 'app',
    ns: ['app'],
    resources: { [language]: { app: words } },
    initAsync: false,
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  return instance;
}

export function addWords(instance: i18n, language: Language, words: Words): void {
  instance.addResourceBundle(language, 'app', words);
}
