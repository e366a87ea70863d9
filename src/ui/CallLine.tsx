import styles from './CallLine.module.css';
import { RoundCall } from './RoundCall.tsx';

interface CallLineProps {
  name: string;
  /** The language of `name`. */
  language?: string;
  phone: { display: string; dial: string | null } | undefined;
  /** Said when only one source gives the number. */
  verifyWords?: string | undefined;
  /** "Call …" for screen readers. */
  callWords: string;
  /** Said when the number works inside Cambodia only. */
  insideWords: string;
}

/** A name with its number and a green button that calls it. */
export function CallLine({ name, language, phone, verifyWords, callWords, insideWords }: CallLineProps) {
  return (
    <div className={styles.line}>
      <div className={styles.text}>
        <span lang={language}>{name}</span>
        {phone && <span className={styles.number}>{phone.display}</span>}
        {phone && phone.dial === null && <span className={styles.inside}>{insideWords}</span>}
        {verifyWords && <span className={styles.inside}>{verifyWords}</span>}
      </div>
      {phone?.dial && (
        <RoundCall href={`tel:${phone.dial}`}>
          {callWords} {phone.display}
        </RoundCall>
      )}
    </div>
  );
}

interface Callable {
  id: string;
  name: string;
  textLanguage: string;
  verifyFirst: boolean;
  phones: { display: string; dial: string | null; verifyFirst: boolean }[];
}

interface CallLinesProps {
  contacts: Callable[];
  callWords: (name: string) => string;
  insideWords: string;
  verifyWords: string;
}

/** Whom to call, the first to call first, each with one number that works here; those that do not, then unproven ones, last. */
export function CallLines({ contacts, callWords, insideWords, verifyWords }: CallLinesProps) {
  const lines = contacts.map((contact) => {
    const phone = contact.phones.find(({ dial }) => dial !== null) ?? contact.phones[0];
    return { contact, phone, isUnproven: contact.verifyFirst || phone?.verifyFirst === true };
  });
  // What cannot be dialled from here is for the family at home; what only one source gives comes last.
  const orderOf = ({ isUnproven, phone }: (typeof lines)[number]): number =>
    isUnproven ? 2 : phone?.dial ? 0 : 1;
  const ordered = lines.toSorted((a, b) => orderOf(a) - orderOf(b));
  return ordered.map(({ contact, phone, isUnproven }) => (
    <CallLine
      key={contact.id}
      name={contact.name}
      language={contact.textLanguage}
      phone={phone}
      callWords={callWords(contact.name)}
      insideWords={insideWords}
      verifyWords={isUnproven ? verifyWords : undefined}
    />
  ));
}
