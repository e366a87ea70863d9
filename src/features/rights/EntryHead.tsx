import { useTranslation } from 'react-i18next';
import { type Fact, isOverdue } from '#content/pack.ts';
import { PICTURES } from '#ui/icons.ts';
import { Notice } from '#ui/Notice.tsx';
import styles from './Entry.module.css';
import { Pair } from './Pair.tsx';

interface HeadFields extends Fact {
  picture: string;
  danger: boolean;
  title: string;
}

interface EntryHeadProps<T extends HeadFields> {
  entry: T;
  /** The same entry in the second language. */
  other: T | undefined;
  /** The sentence that stands below the title: `first` of a path, `sentence` of a right. */
  line: (entry: T) => string;
  lineClass: string | undefined;
  /** The phone's own day as `YYYY-MM-DD`; `null` in pages made at build time, which know no today. */
  today: string | null;
}

/** The drawings, the title and the one sentence of an entry, and a word when it may have changed. */
export function EntryHead<T extends HeadFields>({ entry, other, line, lineClass, today }: EntryHeadProps<T>) {
  const { t } = useTranslation();
  const otherLanguage = other?.textLanguage;
  return (
    <>
      <div className={`${styles.picture} ${entry.danger ? styles.danger : ''}`} aria-hidden="true">
        {PICTURES[entry.picture]?.map((Picture, index) => (
          <Picture key={`${entry.picture}-${index}`} strokeWidth={1.6} />
        ))}
      </div>
      <Pair
        className={styles.title}
        as="h2"
        text={entry.title}
        other={other?.title}
        otherLanguage={otherLanguage}
      />
      <Pair
        className={lineClass}
        as="p"
        text={line(entry)}
        other={other && line(other)}
        otherLanguage={otherLanguage}
      />
      {today && isOverdue(entry, today) && <Notice kind="attention">{t(($) => $.facts.maybeChanged)}</Notice>}
    </>
  );
}
