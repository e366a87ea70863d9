import type { TFunction } from 'i18next';
import { useLiveQuery } from 'dexie-react-hooks';
import type { Pack } from '#content/pack.ts';
import type { Database } from '#data/database.ts';
import { syncOverview } from '#data/syncQueries.ts';
import { BackupScreen } from '#features/backup/BackupScreen.tsx';
import { hasFamilyCopy } from '#features/sync/openFamily.ts';
import { AboutScreen } from '#features/more/AboutScreen.tsx';
import { CountryScreen } from '#features/more/CountryScreen.tsx';
import { DueScreen } from '#features/more/DueScreen.tsx';
import { InstallScreen } from '#features/more/InstallScreen.tsx';
import { LanguageScreen } from '#features/more/LanguageScreen.tsx';
import { MoreScreen } from '#features/more/MoreScreen.tsx';
import { StorageScreen } from '#features/more/StorageScreen.tsx';
import { readChoice, rememberChoice } from './choice.ts';
import { useServices } from './context.ts';
import { CopyPage, CopyStays, copyTitle, isCopyPage } from './CopyPages.tsx';
import { DatabaseMessage } from './DatabaseMessage.tsx';
import { FailureScreen } from './FailureScreen.tsx';
import { pathTo } from '#i18n/paths.ts';
import { dayOf } from '#lib/day.ts';
import type { DatabaseState } from './useDatabase.ts';

/** The heading of a page under More. */
export function moreTitle(t: TFunction<'app'>, page: string | undefined, part: string | undefined): string {
  switch (page) {
    case 'sync':
      return isCopyPage(part) ? copyTitle(t, part) : t(($) => $.sync.title);
    case 'family':
      return t(($) => $.sync.view.title);
    case 'language':
      return t(($) => $.more.language);
    case 'country':
      return t(($) => $.more.country);
    case 'storage':
      return t(($) => $.storage.title);
    case 'backup':
      return t(($) => $.backup.title);
    case 'install':
      return t(($) => $.install.title);
    case 'about':
      return t(($) => $.about.title);
    case 'due':
      return t(($) => $.due.title);
    default:
      return t(($) => $.more.title);
  }
}

interface MorePagesProps {
  page: string | undefined;
  /** What stands behind the page in the address. */
  part: string | undefined;
  pack: Pack;
  data: DatabaseState;
}

export function MorePages({ page, part, pack, data }: MorePagesProps) {
  const { offline, now } = useServices();
  const { language, country } = pack;
  const db = data.state === 'open' ? data.db : null;
  switch (page) {
    case undefined:
      return <MoreList db={db} pack={pack} />;
    case 'language':
      return <LanguageScreen language={language} country={country} />;
    case 'country':
      return (
        <CountryScreen
          language={language}
          country={country}
          readStage={() => readChoice()?.stage ?? null}
          onStage={(stage) => rememberChoice({ language, country, stage })}
        />
      );
    case 'storage':
      return (
        <>
          <DatabaseMessage data={data} />
          <StorageScreen db={db} pack={pack} offline={offline} />
          {db && <CopyStays db={db} pack={pack} />}
        </>
      );
    case 'backup':
      return db ? (
        <>
          <BackupScreen db={db} />
          <CopyPage db={db} pack={pack} page="file" />
        </>
      ) : (
        <DatabaseMessage data={data} />
      );
    case 'sync':
      if (part !== undefined && !isCopyPage(part)) {
        return <FailureScreen reason="notFound" home={pathTo(language, country)} />;
      }
      return db ? <CopyPage db={db} pack={pack} page={part} /> : <DatabaseMessage data={data} />;
    case 'family':
      return <CopyPage db={null} pack={pack} page="view" />;
    case 'install':
      return <InstallScreen />;
    case 'due':
      return <DueScreen pack={pack} today={dayOf(now())} />;
    case 'about':
      return <AboutScreen pack={pack} version={__APP_VERSION__} />;
    default:
      return <FailureScreen reason="notFound" home={pathTo(language, country)} />;
  }
}

/** The list of More. Until the database is open it says nothing of the copy. */
function MoreList({ db, pack }: { db: Database | null; pack: Pack }) {
  const overview = useLiveQuery(async () => (db ? syncOverview(db) : undefined), [db]);
  const hasFamily = useLiveQuery(hasFamilyCopy, []);
  return (
    <MoreScreen
      language={pack.language}
      country={pack.country}
      hasCopy={overview ? overview.phase !== 'off' : null}
      hasFamilyCopy={hasFamily ?? false}
    />
  );
}
