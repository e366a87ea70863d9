import { type LucideIcon, Phone } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './RoundCall.module.css';

interface RoundCallProps {
  /** `tel:…` or `sms:…`. */
  href: string;
  icon?: LucideIcon;
  /** What happens and with whom, for screen readers. */
  children: ReactNode;
}

/** The round green button that calls. */
export function RoundCall({ href, icon: Icon = Phone, children }: RoundCallProps) {
  return (
    <a className={styles.call} href={href}>
      <Icon aria-hidden="true" />
      <span className="visually-hidden">{children}</span>
    </a>
  );
}
