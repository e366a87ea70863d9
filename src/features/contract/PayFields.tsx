import { Banknote, CalendarDays, Clock, HandCoins, type LucideIcon, Package, Sun } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Currency, FeeCurrency, WageUnit } from '#data/contracts.ts';
import type { Country, Language } from '#i18n/languages.ts';
import { Choice } from '#ui/Field.tsx';
import { AmountField } from './AmountField.tsx';
import { Clearable } from './Clearable.tsx';
import { CurrencySelect } from './CurrencySelect.tsx';
import { currencyOf } from './currency.ts';
import { FieldCard } from './FieldCard.tsx';
import type { ContractFormPart } from './useContractForm.ts';

const CURRENCIES: Currency[] = ['KRW', 'THB', 'MYR', 'USD'];
const FEE_CURRENCIES: FeeCurrency[] = ['USD', 'KHR', 'KRW', 'THB', 'MYR'];

const UNITS: { value: WageUnit; icon: LucideIcon }[] = [
  { value: 'hour', icon: Clock },
  { value: 'day', icon: Sun },
  { value: 'month', icon: CalendarDays },
  { value: 'piece', icon: Package },
];

/** How much, for each hour, day, month or piece. */
export function PayFields({
  draft,
  change,
  language,
  country,
}: ContractFormPart & { language: Language; country: Country }) {
  const { t } = useTranslation();
  const currency = currencyOf(draft, country);
  const wage = t(($) => $.contract.wage);
  const unit = t(($) => $.contract.wageUnit);
  return (
    <FieldCard icon={Banknote} title={t(($) => $.contract.groups.pay)}>
      <AmountField
        label={wage}
        value={draft.wage}
        currency={currency}
        language={language}
        // The money of the country is only a proposal until there is an amount.
        onChange={(amount) => change(amount === null ? { wage: null } : { wage: amount, currency })}
      >
        <CurrencySelect
          label={wage}
          value={currency}
          options={CURRENCIES}
          language={language}
          onChange={(chosen) => change({ currency: chosen })}
        />
      </AmountField>
      <Clearable label={unit} isFilled={draft.wageUnit !== null} onClear={() => change({ wageUnit: null })}>
        <Choice
          label={unit}
          options={UNITS.map(({ value, icon: Icon }) => ({
            value,
            label: t(($) => $.contract.wageUnits[value]),
            icon: <Icon aria-hidden="true" />,
          }))}
          value={draft.wageUnit}
          onChange={(wageUnit) => change({ wageUnit })}
        />
      </Clearable>
    </FieldCard>
  );
}

/** What the worker paid to get the job; mostly in dollars. */
export function FeeFields({ draft, change, language }: ContractFormPart & { language: Language }) {
  const { t } = useTranslation();
  const currency = draft.feesCurrency ?? 'USD';
  const fees = t(($) => $.contract.fees);
  return (
    <FieldCard icon={HandCoins} title={t(($) => $.contract.groups.fees)}>
      <AmountField
        label={fees}
        value={draft.fees}
        currency={currency}
        language={language}
        onChange={(amount) =>
          change(amount === null ? { fees: null } : { fees: amount, feesCurrency: currency })
        }
      >
        <CurrencySelect
          label={fees}
          value={currency}
          options={FEE_CURRENCIES}
          language={language}
          onChange={(chosen) => change({ feesCurrency: chosen })}
        />
      </AmountField>
    </FieldCard>
  );
}
