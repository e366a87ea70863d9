import { CalendarClock, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Pack, Stage } from '#content/pack.ts';
import { formatDay } from '#i18n/format.ts';
import { pathTo } from '#i18n/paths.ts';
import card from '#ui/Card.module.css';
import { PICTURES } from '#ui/icons.ts';
import styles from './RightsScreen.module.css';
import { SituationNotice } from './SituationNotice.tsx';

const STAGES: Stage[] = ['before', 'arrival', 'working', 'trouble', 'return'];

interface RightsScreenProps {
  pack: Pack;
  /** The phone's own day as `YYYY-MM-DD`; `null` in pages made at build time, which know no today. */
  today: string | null;
}

/** All rights of a country, by stage of the journey; each with its picture and topic. */
export function RightsScreen({ pack, today }: RightsScreenProps) {
  const { t } = useTranslation();
  const [stage, setStage] = useState<Stage | 'all'>('all');
  const { language, country } = pack;
  const shown = pack.rights.filter((right) => stage === 'all' || right.stages.includes(stage));
  const situations = pack.situations.filter((item) => stage === 'all' || item.stages.includes(stage));
  // The first by rank: it stands for all while they are folded, with the day it was true.
  const [leading] = situations;
  const stages = STAGES.filter((name) => pack.rights.some((right) => right.stages.includes(name)));
  return (
    <>
      {leading && (
        <details className={styles.situations}>
          <summary>
            <CalendarClock aria-hidden="true" />
            <span>
              <strong lang={leading.textLanguage}>{leading.title}</strong>
              <span className={styles.topic}>
                {t(($) => $.home.asOf, { day: formatDay(leading.asOf, language) })} ({situations.length})
              </span>
            </span>
          </summary>
          {situations.map((situation) => (
            <SituationNotice key={situation.id} situation={situation} pack={pack} today={today} />
          ))}
        </details>
      )}
      <fieldset className={styles.filter}>
        <legend className="visually-hidden">{t(($) => $.rights.filter)}</legend>
        {(['all', ...stages] as const).map((name) => (
          <label key={name} className={styles.chip}>
            <input type="radio" name="stage" checked={stage === name} onChange={() => setStage(name)} />
            {t(($) => $.rights.stages[name])}
          </label>
        ))}
      </fieldset>
      <ul className={`${card.stack} ${styles.list}`}>
        {shown.map((right) => {
          const Picture = PICTURES[right.picture]?.[0];
          return (
            <li key={right.id}>
              <Link
                className={`${card.card} ${card.link} ${styles.item}`}
                href={pathTo(language, country, 'rights', right.id)}
              >
                <span className={card.icon}>{Picture && <Picture aria-hidden="true" />}</span>
                <span className={card.grow}>
                  <strong lang={right.textLanguage}>{right.title}</strong>
                  <span className={styles.topic}>{t(($) => $.rights.topics[right.topic as 'wage'])}</span>
                </span>
                <ChevronRight aria-hidden="true" />
              </Link>
            </li>
          );
        })}
      </ul>
      {country !== 'kh' && (
        <Link className={`${card.card} ${card.link} ${styles.item}`} href={pathTo(language, 'kh', 'rights')}>
          <span className={card.grow}>{t(($) => $.rights.cambodia)}</span>
          <ChevronRight aria-hidden="true" />
        </Link>
      )}
      <p className={card.soft}>{t(($) => $.rights.legal)}</p>
    </>
  );
}
