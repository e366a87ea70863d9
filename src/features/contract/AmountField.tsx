import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Currency, formatMoney, formatNumber } from '#i18n/format.ts';
import type { Language } from '#i18n/languages.ts';
import { Field } from '#ui/Field.tsx';
import { parseAmount } from './amount.ts';
import styles from './AmountField.module.css';
import reading from './Reading.module.css';

interface AmountFieldProps {
  label: string;
  value: number | null;
  currency: Currency;
  language: Language;
  onChange: (value: number | null) => void;
  /** What stands beside the number: the choice of currency. */
  children?: ReactNode;
}

/** An amount of money. What is no number stays on the screen, is said, and is not saved. */
export function AmountField({ label, value, currency, language, onChange, children }: AmountFieldProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(value === null ? '' : formatNumber(value));
  const isWrong = text.trim() !== '' && parseAmount(text) === null;

  const type = (typed: string): void => {
    setText(typed);
    const amount = parseAmount(typed);
    if (amount !== null || typed.trim() === '') onChange(amount);
  };

  return (
    <Field label={label} error={isWrong ? t(($) => $.contract.notANumber) : undefined}>
      {(control) => (
        <>
          <div className={styles.row}>
            <input
              {...control}
              type="text"
              className={styles.amount}
              inputMode="decimal"
              autoComplete="off"
              maxLength={20}
              value={text}
              onChange={(event) => type(event.target.value)}
            />
            {children}
          </div>
          {value !== null && !isWrong && (
            <p className={reading.reading}>{formatMoney(value, currency, language)}</p>
          )}
        </>
      )}
    </Field>
  );
}
