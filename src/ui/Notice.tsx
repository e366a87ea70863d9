import { AlertTriangle, CircleCheck, Info, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './Notice.module.css';

type NoticeKind = 'info' | 'attention' | 'problem' | 'good';

const ICONS: Record<NoticeKind, LucideIcon> = {
  info: Info,
  attention: AlertTriangle,
  problem: AlertTriangle,
  good: CircleCheck,
};

interface NoticeProps {
  kind?: NoticeKind;
  title?: string;
  /** `alert` is read out at once, `status` when the reader pauses; leave out for text that is simply there. */
  role?: 'alert' | 'status';
  children: ReactNode;
}

export function Notice({ kind = 'info', title, role, children }: NoticeProps) {
  const Icon = ICONS[kind];
  return (
    <div className={`${styles.notice} ${styles[kind]}`} role={role}>
      <Icon aria-hidden="true" />
      <div className={styles.body}>
        {title && <strong>{title}</strong>}
        {children}
      </div>
    </div>
  );
}
