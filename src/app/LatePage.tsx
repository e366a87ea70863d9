import { useTranslation } from 'react-i18next';
import { type Place, pathTo } from '#i18n/paths.ts';
import { FailureScreen } from './FailureScreen.tsx';
import { Layout } from './Layout.tsx';

interface LatePageProps {
  place: Extract<Place, { screen: unknown; country: unknown }>;
  title: string;
  /** Its file cannot be had. */
  isMissing: boolean;
}

/** Stands where a screen with a file of its own will be, and says it when that file does not come. */
export function LatePage({ place, title, isMissing }: LatePageProps) {
  const { t } = useTranslation();
  const home = pathTo(place.language, place.country);
  return (
    <Layout place={place} title={title} back={isMissing ? home : undefined}>
      {isMissing ? (
        <FailureScreen reason="contentMissing" home={home} />
      ) : (
        <p aria-busy="true">{t(($) => $.status.loading)}</p>
      )}
    </Layout>
  );
}
