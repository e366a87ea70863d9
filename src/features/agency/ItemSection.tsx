import { type LucideIcon, Plus } from 'lucide-react';
import { type ReactNode, useId, useRef } from 'react';
import { Button } from '#ui/Button.tsx';
import card from '#ui/Card.module.css';
import styles from './ItemSection.module.css';
import { useOpenItems } from './useOpenItems.ts';

interface ItemSectionProps<T> {
  icon: LucideIcon;
  title: string;
  hint: string;
  /** "Add a …" */
  add: string;
  items: readonly T[];
  makeNew: () => T;
  row: (item: T, open: () => void) => ReactNode;
  form: (opened: T, close: () => void) => ReactNode;
  /** Stands above the rows. */
  children?: ReactNode;
}

/** A card with a list: closed rows that open as a small form, and one button that adds. */
export function ItemSection<T extends { readonly id: string }>(props: ItemSectionProps<T>) {
  const { icon: Icon, title, hint, add, items, makeNew, row, form, children } = props;
  const id = useId();
  const section = useRef<HTMLElement>(null);
  const list = useOpenItems(items, section);
  return (
    <section ref={section} className={`${card.card} ${styles.section}`} aria-labelledby={id}>
      <div className={card.row}>
        <span className={card.icon}>
          <Icon aria-hidden="true" />
        </span>
        <h2 id={id} className={card.grow}>
          {title}
        </h2>
      </div>
      {children}
      <p className={card.soft}>{hint}</p>
      {list.rows.length > 0 && (
        <ul className={styles.list}>
          {list.rows.map((item) => {
            const opened = list.openedAs(item);
            return (
              <li key={item.id} data-item={item.id}>
                {opened ? form(opened, () => list.close(opened)) : row(item, () => list.open(item))}
              </li>
            );
          })}
        </ul>
      )}
      {!list.hasOpen && (
        <Button kind="secondary" icon={Plus} data-add onClick={() => list.open(makeNew())}>
          {add}
        </Button>
      )}
    </section>
  );
}
