import type { HTMLInputTypeAttribute } from 'react';
import { Field } from '#ui/Field.tsx';

interface TextFieldProps {
  label: string;
  hint?: string;
  type?: HTMLInputTypeAttribute;
  value: string | null;
  onChange: (value: string | null) => void;
}

/** One line of text. The phone offers nothing it remembers: it may not be the worker's own. */
export function TextField({ label, hint, type = 'text', value, onChange }: TextFieldProps) {
  return (
    <Field label={label} hint={hint}>
      {(control) => (
        <input
          {...control}
          type={type}
          autoComplete="off"
          value={value ?? ''}
          onChange={(event) => onChange(event.target.value || null)}
        />
      )}
    </Field>
  );
}
