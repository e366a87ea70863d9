import { CalendarCheck } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type Day, isDay } from '#lib/day.ts';
import { formatDay } from '#i18n/format.ts';
import type { Language } from '#i18n/languages.ts';
import { Field } from '#ui/Field.tsx';
import styles from './DayField.module.css';

interface DayFieldProps {
  label: string;
  day: Day | null;
  today: Day;
  language: Language;
  onChange: (day: Day | null) => void;
}

/** A day from the phone's calendar, or today with one tap; printed in the worker's language below. */
export function DayField({ label, day, today, language, onChange }: DayFieldProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const takeToday = (): void => {
    onChange(today);
    // The button goes away, and the focus with it.
    input.current?.focus();
  };
  return (
    <div className={styles.day}>
      <Field label={label}>
        {(control) => (
          <input
            {...control}
            ref={input}
            type="date"
            value={day ?? ''}
            onChange={({ target }) => onChange(isDay(target.value) ? target.value : null)}
          />
        )}
      </Field>
      {day ? (
        <p className={styles.printed}>{formatDay(day, language)}</p>
      ) : (
        <button type="button" className={styles.today} onClick={takeToday}>
          <CalendarCheck aria-hidden="true" />
          {t(($) => $.agency.today)}
        </button>
      )}
    </div>
  );
}
