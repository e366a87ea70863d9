import { type ReactNode, useId } from 'react';
import styles from './Field.module.css';

interface FieldProps {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  /** Draws the control; it must take the id and the two aria attributes. */
  children: (control: {
    id: string;
    'aria-describedby': string | undefined;
    'aria-invalid': true | undefined;
  }) => ReactNode;
}

/** A labelled form control with its hint and error, tied together for screen readers. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId();
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined;
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      {hint && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
      {children({ id, 'aria-describedby': describedBy, 'aria-invalid': error ? true : undefined })}
      {error && (
        <p id={`${id}-error`} className={styles.error}>
          {error}
        </p>
      )}
    </div>
  );
}

interface ChoiceProps<T extends string> {
  label: string;
  hint?: string | undefined;
  options: { value: T; label: string; icon?: ReactNode }[];
  value: T | null;
  onChange: (value: T) => void;
}

/** A few large choices side by side: radio buttons that look like tiles. */
export function Choice<T extends string>({ label, hint, options, value, onChange }: ChoiceProps<T>) {
  const name = useId();
  return (
    <fieldset className={styles.choice} aria-describedby={hint ? `${name}-hint` : undefined}>
      <legend className={styles.label}>{label}</legend>
      {hint && (
        <p id={`${name}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
      <div className={styles.options}>
        {options.map((option) => (
          <label key={option.value} className={styles.option}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={value === option.value}
              onChange={() => onChange(option.value)}
            />
            {option.icon}
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface StepperProps {
  label: string;
  value: number | null;
  min: number;
  max: number;
  step?: number;
  /** The value with its unit, in words. */
  text: string;
  less: string;
  more: string;
  /** Where the first tap starts from when nothing is filled in. */
  start: number;
  onChange: (value: number) => void;
}

/** A number chosen with a minus and a plus, for small counts: hours a day, days a week. */
export function Stepper({
  label,
  value,
  min,
  max,
  step = 1,
  text,
  less,
  more,
  start,
  onChange,
}: StepperProps) {
  const id = useId();
  const move = (by: number) => {
    const next = value === null ? start : value + by;
    onChange(Math.min(max, Math.max(min, next)));
  };
  return (
    <div className={styles.field} role="group" aria-labelledby={id}>
      <span id={id} className={styles.label}>
        {label}
      </span>
      <div className={styles.stepper}>
        <button type="button" onClick={() => move(-step)} disabled={value !== null && value <= min}>
          <span aria-hidden="true">−</span>
          <span className="visually-hidden">{less}</span>
        </button>
        <output>{text}</output>
        <button type="button" onClick={() => move(step)} disabled={value !== null && value >= max}>
          <span aria-hidden="true">+</span>
          <span className="visually-hidden">{more}</span>
        </button>
      </div>
    </div>
  );
}
