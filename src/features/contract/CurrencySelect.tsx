import { useTranslation } from 'react-i18next';
import { type Currency, currencyName } from '#i18n/format.ts';
import type { Language } from '#i18n/languages.ts';

interface CurrencySelectProps<C extends Currency> {
  /** What the amount is for. */
  label: string;
  value: C;
  options: readonly C[];
  language: Language;
  onChange: (currency: C) => void;
}

/** The money of an amount; the money of the country already stands there. */
export function CurrencySelect<C extends Currency>(props: CurrencySelectProps<C>) {
  const { label, value, options, language, onChange } = props;
  const { t } = useTranslation();
  return (
    <select
      aria-label={`${label}: ${t(($) => $.contract.currency)}`}
      value={value}
      onChange={(event) => {
        const chosen = options.find((option) => option === event.target.value);
        if (chosen) onChange(chosen);
      }}
    >
      {options.map((option) => (
        <option key={option} value={option}>
          {currencyName(option, language)}
        </option>
      ))}
    </select>
  );
}
