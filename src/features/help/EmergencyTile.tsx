import { useTranslation } from 'react-i18next';
import type { Contact } from '#content/pack.ts';
import { CONTACT_ICONS } from '#ui/icons.ts';
import styles from './EmergencyTile.module.css';

/** A number that saves a life: the whole tile calls. */
export function EmergencyTile({ contact }: { contact: Contact }) {
  const { t } = useTranslation();
  const [phone] = contact.phones;
  const Icon = CONTACT_ICONS[contact.category];
  if (!phone?.dial) return null;
  return (
    <a className={styles.tile} href={`tel:${phone.dial}`} lang={contact.textLanguage}>
      <span className={styles.name}>
        {Icon && <Icon aria-hidden="true" />}
        <span className="visually-hidden">{t(($) => $.help.call, { name: '' })}</span>
        {contact.name}
      </span>
      <span className={styles.number}>{phone.display}</span>
    </a>
  );
}
