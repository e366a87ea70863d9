import { Phone } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { toDialable } from '#i18n/format.ts';
import { buttonClass } from '#ui/Button.tsx';
import styles from './CallButton.module.css';

/** A green button with the number on it, that calls it. */
export function CallButton({ name, phone }: { name: string; phone: string }) {
  const { t } = useTranslation();
  return (
    <a className={`${buttonClass('call')} ${styles.call}`} href={`tel:${toDialable(phone)}`}>
      <Phone aria-hidden="true" />
      <span className="visually-hidden">{t(($) => $.help.call, { name })}</span>
      <span>{phone}</span>
    </a>
  );
}
