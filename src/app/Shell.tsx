import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { samePlace, parsePath, type Place } from '#i18n/paths.ts';
import { readChoice, rememberChoice } from './choice.ts';
import { useServices } from './context.ts';
import { FailureScreen } from './FailureScreen.tsx';
import { Layout } from './Layout.tsx';
import { Screen } from './Screen.tsx';
import { useArrival } from './useArrival.ts';
import { useReady } from './useReady.ts';
import { isReference, useReference } from './useReference.ts';

function languageOf(place: Place) {
  return place.screen === 'languages' ? null : place.language;
}

/** Chooses what stands on the screen for the present address. */
export function Shell() {
  const [path] = useLocation();
  const { i18n } = useTranslation();
  const { offline } = useServices();
  const place = parsePath(path);
  const language = languageOf(place) ?? (i18n.language as 'en');
  const country = 'country' in place ? place.country : null;
  const readiness = useReady(language, country);
  const needsReference = isReference(place.screen);
  const reference = useReference(needsReference);
  // A screen of the reading file counts as there when the file is, or its heading would lose the focus again.
  useArrival(path, readiness === 'ready' && (reference !== null || !needsReference));

  useEffect(() => {
    if (readiness !== 'ready') return;
    document.documentElement.lang = language;
    if (!country) return;
    rememberChoice({ language, country, stage: readChoice()?.stage ?? null });
    offline.keep(language, country);
  }, [country, language, offline, readiness]);

  if (place.screen === 'unknown') {
    return (
      <Layout place={place} title="Mitra">
        <FailureScreen reason="notFound" home={samePlace(place, language, 'kr')} />
      </Layout>
    );
  }
  if (readiness === 'missing') {
    return (
      <Layout place={place} title="Mitra">
        <FailureScreen reason="contentMissing" home={samePlace(place, language, 'kr')} />
      </Layout>
    );
  }
  // The screen before stays until the next is there; the first one is drawn at build time.
  if (readiness === 'loading') return <div className="loading" aria-busy="true" />;
  return <Screen place={place} reference={reference} />;
}
