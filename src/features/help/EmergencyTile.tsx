import { useTranslation } from 'react-i18next';
import type { Contact } from '#content/pack.ts';
import { CONTACT_ICONS } from '#ui/icons.ts';
import styles from './EmergencyTile.module.css';

/** A number that saves a life: the whole tile calls. A second number stands below it, smaller. */
export function EmergencyTile({ contact }: { contact: Contact }) {
  const { t } = useTranslation();
  const [main, ...others] = contact.phones.filter(({ dial }) => dial !== null);
  const Icon = CONTACT_ICONS[contact.category];
  if (!main) return null;
  return (
    <div className={styles.tile} lang={contact.textLanguage}>
      <a className={styles.main} href={`tel:${main.dial}`}>
        {Icon && <Icon aria-hidden="true" />}
        <span className={styles.name}>
          <span className="visually-hidden">{t(($) => $.help.call, { name: '' })}</span>
          {contact.name}
        </span>
        <span className={styles.number}>{main.display}</span>
      </a>
      {others.map((phone) => (
        <a key={phone.display} className={styles.other} href={`tel:${phone.dial}`}>
          <span className="visually-hidden">{t(($) => $.help.call, { name: contact.name })}</span>
          {phone.display}
        </a>
      ))}
    </div>
  );
}
