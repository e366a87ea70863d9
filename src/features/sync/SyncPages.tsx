import { useLiveQuery } from 'dexie-react-hooks';
import { KeyRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { Database } from '#data/database.ts';
import { choiceSizes } from '#data/syncQueries.ts';
import type { Country, Language } from '#i18n/languages.ts';
import { pathTo } from '#i18n/paths.ts';
import { buttonClass } from '#ui/Button.tsx';
import { CodeScreen } from './CodeScreen.tsx';
import { ConsentScreen } from './ConsentScreen.tsx';
import { CONSENT_TEXT } from './ConsentText.tsx';
import { DeleteScreen } from './DeleteScreen.tsx';
import { FamilyCodesScreen } from './FamilyCodesScreen.tsx';
import { PhoneScreen } from './PhoneScreen.tsx';
import { RestoreScreen } from './RestoreScreen.tsx';
import { StopScreen } from './StopScreen.tsx';
import { SyncNewsList } from './SyncNotices.tsx';
import { SyncScreen } from './SyncScreen.tsx';
import { useSync } from './startSync.ts';
import { useIsHere } from './useIsHere.ts';
import { Withdrawing } from './Withdrawing.tsx';

export const SYNC_PAGES = ['code', 'phone', 'family', 'stop', 'delete', 'restore'] as const;
export type SyncPage = (typeof SYNC_PAGES)[number];

interface SyncPagesProps {
  db: Database;
  /** `undefined`: the first of them. */
  page: SyncPage | undefined;
  language: Language;
  country: Country;
  today: string;
}

/** Everything about the locked copy, below More. A file of its own, loaded with the first of its pages. */
export function SyncPages({ db, page, language, country, today }: SyncPagesProps) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const sync = useSync(db);
  // Counting at every change is work for a slow phone: not while a copy comes.
  const sizes = useLiveQuery(async () => (page === 'restore' ? undefined : choiceSizes(db)), [db, page]);
  const more = pathTo(language, country, 'more');
  const to = (name: string): string => pathTo(language, country, 'more', 'sync', name);
  const home = pathTo(language, country, 'more', 'sync');
  const isHere = useIsHere();
  // After a request, which may end when the worker is somewhere else.
  const goOn = (next: string, replace = false): void => {
    if (isHere()) navigate(next, { replace });
  };
  const goHome = (): void => goOn(home, true);
  if (!sync.overview) return <p role="status">{t(($) => $.status.loading)}</p>;

  // These three need no copy on this phone.
  if (page === 'restore') {
    return (
      <RestoreScreen
        sync={sync}
        language={language}
        papers={pathTo(language, country, 'papers')}
        copy={home}
        familyCopy={pathTo(language, country, 'more', 'family')}
        deletion={to('delete')}
      />
    );
  }
  if (page === 'delete') return <DeleteScreen sync={sync} />;
  if (page === 'stop') {
    return <StopScreen sync={sync} language={language} to={to} onStopped={goHome} />;
  }
  const { phase, consent, code } = sync.overview;
  // A code that was never kept is the only way to delete the copy later.
  const showsCode = page === 'code' && code !== null;
  if (phase === 'withdrawing' && !showsCode) {
    return <Withdrawing sync={sync} language={language} code={to('code')} onStopped={goHome} />;
  }
  const isAgain = consent !== null && consent.text < CONSENT_TEXT;
  if (phase === 'off' || isAgain) {
    return (
      <>
        <SyncNewsList sync={sync} />
        <ConsentScreen
          sync={sync}
          sizes={sizes}
          isAgain={isAgain}
          language={language}
          onAgreed={() => goOn(isAgain ? home : to('code'))}
          onRefused={() => navigate(isAgain ? to('stop') : more)}
        />
        {!isAgain && (
          <Link href={to('restore')} className={buttonClass('quiet')}>
            <KeyRound aria-hidden="true" />
            {t(($) => $.sync.haveCode)}
          </Link>
        )}
      </>
    );
  }
  switch (page) {
    case 'code':
      return <CodeScreen sync={sync} language={language} today={today} onDone={() => goOn(home)} />;
    case 'phone':
      return <PhoneScreen code={to('code')} />;
    case 'family':
      return <FamilyCodesScreen sync={sync} language={language} today={today} />;
    case undefined:
      return (
        <>
          <SyncNewsList sync={sync} />
          <SyncScreen sync={sync} sizes={sizes} language={language} to={to} />
        </>
      );
  }
}
