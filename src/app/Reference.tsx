import { LISTENERS, type Pack } from '#content/pack.ts';
import { CardScreen } from '#features/cards/CardScreen.tsx';
import { CardsScreen } from '#features/cards/CardsScreen.tsx';
import { PromisesScreen } from '#features/promises/PromisesScreen.tsx';
import { PathScreen } from '#features/rights/PathScreen.tsx';
import { RightScreen } from '#features/rights/RightScreen.tsx';
import { SearchScreen } from '#features/search/SearchScreen.tsx';
import { type Place, pathTo } from '#i18n/paths.ts';
import { useSearchParams } from 'wouter';
import { useCallback } from 'react';
import { useServices } from './context.ts';
import { FailureScreen } from './FailureScreen.tsx';
import { Layout } from './Layout.tsx';
import { ReportWrong } from './ReportWrong.tsx';
import { usePersonal } from './useLater.ts';
import type { ReferenceName } from './useReference.ts';
import { useSecondPack } from './useSecondPack.ts';

/* What one reads or shows: a file of its own with its own styles, so that the first pages stay small. */

export type ReferencePlace = Extract<Place, { screen: ReferenceName }>;
type PlaceOf<S extends ReferenceName> = Extract<Place, { screen: S }>;

interface ReferenceScreenProps {
  place: ReferencePlace;
  pack: Pack;
  title: string;
  today: string | null;
}

export function ReferenceScreen({ place, pack, title, today }: ReferenceScreenProps) {
  const { content } = useServices();
  const { language, country, screen } = place;
  const loadData = useCallback(() => content.loadSearch(country), [content, country]);
  const home = pathTo(language, country);
  if (screen === 'right' || screen === 'path')
    return <EntryPage place={place} pack={pack} title={title} today={today} />;
  if (screen === 'card') return <CardPage place={place} pack={pack} title={title} />;
  return (
    <Layout
      place={place}
      title={title}
      back={screen === 'promises' ? pathTo(language, country, 'more') : home}
    >
      {screen === 'cards' && <CardsScreen pack={pack} />}
      {screen === 'search' && <SearchScreen key={`${language}-${country}`} pack={pack} loadData={loadData} />}
      {screen === 'promises' && <PromisesScreen pack={pack} />}
    </Layout>
  );
}

/** A card covers the whole screen. The list from which it was opened stands in the address. */
function CardPage({ place, pack, title }: { place: PlaceOf<'card'>; pack: Pack; title: string }) {
  const [params] = useSearchParams();
  const personal = usePersonal();
  const listener = LISTENERS.find((name) => name === params.get('to'));
  const card = pack.cards.find(({ id }) => id === place.id);
  if (!card) {
    const list = pathTo(place.language, place.country, 'cards');
    return (
      <Layout place={place} title={title} back={list}>
        <FailureScreen reason="notFound" home={list} />
      </Layout>
    );
  }
  const list = pack.cards.filter((item) => !listener || item.to.includes(listener));
  return (
    <CardScreen
      key={card.id}
      card={card}
      pack={pack}
      list={list.includes(card) ? list : pack.cards}
      query={listener ? `?to=${listener}` : ''}
      blank={card.blank && personal && <personal.MyCardWords card={card} language={pack.language} />}
    />
  );
}

interface EntryPageProps {
  place: PlaceOf<'right' | 'path'>;
  pack: Pack;
  title: string;
  today: string | null;
}

function EntryPage({ place, pack, title, today }: EntryPageProps) {
  const { language, country, id } = place;
  const second = useSecondPack(language, country);
  const list = pathTo(language, country, 'rights');
  const right = place.screen === 'right' ? pack.rights.find((item) => item.id === id) : undefined;
  const path = place.screen === 'path' ? pack.paths.find((item) => item.id === id) : undefined;
  const entry = right ?? path;
  const report = entry && <ReportWrong title={entry.title} checkedOn={entry.checkedOn} language={language} />;
  return (
    <Layout place={place} title={title} back={list}>
      {right && (
        <RightScreen key={id} right={right} pack={pack} today={today} second={second} report={report} />
      )}
      {path && <PathScreen key={id} path={path} pack={pack} today={today} second={second} report={report} />}
      {!entry && <FailureScreen reason="notFound" home={list} />}
    </Layout>
  );
}
