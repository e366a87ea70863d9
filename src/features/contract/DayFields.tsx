import { CalendarDays } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { formatDay } from '#i18n/format.ts';
import type { Language } from '#i18n/languages.ts';
import { type Day, isDay } from '#lib/day.ts';
import { Field } from '#ui/Field.tsx';
import { FieldCard } from './FieldCard.tsx';
import styles from './DayFields.module.css';
import reading from './Reading.module.css';
import type { ContractFormPart } from './useContractForm.ts';

/** From when to when. Days in the wrong order are kept too: the paper may say so. */
export function DayFields({ draft, change, language }: ContractFormPart & { language: Language }) {
  const { t } = useTranslation();
  const { start, end } = draft;
  const isReversed = start !== null && end !== null && end < start;
  return (
    <FieldCard icon={CalendarDays} title={t(($) => $.contract.groups.days)}>
      <DayField
        label={t(($) => $.contract.start)}
        value={start}
        language={language}
        onChange={(day) => change({ start: day })}
      />
      <DayField
        label={t(($) => $.contract.end)}
        value={end}
        language={language}
        error={isReversed ? t(($) => $.contract.endBeforeStart) : undefined}
        onChange={(day) => change({ end: day })}
      />
    </FieldCard>
  );
}

interface DayFieldProps {
  label: string;
  value: Day | null;
  language: Language;
  error?: string | undefined;
  onChange: (day: Day | null) => void;
}

function DayField({ label, value, language, error, onChange }: DayFieldProps) {
  return (
    <Field label={label} error={error}>
      {(control) => (
        <>
          <input
            {...control}
            type="date"
            className={styles.day}
            // Without it, Chromium takes years of six digits.
            max="9999-12-31"
            value={value ?? ''}
            onChange={(event) => onChange(isDay(event.target.value) ? event.target.value : null)}
          />
          {/* In words: the phone may write the day before the month, or the Buddhist year. */}
          {value && <p className={reading.reading}>{formatDay(value, language, { bothYears: true })}</p>}
        </>
      )}
    </Field>
  );
}
