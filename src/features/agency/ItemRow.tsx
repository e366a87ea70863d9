import { Pencil } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './ItemRow.module.css';

interface ItemRowProps {
  /** "Change: …", for screen readers. */
  label: string;
  picture?: ReactNode;
  /** A button of its own, such as the one that calls. */
  action?: ReactNode;
  onOpen: () => void;
  children: ReactNode;
}

/** A closed row: what it says, and a pencil. The whole row opens it. */
export function ItemRow({ label, picture, action, onOpen, children }: ItemRowProps) {
  return (
    <div className={styles.row}>
      {picture}
      <div className={styles.text}>{children}</div>
      <button type="button" className={styles.open} onClick={onOpen} aria-label={label}>
        <Pencil aria-hidden="true" />
      </button>
      {action && <div className={styles.action}>{action}</div>}
    </div>
  );
}
