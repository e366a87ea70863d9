import { Field } from '#ui/Field.tsx';
import { Ideas } from './Ideas.tsx';
import styles from './TextField.module.css';

interface TextFieldProps {
  label: string;
  hint?: string;
  value: string | null;
  isLong?: boolean;
  ideas?: readonly string[];
  onChange: (value: string | null) => void;
}

/** A field for the worker's own words; `null` is empty. */
export function TextField({ label, hint, value, isLong = false, ideas = [], onChange }: TextFieldProps) {
  return (
    <div className={styles.field}>
      <Field label={label} hint={hint}>
        {(control) => {
          const input = {
            ...control,
            value: value ?? '',
            onChange: ({ target }: { target: { value: string } }) => onChange(target.value || null),
          };
          return isLong ? <textarea {...input} /> : <input {...input} autoComplete="off" />;
        }}
      </Field>
      <Ideas label={label} ideas={ideas} value={value} onPick={onChange} />
    </div>
  );
}
