import { useState } from 'react';
import type { Pack } from '#content/pack.ts';
import { type Country, HOST_LANGUAGE, LANGUAGES, type Language } from '#i18n/languages.ts';
import type { Second } from '#features/rights/EntryParts.tsx';
import { useServices } from './context.ts';

function choicesFor(language: Language, country: Country): Language[] {
  const first = language === HOST_LANGUAGE[country] ? 'km' : HOST_LANGUAGE[country];
  const others = LANGUAGES.filter((other) => other !== language && other !== first);
  return first === language ? others : [first, ...others];
}

/** The same content in a second language, fetched when the reader asks for it. */
export function useSecondPack(language: Language, country: Country): Second {
  const { content } = useServices();
  const [chosen, setChosen] = useState<Language | null>(null);
  const [shown, setShown] = useState<Pack | null>(null);
  const [missing, setMissing] = useState(false);
  const open = async (second: Language): Promise<void> => {
    setChosen(second);
    const loaded = await content.load(second, country);
    setMissing(!loaded.ok);
    setShown(loaded.ok ? loaded.value : null);
  };
  return {
    choices: choicesFor(language, country),
    language: chosen,
    // After a change of language or country the old one no longer fits.
    pack: shown && shown.country === country && shown.language !== language ? shown : null,
    missing,
    open: (second) => void open(second),
    close: () => setShown(null),
  };
}
