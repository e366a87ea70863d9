import type { Language } from '#i18n/languages.ts';
import styles from './RightScreen.module.css';

interface PairProps {
  as: 'h2' | 'p' | 'span';
  text: string;
  other: string | undefined;
  otherLanguage: Language | undefined;
  className?: string | undefined;
}

/** A line, and under it the same line in the second language. */
export function Pair({ as: Tag, text, other, otherLanguage, className }: PairProps) {
  return (
    <>
      <Tag className={className}>{text}</Tag>
      {other && (
        <span className={styles.other} lang={otherLanguage}>
          {other}
        </span>
      )}
    </>
  );
}
