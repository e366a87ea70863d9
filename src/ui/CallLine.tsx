import { Phone } from 'lucide-react';
import styles from './CallLine.module.css';

interface CallLineProps {
  name: string;
  /** The language of `name`. */
  language?: string;
  phone: { display: string; dial: string | null } | undefined;
  /** "Call …" for screen readers. */
  callWords: string;
  /** Said when the number works inside Cambodia only. */
  insideWords: string;
}

/** A name with its number and a green button that calls it. */
export function CallLine({ name, language, phone, callWords, insideWords }: CallLineProps) {
  return (
    <div className={styles.line}>
      <div className={styles.text}>
        <span lang={language}>{name}</span>
        {phone && <span className={styles.number}>{phone.display}</span>}
        {phone && phone.dial === null && <span className={styles.inside}>{insideWords}</span>}
      </div>
      {phone?.dial && (
        <a className={styles.call} href={`tel:${phone.dial}`}>
          <Phone aria-hidden="true" />
          <span className="visually-hidden">
            {callWords} {phone.display}
          </span>
        </a>
      )}
    </div>
  );
}
