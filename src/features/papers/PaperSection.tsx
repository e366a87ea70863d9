import { type LucideIcon, Plus } from 'lucide-react';
import { Children, type ReactNode, useId } from 'react';
import { Link } from 'wouter';
import { buttonClass } from '#ui/Button.tsx';
import styles from './PaperSection.module.css';

interface PaperSectionProps {
  icon: LucideIcon;
  title: string;
  /** One friendly sentence while there is nothing. */
  empty: string;
  add: string;
  addIcon?: LucideIcon;
  addTo: string;
  /** One card for each paper. */
  children: ReactNode;
}

/** One kind of papers: what is there, and the way to add another. */
export function PaperSection({
  icon: Icon,
  title,
  empty,
  add,
  addIcon = Plus,
  addTo,
  children,
}: PaperSectionProps) {
  const id = useId();
  const AddIcon = addIcon;
  const cards = Children.toArray(children);
  return (
    <section className={styles.section} aria-labelledby={id}>
      <h2 id={id} className={styles.title}>
        {title}
      </h2>
      {cards.length === 0 ? (
        <p className={styles.empty}>
          <span className={styles.icon}>
            <Icon aria-hidden="true" />
          </span>
          <span className={styles.words}>{empty}</span>
        </p>
      ) : (
        <ul className={styles.list}>
          {cards.map((paper, index) => (
            <li key={index}>{paper}</li>
          ))}
        </ul>
      )}
      <Link href={addTo} className={buttonClass(cards.length === 0 ? 'primary' : 'secondary')}>
        <AddIcon aria-hidden="true" />
        {add}
      </Link>
    </section>
  );
}
