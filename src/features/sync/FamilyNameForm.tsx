import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#ui/Button.tsx';
import card from '#ui/Card.module.css';
import { Field } from '#ui/Field.tsx';

/** For whom the family copy is: a name only the worker sees. */
export function FamilyNameForm({ isBusy, onName }: { isBusy: boolean; onName: (name: string) => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [isMissing, setMissing] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const send = (event: FormEvent): void => {
    event.preventDefault();
    setMissing(name.trim() === '');
    if (name.trim() === '') input.current?.focus();
    else onName(name.trim());
  };
  return (
    <form className={card.stack} onSubmit={send} noValidate>
      <Field
        label={t(($) => $.sync.family.name)}
        hint={t(($) => $.sync.family.nameHint)}
        error={isMissing ? t(($) => $.sync.family.nameMissing) : undefined}
      >
        {(control) => (
          <input
            {...control}
            ref={input}
            autoComplete="off"
            maxLength={60}
            value={name}
            onChange={(event) => {
              setName(event.target.value);
              setMissing(false);
            }}
          />
        )}
      </Field>
      <Button type="submit" disabled={isBusy}>
        {isBusy ? t(($) => $.sync.family.making) : t(($) => $.sync.family.make)}
      </Button>
    </form>
  );
}
