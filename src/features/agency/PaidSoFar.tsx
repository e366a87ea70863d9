import { useTranslation } from 'react-i18next';
import type { Language } from '#i18n/languages.ts';
import styles from './PaidSoFar.module.css';
import { formatAmount, type Total } from './totals.ts';

/** What was paid so far, one line for each money; nothing when nothing was paid. */
export function PaidSoFar({ totals, language }: { totals: readonly Total[]; language: Language }) {
  const { t } = useTranslation();
  if (totals.length === 0) return null;
  return (
    <>
      <span className={styles.title}>{t(($) => $.agency.total)}</span>
      {totals.map((total) => (
        <span key={total.currency} className={styles.amount}>
          {formatAmount(total, language)}
          {total.currency === null && <small>{t(($) => $.agency.whichMoney)}</small>}
        </span>
      ))}
    </>
  );
}
