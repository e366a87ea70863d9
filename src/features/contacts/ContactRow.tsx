import { ArrowUp, Pencil, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Contact } from '#data/contacts.ts';
import { toDialable } from '#i18n/format.ts';
import card from '#ui/Card.module.css';
import { RoundCall } from '#ui/RoundCall.tsx';
import styles from './ContactRow.module.css';

interface ContactRowProps {
  contact: Contact;
  isFirst: boolean;
  onEdit: () => void;
  onMoveUp: () => void;
  onRemove: () => void;
}

export function ContactRow({ contact, isFirst, onEdit, onMoveUp, onRemove }: ContactRowProps) {
  const { t } = useTranslation();
  const name = contact.name ?? t(($) => $.papers.unnamedContact);
  return (
    <article className={card.card}>
      <div className={`${card.row} ${styles.person}`}>
        <div className={styles.text}>
          <strong>{name}</strong>
          {contact.relation && (
            <p className={card.soft}>{t(($) => $.contacts.relations[contact.relation ?? 'other'])}</p>
          )}
          <p className={styles.number}>{contact.phone}</p>
        </div>
        {contact.phone && (
          <RoundCall href={`tel:${toDialable(contact.phone)}`}>{t(($) => $.help.call, { name })}</RoundCall>
        )}
      </div>
      <div className={styles.tools}>
        <button type="button" onClick={onEdit} aria-label={t(($) => $.contacts.edit, { name })}>
          <Pencil aria-hidden="true" />
        </button>
        {!isFirst && (
          <button type="button" onClick={onMoveUp} aria-label={t(($) => $.contacts.moveUp, { name })}>
            <ArrowUp aria-hidden="true" />
          </button>
        )}
        <button type="button" onClick={onRemove} aria-label={t(($) => $.contacts.remove, { name })}>
          <Trash2 aria-hidden="true" />
        </button>
      </div>
    </article>
  );
}
