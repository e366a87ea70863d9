import { ChevronRight } from 'lucide-react';
import { Link } from 'wouter';
import type { Language } from '#i18n/languages.ts';
import card from '#ui/Card.module.css';
import { PICTURES } from '#ui/icons.ts';
import styles from './EntryLink.module.css';

interface EntryLinkProps {
  href: string;
  picture: string;
  danger: boolean;
  title: string;
  /** The language of the title. */
  language: Language;
  /** What kind of thing it is, in the language of the screen. */
  detail?: string;
}

/** A row that leads to an entry: picture, title, and what it is about. */
export function EntryLink({ href, picture, danger, title, language, detail }: EntryLinkProps) {
  const Picture = PICTURES[picture]?.[0];
  return (
    <Link className={`${card.card} ${card.link} ${styles.item}`} href={href}>
      <span className={`${card.icon} ${danger ? styles.danger : ''}`}>
        {Picture && <Picture aria-hidden="true" />}
      </span>
      <span className={card.grow}>
        <strong lang={language}>{title}</strong>
        {detail && <span className={styles.detail}>{detail}</span>}
      </span>
      <ChevronRight aria-hidden="true" />
    </Link>
  );
}
