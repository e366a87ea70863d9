import { useTranslation } from 'react-i18next';
import type { Database } from '#data/database.ts';
import { type Payment, removePayment, savePayment } from '#data/payments.ts';
import type { Language } from '#i18n/languages.ts';
import { dayOf } from '#lib/day.ts';
import { AmountFields } from './AmountFields.tsx';
import { DayField } from './DayField.tsx';
import { ItemForm } from './ItemForm.tsx';
import { Receipts } from './Receipts.tsx';
import { TextField } from './TextField.tsx';
import { readAmount } from './totals.ts';
import { useAddReceipts } from './useAddReceipts.ts';
import { useCheckedText } from './useCheckedText.ts';
import { useItemDraft } from './useItemDraft.ts';
import type { Undo } from './useUndo.ts';

interface PaymentFormProps {
  db: Database;
  opened: Payment;
  isNew: boolean;
  people: readonly string[];
  language: Language;
  undo: Undo;
  onClose: () => void;
}

/** One payment: how much, when, the receipts, to whom and what for. */
export function PaymentForm({ db, opened, isNew, people, language, undo, onClose }: PaymentFormProps) {
  const { t } = useTranslation();
  const { id, ...fields } = opened;
  const form = useItemDraft(db, fields, (next, before) => savePayment(db, id, next, before));
  const { draft, change } = form;
  const amount = useCheckedText(
    opened.amount === null ? '' : String(opened.amount),
    (text) => readAmount(text) !== null,
  );
  const photos = useAddReceipts(db, { id, ...draft });
  const purposes = t(($) => $.agency.purposeIdeas, { returnObjects: true });
  return (
    <ItemForm
      label={t(($) => $.agency.payments)}
      isNew={isNew}
      form={form}
      check={amount.check}
      onClose={onClose}
      isBusy={photos.work !== null}
      remove={{
        words: t(($) => $.agency.removePayment),
        run: () =>
          undo.remove(
            t(($) => $.agency.paymentRemoved),
            () => removePayment(db, id),
          ),
      }}
    >
      <AmountFields amount={amount} currency={draft.currency} language={language} onChange={change} />
      <DayField
        label={t(($) => $.agency.paidOn)}
        day={draft.paidOn}
        today={dayOf(db.now())}
        language={language}
        onChange={(paidOn) => change({ paidOn })}
      />
      <Receipts db={db} paymentId={id} photos={photos} undo={undo} />
      <TextField
        label={t(($) => $.agency.purpose)}
        value={draft.purpose}
        ideas={[
          purposes.fee,
          purposes.visa,
          purposes.passport,
          purposes.medical,
          purposes.training,
          purposes.ticket,
        ]}
        onChange={(purpose) => change({ purpose })}
      />
      <TextField
        label={t(($) => $.agency.paidTo)}
        value={draft.paidTo}
        ideas={people}
        onChange={(paidTo) => change({ paidTo })}
      />
    </ItemForm>
  );
}
