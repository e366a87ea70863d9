import { DoorOpen } from 'lucide-react';
import styles from './QuickExit.module.css';

/**
 * The way out, one tap away: on every screen, and in everything that covers its header.
 * A link, so that it works before the app has loaded; `src/app/guard.ts` acts on the attribute.
 */
export function QuickExit({ words }: { words: string }) {
  return (
    <a className={styles.exit} href="/calculator" data-quick-exit aria-label={words}>
      <DoorOpen aria-hidden="true" />
    </a>
  );
}
