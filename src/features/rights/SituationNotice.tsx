import { useTranslation } from 'react-i18next';
import { contactsById, isOverdue, type Pack, type Situation, sourcesOf } from '#content/pack.ts';
import { formatDay } from '#i18n/format.ts';
import { CallLines } from '#ui/CallLine.tsx';
import { SourceList } from '#ui/SourceList.tsx';
import styles from './SituationNotice.module.css';

interface SituationNoticeProps {
  situation: Situation;
  pack: Pack;
  today: string | null;
}

/** What was true on a day and may have changed: always with that day and with whom to ask today. */
export function SituationNotice({ situation, pack, today }: SituationNoticeProps) {
  const { t } = useTranslation();
  return (
    <details className={styles.notice}>
      <summary>
        <strong lang={situation.textLanguage}>{situation.title}</strong>
        <span className={styles.asOf}>
          {t(($) => $.home.asOf, { day: formatDay(situation.asOf, pack.language) })}
        </span>
      </summary>
      {today && isOverdue(situation, today) && <p>{t(($) => $.facts.maybeChanged)}</p>}
      <p lang={situation.textLanguage}>{situation.body}</p>
      <p>
        <strong>{t(($) => $.home.situation)}</strong>
      </p>
      <CallLines
        contacts={contactsById(pack, situation.contacts)}
        callWords={(name) => t(($) => $.help.call, { name })}
        insideWords={t(($) => $.help.insideCambodia)}
        verifyWords={t(($) => $.help.verifyFirst)}
      />
      <SourceList sources={sourcesOf(pack, situation)} />
    </details>
  );
}
