import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addWords } from '#i18n/i18n.ts';
import type { Country, Language } from '#i18n/languages.ts';
import { useServices } from './context.ts';
import { loadWords } from './words.ts';

export type Readiness = 'ready' | 'loading' | 'missing';

/**
 * Brings the words of a language, and the pack of a country, before a screen in them is drawn.
 * `missing` means that they are not on the phone and cannot be had now.
 */
export function useReady(language: Language, country: Country | null): Readiness {
  const { content } = useServices();
  const { i18n } = useTranslation();
  const [failed, setFailed] = useState<string | null>(null);
  const [, redraw] = useState(0);
  const wanted = `${language}-${country ?? ''}`;
  const hasWords = i18n.language === language;
  const hasPack = country === null || content.get(language, country) !== undefined;

  useEffect(() => {
    if (hasWords && hasPack) return;
    let current = true;
    const bring = async (): Promise<void> => {
      const loaded = country ? await content.load(language, country) : null;
      if (loaded && !loaded.ok) throw new Error(loaded.error.type);
      if (!i18n.hasResourceBundle(language, 'app')) addWords(i18n, language, await loadWords(language));
      if (!current) return;
      await i18n.changeLanguage(language);
      redraw((count) => count + 1);
    };
    bring().catch(() => current && setFailed(wanted));
    return () => {
      current = false;
    };
  }, [content, country, hasPack, hasWords, i18n, language, wanted]);

  if (hasWords && hasPack) return 'ready';
  return failed === wanted ? 'missing' : 'loading';
}
