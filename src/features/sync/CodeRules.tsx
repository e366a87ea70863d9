import { KeyRound, LockKeyhole } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Notice } from '#ui/Notice.tsx';
import styles from './Lines.module.css';

/** What a code can do, and what happens without it. */
export function CodeRules() {
  const { t } = useTranslation();
  return (
    <>
      <ul className={styles.lines}>
        <li>
          <KeyRound aria-hidden="true" />
          <span>{t(($) => $.sync.code.who)}</span>
        </li>
        <li>
          <LockKeyhole aria-hidden="true" />
          <span>{t(($) => $.sync.code.without)}</span>
        </li>
      </ul>
      <Notice kind="attention">{t(($) => $.sync.code.notOnlyHere)}</Notice>
    </>
  );
}
