import { useState } from 'react';
import type { Pack } from '#content/pack.ts';
import type { Country, Language } from '#i18n/languages.ts';
import { useServices } from './context.ts';

export interface SecondPack {
  language: Language;
  pack: Pack | null;
  missing: boolean;
  open: () => void;
  close: () => void;
}

/** The same content in a second language, fetched when the reader asks for it. */
export function useSecondPack(language: Language, country: Country): SecondPack {
  const { content } = useServices();
  const [shown, setShown] = useState<Pack | null>(null);
  const [missing, setMissing] = useState(false);
  const open = async (): Promise<void> => {
    const loaded = await content.load(language, country);
    setMissing(!loaded.ok);
    if (loaded.ok) setShown(loaded.value);
  };
  return {
    language,
    pack: shown?.language === language && shown.country === country ? shown : null,
    missing,
    open: () => void open(),
    close: () => setShown(null),
  };
}
