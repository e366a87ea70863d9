import { Clock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { formatMeasure } from '#i18n/format.ts';
import type { Language } from '#i18n/languages.ts';
import { Stepper } from '#ui/Field.tsx';
import { Clearable } from './Clearable.tsx';
import { FieldCard } from './FieldCard.tsx';
import type { ContractFormPart } from './useContractForm.ts';

/** How long a day, and how many days a week. */
export function HoursFields({ draft, change, language }: ContractFormPart & { language: Language }) {
  const { t } = useTranslation();
  const { hoursPerDay, daysPerWeek } = draft;
  const hours = t(($) => $.contract.hoursPerDay);
  const days = t(($) => $.contract.daysPerWeek);
  const words = {
    less: t(($) => $.contract.less),
    more: t(($) => $.contract.more),
  };
  const empty = t(($) => $.contract.notFilled);
  return (
    <FieldCard icon={Clock} title={t(($) => $.contract.groups.hours)}>
      <Clearable label={hours} isFilled={hoursPerDay !== null} onClear={() => change({ hoursPerDay: null })}>
        <Stepper
          {...words}
          label={hours}
          value={hoursPerDay}
          min={1}
          max={16}
          step={0.5}
          start={8}
          text={hoursPerDay === null ? empty : formatMeasure(hoursPerDay, 'hour', language)}
          onChange={(value) => change({ hoursPerDay: value })}
        />
      </Clearable>
      <Clearable label={days} isFilled={daysPerWeek !== null} onClear={() => change({ daysPerWeek: null })}>
        <Stepper
          {...words}
          label={days}
          value={daysPerWeek}
          min={1}
          max={7}
          start={6}
          text={daysPerWeek === null ? empty : formatMeasure(daysPerWeek, 'day', language)}
          onChange={(value) => change({ daysPerWeek: value })}
        />
      </Clearable>
    </FieldCard>
  );
}
