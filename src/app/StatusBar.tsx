import { useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { Place } from '#i18n/paths.ts';
import { useOnline } from '#ui/useOnline.ts';
import { useServices } from './context.ts';
import styles from './StatusBar.module.css';

/** One quiet line above the bar: no network, or a newer app that waits. Never on a screen with a form. */
export function StatusBar({ place }: { place: Place }) {
  const { t } = useTranslation();
  const { offline } = useServices();
  const waiting = useSyncExternalStore(offline.subscribe, offline.updateWaiting, () => false);
  const online = useOnline();
  const [later, setLater] = useState(false);
  const hasForm = place.screen === 'personal' || place.screen === 'checklist';

  if (waiting && !later && !hasForm) {
    return (
      <div className={styles.bar} role="status">
        <span>{t(($) => $.update.ready)}</span>
        <button type="button" onClick={offline.update}>
          {t(($) => $.update.now)}
        </button>
        <button type="button" onClick={() => setLater(true)}>
          {t(($) => $.update.later)}
        </button>
      </div>
    );
  }
  if (online) return null;
  return (
    <div className={styles.quiet} role="status">
      {t(($) => $.status.offline)}
    </div>
  );
}
