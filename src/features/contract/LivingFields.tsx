import { Ban, CircleCheck, House, type LucideIcon, Scissors } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Currency, Provision } from '#data/contracts.ts';
import type { Country, Language } from '#i18n/languages.ts';
import { Choice } from '#ui/Field.tsx';
import { AmountField } from './AmountField.tsx';
import { Clearable } from './Clearable.tsx';
import { currencyOf } from './currency.ts';
import { FieldCard } from './FieldCard.tsx';
import type { ContractFormPart } from './useContractForm.ts';

const PROVISIONS: { value: Provision; icon: LucideIcon }[] = [
  { value: 'free', icon: CircleCheck },
  { value: 'deducted', icon: Scissors },
  { value: 'none', icon: Ban },
];

/** Whether housing and meals are free, taken from the pay, or not given. */
export function LivingFields({
  draft,
  change,
  language,
  country,
}: ContractFormPart & { language: Language; country: Country }) {
  const { t } = useTranslation();
  const shared = { currency: currencyOf(draft, country), language };
  return (
    <FieldCard icon={House} title={t(($) => $.contract.groups.living)}>
      <ProvisionField
        {...shared}
        label={t(($) => $.contract.housing)}
        amountLabel={t(($) => $.contract.housingDeduction)}
        value={draft.housing}
        amount={draft.housingDeduction}
        onChange={(housing, housingDeduction) => change({ housing, housingDeduction })}
      />
      <ProvisionField
        {...shared}
        label={t(($) => $.contract.meals)}
        amountLabel={t(($) => $.contract.mealDeduction)}
        value={draft.meals}
        amount={draft.mealDeduction}
        onChange={(meals, mealDeduction) => change({ meals, mealDeduction })}
      />
    </FieldCard>
  );
}

interface ProvisionFieldProps {
  label: string;
  amountLabel: string;
  value: Provision | null;
  amount: number | null;
  currency: Currency;
  language: Language;
  onChange: (value: Provision | null, amount: number | null) => void;
}

function ProvisionField(props: ProvisionFieldProps) {
  const { label, amountLabel, value, amount, currency, language, onChange } = props;
  const { t } = useTranslation();
  // A wrong tap on "free" and back again brings the amount back.
  const lastAmount = useRef(amount);
  const choose = (chosen: Provision | null) =>
    onChange(chosen, chosen === 'deducted' ? lastAmount.current : null);
  return (
    <>
      <Clearable label={label} isFilled={value !== null} onClear={() => choose(null)}>
        <Choice
          label={label}
          options={PROVISIONS.map(({ value: provision, icon: Icon }) => ({
            value: provision,
            label: t(($) => $.contract.provided[provision]),
            icon: <Icon aria-hidden="true" />,
          }))}
          value={value}
          onChange={choose}
        />
      </Clearable>
      {value === 'deducted' && (
        <AmountField
          label={amountLabel}
          value={amount}
          currency={currency}
          language={language}
          onChange={(typed) => {
            lastAmount.current = typed;
            onChange('deducted', typed);
          }}
        />
      )}
    </>
  );
}
