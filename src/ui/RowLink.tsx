import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import card from './Card.module.css';
import styles from './RowLink.module.css';

/** For a list of rows: two columns where there is room. */
export const rows = styles.rows;

interface RowLinkProps {
  href: string;
  icon: ReactNode;
  /** Life, body or freedom is at stake. */
  danger: boolean;
  title: string;
  /** The language of the title. */
  language: string;
  /** What stands small below the title. */
  children?: ReactNode;
}

/** A row that leads somewhere: picture, title, and what it is about. */
export function RowLink({ href, icon, danger, title, language, children }: RowLinkProps) {
  return (
    <Link className={styles.row} href={href}>
      <span className={`${card.icon} ${danger ? card.danger : ''}`}>{icon}</span>
      <span className={styles.words}>
        <strong lang={language}>{title}</strong>
        {children && <span className={styles.detail}>{children}</span>}
      </span>
      <ChevronRight aria-hidden="true" />
    </Link>
  );
}
