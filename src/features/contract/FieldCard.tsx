import type { LucideIcon } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import card from '#ui/Card.module.css';
import styles from './FieldCard.module.css';

interface FieldCardProps {
  icon: LucideIcon;
  title: string;
  children: ReactNode;
}

/** Fields that belong together, under one picture and one word. */
export function FieldCard({ icon: Icon, title, children }: FieldCardProps) {
  const id = useId();
  return (
    <section className={`${card.card} ${styles.fields}`} aria-labelledby={id}>
      <h3 id={id} className={styles.title}>
        <span className={card.icon}>
          <Icon aria-hidden="true" />
        </span>
        {title}
      </h3>
      {children}
    </section>
  );
}
