import { CircleAlert, ListChecks } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isNews, type Pack, type Right } from '#content/pack.ts';
import { formatDay } from '#i18n/format.ts';
import { Notice } from '#ui/Notice.tsx';
import styles from './Entry.module.css';
import { EntryHead } from './EntryHead.tsx';
import { CardLinks, Lines, type Second, SecondLanguage, ShareThis, WhoToCall } from './EntryParts.tsx';
import { EntrySources } from './EntrySources.tsx';

interface RightScreenProps {
  right: Right;
  pack: Pack;
  /** The phone's own day as `YYYY-MM-DD`; `null` in pages made at build time, which know no today. */
  today: string | null;
  second: Second;
  /** How to tell that something is wrong. */
  report: ReactNode;
}

/** One right: picture, one sentence, what to do now, what is different for whom, whom to call, law and sources. */
export function RightScreen({ right, pack, today, second, report }: RightScreenProps) {
  const { t } = useTranslation();
  const { language } = pack;
  const other = second.pack?.rights.find(({ id }) => id === right.id);
  const otherLanguage = other?.textLanguage;
  return (
    <article className={styles.entry} lang={right.textLanguage}>
      <EntryHead
        entry={right}
        other={other}
        line={({ sentence }) => sentence}
        lineClass={styles.sentence}
        today={today}
      />
      {right.change && today && isNews(right.change, today) && (
        <Notice kind="attention" title={t(($) => $.news.title)}>
          <p>{right.change.text}</p>
        </Notice>
      )}
      {right.figures.length > 0 && (
        <ul className={styles.figures}>
          {right.figures.map((figure) => (
            <li key={figure.text + figure.from}>
              {t(($) => $.facts.since, { figure: figure.text, day: formatDay(figure.from, language) })}
            </li>
          ))}
        </ul>
      )}
      <Lines
        id="steps"
        title={t(($) => $.rights.whatToDo)}
        icon={ListChecks}
        tone="do"
        lines={right.steps}
        others={other?.steps}
        otherLanguage={otherLanguage}
        language={language}
      />
      <Lines
        id="exceptions"
        title={t(($) => $.rights.butNote)}
        icon={CircleAlert}
        tone="note"
        lines={right.exceptions}
        others={other?.exceptions}
        otherLanguage={otherLanguage}
        language={language}
      />
      <CardLinks pack={pack} ids={right.card ? [right.card] : []} />
      <WhoToCall pack={pack} ids={right.contacts} />
      <SecondLanguage second={second} language={language} />
      <EntrySources entry={right} instruments={right.instruments} pack={pack} />
      <ShareThis title={right.title} />
      {report}
    </article>
  );
}
