import { CalendarClock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Pack } from '#content/pack.ts';
import type { Stage } from '#i18n/paths.ts';
import { formatDay } from '#i18n/format.ts';
import styles from './RightsScreen.module.css';
import { SituationNotice } from './SituationNotice.tsx';

interface SituationsProps {
  pack: Pack;
  stage: Stage | null;
  today: string | null;
}

/** What is true on a day only, folded into one line; the first by rank stands for all, with its day. */
export function Situations({ pack, stage, today }: SituationsProps) {
  const { t } = useTranslation();
  const situations = pack.situations.filter((item) => stage === null || item.stages.includes(stage));
  const [leading] = situations;
  if (!leading) return null;
  return (
    <details className={styles.situations}>
      <summary>
        <CalendarClock aria-hidden="true" />
        <span>
          <strong lang={leading.textLanguage}>{leading.title}</strong>
          <span className={styles.asOf}>
            {t(($) => $.home.asOf, { day: formatDay(leading.asOf, pack.language) })} ({situations.length})
          </span>
        </span>
      </summary>
      {situations.map((situation) => (
        <SituationNotice key={situation.id} situation={situation} pack={pack} today={today} />
      ))}
    </details>
  );
}
