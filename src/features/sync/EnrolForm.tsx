import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#ui/Button.tsx';
import card from '#ui/Card.module.css';
import { Field } from '#ui/Field.tsx';

/** Some operators save only for the people they gave a word to. */
export function EnrolForm({ isBusy, onSend }: { isBusy: boolean; onSend: (word: string) => void }) {
  const { t } = useTranslation();
  const [word, setWord] = useState('');
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (word.trim() === '') input.current?.focus();
    else onSend(word.trim());
  };
  return (
    <form className={card.card} onSubmit={send}>
      <h2>{t(($) => $.sync.consent.enrolTitle)}</h2>
      <Field label={t(($) => $.sync.consent.enrolLabel)} hint={t(($) => $.sync.consent.enrolHint)}>
        {(control) => (
          <input
            {...control}
            ref={input}
            autoComplete="off"
            autoCapitalize="none"
            value={word}
            onChange={(event) => setWord(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" disabled={isBusy}>
        {t(($) => $.sync.next)}
      </Button>
    </form>
  );
}
