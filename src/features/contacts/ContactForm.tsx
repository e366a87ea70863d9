import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Contact, type ContactFields, type Relation, saveContact } from '#data/contacts.ts';
import type { Database } from '#data/database.ts';
import { askForPersistence } from '#data/storage.ts';
import type { StorageError } from '#data/storageError.ts';
import { readPhoneNumber } from '#i18n/phoneNumber.ts';
import { Button } from '#ui/Button.tsx';
import card from '#ui/Card.module.css';
import { Choice, Field } from '#ui/Field.tsx';
import { Notice } from '#ui/Notice.tsx';
import { useDraft } from '#ui/useDraft.ts';

const RELATIONS: Relation[] = ['family', 'friend', 'coworker', 'helper', 'other'];

interface ContactFormProps {
  db: Database;
  contact: Contact;
  onDone: () => void;
}

/** One person. Saves by itself; a number that cannot be dialled stays on screen and says so. */
export function ContactForm({ db, contact, onDone }: ContactFormProps) {
  const { t } = useTranslation();
  const { id, ...opened } = contact;
  const { draft, change, problem, retry } = useDraft<ContactFields, StorageError>(
    opened,
    async (next, before) => {
      const saved = await saveContact(db, id, next, before);
      if (saved.ok) await askForPersistence(db, navigator.storage);
      return saved;
    },
  );
  const [phone, setPhone] = useState(opened.phone ?? '');
  const [checked, setChecked] = useState(false);
  const isBad = phone.trim() !== '' && !readPhoneNumber(phone).isDialable;
  const form = useRef<HTMLDivElement>(null);
  useEffect(() => form.current?.querySelector('input')?.focus(), []);

  const typePhone = (text: string): void => {
    setPhone(text);
    setChecked(false);
    const read = readPhoneNumber(text);
    if (text.trim() === '') change({ phone: null });
    else if (read.isDialable) change({ phone: read.text });
  };
  const finish = (): void => {
    setChecked(true);
    if (!isBad) onDone();
  };

  return (
    <div className={card.card} ref={form}>
      <Field label={t(($) => $.contacts.name)}>
        {(control) => (
          <input
            {...control}
            autoComplete="off"
            value={draft.name ?? ''}
            onChange={(event) => change({ name: event.target.value || null })}
          />
        )}
      </Field>
      <Field
        label={t(($) => $.contacts.phone)}
        hint={t(($) => $.contacts.phoneHint)}
        error={checked && isBad ? t(($) => $.contacts.phoneBad) : undefined}
      >
        {(control) => (
          <input
            {...control}
            type="tel"
            autoComplete="off"
            value={phone}
            onChange={(event) => typePhone(event.target.value)}
            onBlur={() => setChecked(true)}
          />
        )}
      </Field>
      <Choice
        label={t(($) => $.contacts.relation)}
        options={RELATIONS.map((value) => ({ value, label: t(($) => $.contacts.relations[value]) }))}
        value={draft.relation}
        onChange={(relation) => change({ relation })}
      />
      {problem && (
        <Notice kind="problem" role="alert">
          <p>{t(($) => $.errors[problem.type])}</p>
          <Button kind="secondary" onClick={retry}>
            {t(($) => $.failure.tryAgain)}
          </Button>
        </Notice>
      )}
      <Button onClick={finish}>{t(($) => $.contacts.done)}</Button>
    </div>
  );
}
