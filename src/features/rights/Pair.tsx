import type { Language } from '#i18n/languages.ts';
import styles from './Entry.module.css';

interface PairProps {
  as: 'h2' | 'p' | 'span';
  text: string;
  other: string | undefined;
  otherLanguage: Language | undefined;
  className?: string | undefined;
}

/** A line, and under it (beside it, where there is room) the same line in the second language. */
export function Pair({ as: Tag, text, other, otherLanguage, className }: PairProps) {
  const line = <Tag className={className}>{text}</Tag>;
  if (!other) return line;
  const Both = Tag === 'span' ? 'span' : 'div';
  return (
    <Both className={styles.pair}>
      {line}
      <span className={styles.other} lang={otherLanguage}>
        {other}
      </span>
    </Both>
  );
}
