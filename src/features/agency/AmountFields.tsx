import { useTranslation } from 'react-i18next';
import type { FeeCurrency } from '#data/contracts.ts';
import { currencyName } from '#i18n/format.ts';
import type { Language } from '#i18n/languages.ts';
import { Choice, Field } from '#ui/Field.tsx';
import styles from './AmountFields.module.css';
import { formatAmount, readAmount } from './totals.ts';
import type { CheckedText } from './useCheckedText.ts';

/** The signs that stand on banknotes and price tags, known also to those who do not read. */
const SIGNS: readonly (readonly [FeeCurrency, string])[] = [
  ['USD', '$'],
  ['KHR', '៛'],
  ['THB', '฿'],
  ['KRW', '₩'],
  ['MYR', 'RM'],
];

interface AmountFieldsProps {
  amount: CheckedText;
  currency: FeeCurrency | null;
  language: Language;
  onChange: (change: { amount: number | null } | { currency: FeeCurrency }) => void;
}

/** How much, in which money, and both printed in words so that a wrong zero is seen. */
export function AmountFields({ amount, currency, language, onChange }: AmountFieldsProps) {
  const { t } = useTranslation();
  const number = readAmount(amount.text);
  const type = (text: string): void => {
    amount.type(text);
    const typed = readAmount(text);
    if (typed !== null || text.trim() === '') onChange({ amount: typed });
  };
  return (
    <>
      <Field
        label={t(($) => $.agency.amount)}
        error={amount.showsError ? t(($) => $.agency.amountBad) : undefined}
      >
        {(control) => (
          <input
            {...control}
            className={styles.amount}
            inputMode="decimal"
            autoComplete="off"
            value={amount.text}
            onChange={(event) => type(event.target.value)}
            onBlur={amount.checkSoon}
          />
        )}
      </Field>
      <Choice
        label={t(($) => $.agency.whichMoney)}
        options={SIGNS.map(([value, sign]) => ({
          value,
          label: currencyName(value, language),
          icon: (
            <b className={styles.sign} aria-hidden="true">
              {sign}
            </b>
          ),
        }))}
        value={currency}
        onChange={(chosen) => onChange({ currency: chosen })}
      />
      {number !== null && (
        <p className={styles.printed} aria-live="polite">
          {formatAmount({ amount: number, currency }, language)}
        </p>
      )}
    </>
  );
}
