import { ChecklistScreen } from '#features/checklist/ChecklistScreen.tsx';
import { HelpScreen } from '#features/help/HelpScreen.tsx';
import { HomeScreen } from '#features/home/HomeScreen.tsx';
import { RightsScreen } from '#features/rights/RightsScreen.tsx';
import { CountriesScreen, LanguagesScreen, StagesScreen } from '#features/start/StartScreens.tsx';
import { isNews, type Pack } from '#content/pack.ts';
import { type Place, pathTo } from '#i18n/paths.ts';
import { dayOf } from '#lib/day.ts';
import { useScripting } from '#ui/useScripting.ts';
import { readChoice, rememberChoice } from './choice.ts';
import { useServices } from './context.ts';
import { LatePage } from './LatePage.tsx';
import { Layout } from './Layout.tsx';
import { usePageTitle } from './pageTitle.ts';
import type { ReferencePlace } from './Reference.tsx';
import { usePersonal, usePersonalScreen } from './useLater.ts';
import type { LateReference } from './useReference.ts';

type PlaceOf<S extends Place['screen']> = Extract<Place, { screen: S }>;

interface ScreenProps {
  place: Exclude<Place, { screen: 'unknown' }>;
  /** The reading screens, once their file is there. */
  reference: LateReference;
}

/** Draws the screen of an address. Its words and pack are there (`useReady`). */
export function Screen({ place, reference }: ScreenProps) {
  const { content } = useServices();
  const pack = 'country' in place ? content.get(place.language, place.country) : undefined;
  const title = usePageTitle(place, pack);
  switch (place.screen) {
    case 'languages':
      return <LanguagesScreen last={readChoice} />;
    case 'countries':
      return (
        <Layout place={place} title={title} back="/">
          <CountriesScreen language={place.language} />
        </Layout>
      );
    case 'stages':
      return (
        <Layout place={place} title={title} back={pathTo(place.language)}>
          <StagesScreen
            language={place.language}
            country={place.country}
            onChoose={(stage) => rememberChoice({ language: place.language, country: place.country, stage })}
          />
        </Layout>
      );
    default:
      return pack ? <CountryScreen place={place} pack={pack} title={title} reference={reference} /> : null;
  }
}

/** The phone's own day as `YYYY-MM-DD`; `null` in pages made at build time, which know no today. */
function useToday(): string | null {
  const { now } = useServices();
  return useScripting() ? dayOf(now()) : null;
}

type CountryPlace = Exclude<Place, { screen: 'unknown' | 'languages' | 'countries' | 'stages' }>;

interface CountryScreenProps {
  place: CountryPlace;
  pack: Pack;
  title: string;
  reference: LateReference;
}

function CountryScreen({ place, pack, title, reference }: CountryScreenProps) {
  const { language, country } = place;
  const home = pathTo(language, country);
  const personal = usePersonal();
  const today = useToday();

  switch (place.screen) {
    case 'home':
      return (
        <Layout place={place} title={title}>
          <HomeScreen
            pack={pack}
            readStage={() => readChoice()?.stage ?? null}
            progress={personal && <personal.HomeProgress pack={pack} />}
            reminder={personal && <personal.HomeReminder pack={pack} />}
            news={today ? pack.rights.filter(({ change }) => change && isNews(change, today)) : []}
          />
        </Layout>
      );
    case 'help':
      return (
        <Layout place={place} title={title} back={home} tone="red">
          <HelpScreen
            pack={pack}
            today={today}
            mine={personal && <personal.MyContactsOnHelp pack={pack} />}
          />
        </Layout>
      );
    case 'rights':
      return (
        <Layout place={place} title={title} back={home}>
          <RightsScreen pack={pack} today={today} />
        </Layout>
      );
    case 'right':
    case 'path':
    case 'cards':
    case 'card':
    case 'search':
    case 'promises':
      return <ReferencePage place={place} pack={pack} title={title} today={today} file={reference} />;
    case 'checklist':
      return (
        <Layout place={place} title={title} back={home}>
          {personal ? (
            <personal.MyChecklist key={`${country}-${place.stage}`} pack={pack} stage={place.stage} />
          ) : (
            <ChecklistScreen pack={pack} stage={place.stage} />
          )}
        </Layout>
      );
    case 'personal':
      return <PersonalPage place={place} pack={pack} title={title} />;
  }
}

function PersonalPage({ place, pack, title }: { place: PlaceOf<'personal'>; pack: Pack; title: string }) {
  const screens = usePersonalScreen();
  if (screens === null || screens === 'missing') {
    return <LatePage place={place} title={title} isMissing={screens === 'missing'} />;
  }
  return <screens.PersonalScreen place={place} pack={pack} />;
}

interface ReferencePageProps {
  place: ReferencePlace;
  pack: Pack;
  title: string;
  today: string | null;
  file: LateReference;
}

function ReferencePage({ place, pack, title, today, file }: ReferencePageProps) {
  if (file === null || file === 'missing') {
    return <LatePage place={place} title={title} isMissing={file === 'missing'} />;
  }
  return <file.ReferenceScreen place={place} pack={pack} title={title} today={today} />;
}
