import { useTranslation } from 'react-i18next';
import { readPhoneNumber } from '#i18n/phoneNumber.ts';
import { Field } from '#ui/Field.tsx';
import { type CheckedText, useCheckedText } from './useCheckedText.ts';

/** The phone number of a form; what cannot be dialled is not saved. */
export function usePhone(opened: string | null): CheckedText {
  return useCheckedText(opened ?? '', (text) => readPhoneNumber(text).isDialable);
}

interface PhoneFieldProps {
  label: string;
  phone: CheckedText;
  onChange: (phone: string | null) => void;
}

export function PhoneField({ label, phone, onChange }: PhoneFieldProps) {
  const { t } = useTranslation();
  const type = (text: string): void => {
    phone.type(text);
    const read = readPhoneNumber(text);
    if (text.trim() === '') onChange(null);
    else if (read.isDialable) onChange(read.text);
  };
  return (
    <Field label={label} error={phone.showsError ? t(($) => $.agency.phoneBad) : undefined}>
      {(control) => (
        <input
          {...control}
          type="tel"
          autoComplete="off"
          value={phone.text}
          onChange={(event) => type(event.target.value)}
          onBlur={phone.checkSoon}
        />
      )}
    </Field>
  );
}
