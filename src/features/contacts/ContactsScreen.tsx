import { useLiveQuery } from 'dexie-react-hooks';
import { UserPlus } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Contact, emptyContact, listContacts, moveContact, removeContact } from '#data/contacts.ts';
import { type Database, newId } from '#data/database.ts';
import { type Removed, restoreRecord } from '#data/records.ts';
import type { StorageError } from '#data/storageError.ts';
import { Button } from '#ui/Button.tsx';
import card from '#ui/Card.module.css';
import { Notice } from '#ui/Notice.tsx';
import { UndoBar } from '#ui/UndoBar.tsx';
import { ContactForm } from './ContactForm.tsx';
import { ContactRow } from './ContactRow.tsx';

/** The worker's own people: who answers at night stands first, also on the help screen. */
export function ContactsScreen({ db }: { db: Database }) {
  const { t } = useTranslation();
  const contacts = useLiveQuery(() => listContacts(db), [db]);
  const [editing, setEditing] = useState<Contact | null>(null);
  const [removed, setRemoved] = useState<Removed | null>(null);
  const [problem, setProblem] = useState<StorageError | null>(null);
  const forgetRemoved = useCallback(() => setRemoved(null), []);

  if (!contacts)
    return (
      <p role="status" aria-busy="true">
        {t(($) => $.status.loading)}
      </p>
    );

  // The one being changed stands in its form below the list, at one place, so that it keeps the focus.
  const shown = contacts.filter(({ id }) => id !== editing?.id);
  const remove = async (id: string): Promise<void> => {
    const result = await removeContact(db, id);
    setProblem(result.ok ? null : result.error);
    if (result.ok) setRemoved(result.value);
  };
  const moveUp = async (id: string, index: number): Promise<void> => {
    const result = await moveContact(db, id, index - 1);
    setProblem(result.ok ? null : result.error);
  };
  const undo = async (record: Removed): Promise<void> => {
    const result = await restoreRecord(db, record);
    setProblem(result.ok ? null : result.error);
    if (result.ok) setRemoved(null);
  };

  return (
    <>
      <p className={card.soft}>{t(($) => $.contacts.intro)}</p>
      {problem && (
        <Notice kind="problem" role="alert">
          {t(($) => $.errors[problem.type])}
        </Notice>
      )}
      {contacts.length === 0 && !editing && <Notice>{t(($) => $.contacts.empty)}</Notice>}
      <ul className={card.stack}>
        {shown.map((contact, index) => (
          <li key={contact.id}>
            <ContactRow
              contact={contact}
              isFirst={index === 0}
              onEdit={() => setEditing(contact)}
              onMoveUp={() => void moveUp(contact.id, index)}
              onRemove={() => void remove(contact.id)}
            />
          </li>
        ))}
      </ul>
      {editing && <ContactForm key={editing.id} db={db} contact={editing} onDone={() => setEditing(null)} />}
      {!editing && (
        <Button icon={UserPlus} onClick={() => setEditing({ id: newId(db), ...emptyContact() })}>
          {t(($) => $.contacts.add)}
        </Button>
      )}
      {removed && (
        <UndoBar
          text={t(($) => $.contacts.removed)}
          undo={t(($) => $.undo.undo)}
          onUndo={() => void undo(removed)}
          onGone={forgetRemoved}
        />
      )}
    </>
  );
}
