import { useLiveQuery } from 'dexie-react-hooks';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Pack } from '#content/pack.ts';
import type { Database } from '#data/database.ts';
import { syncOverview } from '#data/syncQueries.ts';
import { pathTo } from '#i18n/paths.ts';
import { dayOf } from '#lib/day.ts';
import card from '#ui/Card.module.css';
import { Notice } from '#ui/Notice.tsx';
import { useServices } from './context.ts';
import { FailureScreen } from './FailureScreen.tsx';
import { useCopyScreens } from './useLater.ts';

/* The pages of the locked copy below More; what stands on them is in CopyScreens.tsx, loaded with the first of them. */

const COPY_PAGES = ['code', 'phone', 'family', 'stop', 'delete', 'restore'] as const;
type CopyPageName = (typeof COPY_PAGES)[number];

export function isCopyPage(part: string | undefined): part is CopyPageName {
  return (COPY_PAGES as readonly unknown[]).includes(part);
}

/** The heading of a page about the copy. */
export function copyTitle(t: TFunction<'app'>, page: CopyPageName): string {
  switch (page) {
    case 'code':
      return t(($) => $.sync.code.title);
    case 'phone':
      return t(($) => $.sync.page.phone);
    case 'family':
      return t(($) => $.sync.page.family);
    case 'stop':
      return t(($) => $.sync.stop.title);
    case 'delete':
      return t(($) => $.sync.delete.title);
    case 'restore':
      return t(($) => $.sync.restore.title);
  }
}

interface CopyPageProps {
  db: Database | null;
  pack: Pack;
  page: CopyPageName | 'file' | 'view' | undefined;
}

/** A page of the locked copy, once the file with its screens is there. */
export function CopyPage({ db, pack, page }: CopyPageProps) {
  const { t } = useTranslation();
  const { now } = useServices();
  const screens = useCopyScreens();
  const { language, country } = pack;
  const today = dayOf(now());
  if (!screens) return <p role="status">{t(($) => $.status.loading)}</p>;
  // A part of a screen that works without it: not an alarm.
  if (screens === 'missing' && page === 'file') {
    return (
      <section className={card.card}>
        <h2>{t(($) => $.sync.file.title)}</h2>
        <p>{t(($) => $.sync.errors.Offline)}</p>
      </section>
    );
  }
  if (screens === 'missing') {
    return <FailureScreen reason="contentMissing" home={pathTo(language, country)} />;
  }
  if (page === 'view') return <screens.FamilyCopyScreen pack={pack} />;
  if (!db) return null;
  if (page === 'file') return <screens.SealedFilePart db={db} language={language} today={today} />;
  return <screens.SyncPages db={db} page={page} language={language} country={country} today={today} />;
}

/** Deleting everything on the phone leaves the copy on the server: said beside the button. */
export function CopyStays({ db, pack }: { db: Database; pack: Pack }) {
  const { t } = useTranslation();
  const overview = useLiveQuery(async () => syncOverview(db), [db]);
  if (!overview || overview.phase === 'off') return null;
  return (
    <Notice kind="attention">
      <p>{t(($) => $.storage.eraseCopy)}</p>
      <Link href={pathTo(pack.language, pack.country, 'more', 'sync', 'stop')}>
        {t(($) => $.sync.stop.title)}
      </Link>
    </Notice>
  );
}
