import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { StorageError } from '#data/storageError.ts';
import type { SyncNews } from '#data/syncState.ts';
import { Button, buttonClass } from '#ui/Button.tsx';
import { Notice } from '#ui/Notice.tsx';
import { FailureNotice } from './FailureNotice.tsx';
import styles from './SyncNotices.module.css';
import type { Sync } from './startSync.ts';
import { isReminderDue } from './status.ts';
import { useAction } from './useAction.ts';
import { useNow } from './useNow.ts';

const KINDS = {
  Repaired: 'attention',
  Incomplete: 'attention',
  StoppedElsewhere: 'attention',
  Deleted: 'good',
  TakenAway: 'attention',
} as const satisfies Record<SyncNews, 'attention' | 'good'>;

/** What has to be told once, until it was seen. */
export function SyncNewsList({ sync }: { sync: Sync }) {
  const { t } = useTranslation();
  const seeing = useAction<StorageError>(sync);
  return (
    <>
      {sync.overview?.news.map((news) => (
        <Notice key={news} kind={KINDS[news]} role="status">
          <p>{t(($) => $.sync.news[news])}</p>
          <Button
            kind="quiet"
            disabled={seeing.isBusy}
            onClick={() => void seeing.run((client) => client.seen(news))}
          >
            {t(($) => $.sync.ok)}
          </Button>
        </Notice>
      ))}
      <FailureNotice failure={seeing.failure} />
    </>
  );
}

/** The code waits to be kept. "Later" makes it quiet for some days. */
export function CodeReminder({ sync, to }: { sync: Sync; to: string }) {
  const { t } = useTranslation();
  const now = useNow();
  const putting = useAction<StorageError>(sync);
  if (!sync.overview || !isReminderDue(sync.overview, now)) return null;
  return (
    <>
      <Notice kind="attention" title={t(($) => $.sync.remind.title)}>
        <p>{t(($) => $.sync.remind.text)}</p>
        <div className={styles.answers}>
          <Link href={to} className={buttonClass('secondary')}>
            {t(($) => $.sync.remind.show)}
          </Link>
          <Button
            kind="quiet"
            disabled={putting.isBusy}
            onClick={() => void putting.run((client) => client.remindLater())}
          >
            {t(($) => $.sync.code.later)}
          </Button>
        </div>
      </Notice>
      <FailureNotice failure={putting.failure} />
    </>
  );
}
