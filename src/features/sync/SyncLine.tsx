import {
  ChevronRight,
  CloudAlert,
  CloudCheck,
  CloudDownload,
  CloudOff,
  CloudUpload,
  Images,
  type LucideIcon,
  Trash2,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Language } from '#i18n/languages.ts';
import { ok } from '#lib/result.ts';
import { useOnline } from '#ui/useOnline.ts';
import { FailureNotice } from './FailureNotice.tsx';
import styles from './SyncLine.module.css';
import { type Sync, useActivity } from './startSync.ts';
import { agoOf, type Status, statusOf } from './status.ts';
import { statusText } from './statusText.ts';
import { useAction } from './useAction.ts';
import { useNow } from './useNow.ts';

const ICONS: Record<Status['type'], LucideIcon> = {
  off: CloudOff,
  withdrawing: Trash2,
  problem: CloudAlert,
  saving: CloudUpload,
  waiting: CloudOff,
  starting: CloudUpload,
  photosLeft: Images,
  photosToCome: Images,
  soon: CloudUpload,
  nothingChosen: CloudAlert,
  saved: CloudCheck,
  read: CloudDownload,
};

const TONES: Partial<Record<Status['type'], string | undefined>> = {
  saved: styles.good,
  read: styles.good,
  problem: styles.problem,
  nothingChosen: styles.waiting,
  waiting: styles.waiting,
};

interface SyncLineProps {
  sync: Sync;
  language: Language;
  /** Where the line leads; without it, it stands on that page already. */
  to?: string;
}

/** How saving goes, in one line. Nothing where there is no copy. */
export function SyncLine({ sync, language, to }: SyncLineProps) {
  const { t } = useTranslation();
  const activity = useActivity(sync.client);
  const isOnline = useOnline();
  const now = useNow();
  const sending = useAction<never>(sync);
  if (!sync.overview) return null;
  const status = statusOf(sync.overview, { activity, isOnline });
  // The page of the copy says a problem in full.
  if (status.type === 'off' || (status.type === 'problem' && !to)) return null;
  const Icon = ICONS[status.type];
  const text = statusText(t, status, now, language);
  const waitsForWifi = 'needsWifi' in status && status.needsWifi && isOnline;
  // A reader that hears each minute pass hears nothing else.
  const isTicking = status.type === 'saved' && agoOf(status.at, now).unit !== 'now';
  const line = (
    <>
      <Icon aria-hidden="true" />
      <span className={styles.text}>{text}</span>
    </>
  );
  return (
    <>
      {/* Around the link, not in it: in Chromium 156 a link has no name from what stands in a status. */}
      <div className={`${styles.line} ${TONES[status.type] ?? ''}`} role={isTicking ? undefined : 'status'}>
        {to ? (
          <Link href={to} className={styles.link}>
            {line}
            {!waitsForWifi && <ChevronRight aria-hidden="true" />}
          </Link>
        ) : (
          <div className={styles.link}>{line}</div>
        )}
        {waitsForWifi && (
          <button
            type="button"
            className={styles.send}
            disabled={sending.isBusy}
            onClick={() => void sending.run(async (client) => ok(await client.sendPhotosNow()))}
          >
            {status.type === 'photosLeft' ? t(($) => $.sync.status.sendNow) : t(($) => $.sync.status.getNow)}
          </button>
        )}
      </div>
      <FailureNotice failure={sending.failure} />
    </>
  );
}
