import { useLiveQuery } from 'dexie-react-hooks';
import { ReceiptText } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Database } from '#data/database.ts';
import type { Payment } from '#data/payments.ts';
import { listReceipts } from '#data/receipts.ts';
import { formatDay } from '#i18n/format.ts';
import type { Language } from '#i18n/languages.ts';
import card from '#ui/Card.module.css';
import { ItemRow } from './ItemRow.tsx';
import styles from './PaymentRow.module.css';
import { ReceiptPhoto } from './ReceiptPhoto.tsx';
import { formatAmount } from './totals.ts';

interface PaymentRowProps {
  db: Database;
  payment: Payment;
  language: Language;
  onOpen: () => void;
}

export function PaymentRow({ db, payment, language, onOpen }: PaymentRowProps) {
  const { t } = useTranslation();
  const { id, amount, currency, paidOn, paidTo, purpose } = payment;
  const receipts = useLiveQuery(() => listReceipts(db, id), [db, id]);
  const money =
    amount === null ? t(($) => $.agency.nothingYet) : formatAmount({ amount, currency }, language);
  const [first] = receipts ?? [];
  const picture = first ? (
    <ReceiptPhoto db={db} photoId={first.photoId} alt="" className={styles.photo} />
  ) : (
    <span className={styles.none}>
      <ReceiptText aria-hidden="true" />
    </span>
  );
  return (
    <ItemRow label={t(($) => $.agency.changeItem, { name: money })} picture={picture} onOpen={onOpen}>
      <strong className={styles.amount}>{money}</strong>
      {amount !== null && currency === null && (
        <span className={styles.missing}>{t(($) => $.agency.whichMoney)}</span>
      )}
      {purpose && <span>{purpose}</span>}
      {paidTo && <span className={card.soft}>{t(($) => $.agency.paidToName, { name: paidTo })}</span>}
      {paidOn && <span className={card.soft}>{formatDay(paidOn, language)}</span>}
      {receipts?.length === 0 && <span className={styles.missing}>{t(($) => $.agency.noReceipt)}</span>}
    </ItemRow>
  );
}
