import { useLiveQuery } from 'dexie-react-hooks';
import { useTranslation } from 'react-i18next';
import type { Pack } from '#content/pack.ts';
import { listMarks } from '#data/checklist.ts';
import type { Database } from '#data/database.ts';
import styles from './ChecklistScreen.module.css';

/** How much of the country's checklists is done, for the home screen. */
export function ChecklistProgress({ db, pack }: { db: Database; pack: Pack }) {
  const { t } = useTranslation();
  const marks = useLiveQuery(() => listMarks(db, pack.country), [db, pack.country]);
  const done = pack.checklist.filter((item) => marks?.get(item.id)?.done).length;
  if (done === 0) return null;
  const total = pack.checklist.length;
  return (
    <div className={styles.progress}>
      <p>{t(($) => $.checklist.progress, { done, total })}</p>
      <progress value={done} max={total} aria-label={t(($) => $.checklist.title)} />
    </div>
  );
}
