import { HandCoins } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type Database, newId } from '#data/database.ts';
import { emptyPayment, type Payment } from '#data/payments.ts';
import type { Language } from '#i18n/languages.ts';
import { ItemSection } from './ItemSection.tsx';
import { PaymentForm } from './PaymentForm.tsx';
import { PaymentRow } from './PaymentRow.tsx';
import styles from './Payments.module.css';
import { PaidSoFar } from './PaidSoFar.tsx';
import { totalsOf } from './totals.ts';
import type { Undo } from './useUndo.ts';

interface PaymentsProps {
  db: Database;
  agencyId: string;
  payments: readonly Payment[];
  /** Names of people at the agency, to tap instead of typing. */
  people: readonly string[];
  language: Language;
  undo: Undo;
}

/** Every payment with its receipts, and what it comes to. */
export function Payments({ db, agencyId, payments, people, language, undo }: PaymentsProps) {
  const { t } = useTranslation();
  const totals = totalsOf(payments);
  return (
    <ItemSection
      icon={HandCoins}
      title={t(($) => $.agency.payments)}
      hint={t(($) => $.agency.paymentsHint)}
      add={t(($) => $.agency.addPayment)}
      items={payments}
      makeNew={() => ({ id: newId(db), ...emptyPayment(agencyId) })}
      row={(payment, open) => <PaymentRow db={db} payment={payment} language={language} onOpen={open} />}
      form={(opened, close) => (
        <PaymentForm
          db={db}
          opened={opened}
          isNew={payments.every(({ id }) => id !== opened.id)}
          people={people}
          language={language}
          undo={undo}
          onClose={close}
        />
      )}
    >
      {totals.length > 0 && (
        <p className={styles.total}>
          <PaidSoFar totals={totals} language={language} />
        </p>
      )}
    </ItemSection>
  );
}
