import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Pack } from '#content/pack.ts';
import { withoutBreaks } from '#i18n/format.ts';
import { checklistWord, type Place } from '#i18n/paths.ts';

/**
 * The heading of a screen. The window's title names public screens only;
 * on personal ones it says nothing but the name of the app.
 */
export function usePageTitle(place: Place, pack: Pack | undefined): string {
  const { t } = useTranslation();
  const title = headingOf();
  const isPublic = place.screen !== 'personal';
  useEffect(() => {
    document.title =
      isPublic && 'country' in place
        ? documentTitle(
            title,
            t(($) => $.countries[place.country]),
          )
        : 'Mitra';
  }, [isPublic, place, t, title]);
  return title;

  function headingOf(): string {
    switch (place.screen) {
      case 'languages':
      case 'unknown':
        return t(($) => $.app.name);
      case 'countries':
        return t(($) => $.start.chooseCountry);
      case 'stages':
        return t(($) => $.start.chooseStage);
      case 'home':
        return t(($) => $.home.greeting);
      case 'help':
        return t(($) => $.help.title);
      case 'rights':
        return t(($) => $.rights.title);
      case 'right': {
        const topic = pack?.rights.find(({ id }) => id === place.id)?.topic;
        return topic ? t(($) => $.rights.topics[topic as 'wage']) : t(($) => $.rights.title);
      }
      case 'path':
        return t(($) => $.search.kinds.path);
      case 'cards':
      case 'card':
        return t(($) => $.cards.title);
      case 'search':
        return t(($) => $.search.title);
      case 'promises':
        return t(($) => $.promises.title);
      case 'checklist':
        return t(($) => $.checklist[checklistWord(place.stage, place.country)]);
      case 'personal':
        return t(($) => $.app.name);
    }
  }
}

/** The title of a public page, for the window and for search engines. */
export function documentTitle(heading: string, country: string): string {
  return withoutBreaks(`${heading} · ${country} · Mitra`);
}
