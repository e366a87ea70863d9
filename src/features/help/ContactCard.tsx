import { MessageSquareText } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Contact, isOverdue, type Pack, type Phone, sourcesOf } from '#content/pack.ts';
import { formatClock, formatDay } from '#i18n/format.ts';
import card from '#ui/Card.module.css';
import { RoundCall } from '#ui/RoundCall.tsx';
import { SourceList } from '#ui/SourceList.tsx';
import { CONTACT_ICONS } from '#ui/icons.ts';
import styles from './ContactCard.module.css';

interface ContactCardProps {
  contact: Contact;
  pack: Pack;
  today: string | null;
}

/** An office or helper: when to call, the number very large, and under it how sure the number is. */
export function ContactCard({ contact, pack, today }: ContactCardProps) {
  const { t } = useTranslation();
  const Icon = CONTACT_ICONS[contact.category];
  return (
    <article className={card.card} lang={contact.textLanguage}>
      <div className={card.row}>
        <span className={card.icon}>{Icon && <Icon aria-hidden="true" />}</span>
        <div className={card.grow}>
          <h3>{contact.name}</h3>
          {contact.official && (
            <p className={styles.official} lang={contact.official.language}>
              {contact.official.name}
            </p>
          )}
        </div>
      </div>
      <p>{contact.use}</p>
      {contact.phones.map((phone) => (
        <PhoneLine key={phone.display} phone={phone} contact={contact} pack={pack} />
      ))}
      {contact.phones.length === 0 && <p className={card.soft}>{t(($) => $.help.noNumber)}</p>}
      {contact.note && <p className={styles.note}>{contact.note}</p>}
      {today && isOverdue(contact, today) && <p className={styles.note}>{t(($) => $.facts.maybeChanged)}</p>}
      <Details contact={contact} pack={pack} />
    </article>
  );
}

/** The day of the check; opened, where the facts come from. The list is drawn then, to keep the page small. */
function Details({ contact, pack }: Omit<ContactCardProps, 'today'>) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const languages = new Set(contact.phones.flatMap((phone) => phone.languages));
  const nameOf = (code: string): string => t(($) => $.help.languages[code as 'km']);
  return (
    <>
      {contact.address && (
        <p className={styles.address}>
          {t(($) => $.help.address)}: {contact.address}
        </p>
      )}
      {contact.website && (
        <p>
          <a href={contact.website} rel="noreferrer external">
            {t(($) => $.help.website)}
          </a>
        </p>
      )}
      <details className={styles.details} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t(($) => $.facts.checkedOn, { day: formatDay(contact.checkedOn, pack.language) })}</summary>
        {open && (
          <>
            {languages.size > 0 && (
              <p>{t(($) => $.help.languagesLabel, { list: [...languages].map(nameOf).join(', ') })}</p>
            )}
            <p>{t(($) => $.facts.sourcesOnly)}:</p>
            <SourceList sources={sourcesOf(pack, contact)} />
          </>
        )}
      </details>
    </>
  );
}

function PhoneLine({ phone, contact, pack }: Omit<ContactCardProps, 'today'> & { phone: Phone }) {
  const { t } = useTranslation();
  const writes = !phone.kinds.includes('voice');
  return (
    <div className={styles.phone}>
      {phone.part && <p className={styles.part}>{phone.part}</p>}
      <div className={styles.line}>
        <span className={styles.number}>{phone.display}</span>
        {phone.dial && !writes && (
          <RoundCall href={`tel:${phone.dial}`}>
            {t(($) => $.help.call, { name: contact.name })} {phone.display}
          </RoundCall>
        )}
        {phone.dial && writes && (
          <RoundCall href={`sms:${phone.dial}`} icon={MessageSquareText}>
            {t(($) => $.help.message, { number: phone.display })} {contact.name}
          </RoundCall>
        )}
      </div>
      {phone.dial === null && (
        <p className={styles.inside}>
          {t(($) => $.help.insideCambodia)}
          <br />
          {t(($) => $.help.askFamily)}
        </p>
      )}
      <ul className={styles.facts}>
        {phone.verifyFirst && <li className={styles.verify}>{t(($) => $.help.verifyFirst)}</li>}
        <li className={phone.khmer === 'yes' ? styles.khmer : undefined}>
          {t(($) => $.help.speaks[phone.khmer])}
        </li>
        {phone.hours === 'always' && <li>{t(($) => $.help.always)}</li>}
        {phone.hours === 'unknown' && <li>{t(($) => $.help.hoursUnknown)}</li>}
        {typeof phone.hours !== 'string' &&
          phone.hours.map((span) => (
            <li key={span.days + span.from}>
              {t(($) => $.help.hours, {
                days: t(($) => $.help.days[span.days]),
                from: formatClock(span.from, pack.language),
                to: formatClock(span.to, pack.language),
              })}
            </li>
          ))}
        {phone.free === 'yes' && <li className={styles.free}>{t(($) => $.help.free)}</li>}
        {phone.free === 'no' && <li>{t(($) => $.help.notFree)}</li>}
        {phone.kinds.includes('sms') && <li>{t(($) => $.help.kinds.sms)}</li>}
        {phone.whatsapp && (
          <li>
            <a href={`https://wa.me/${phone.whatsapp}`} rel="noreferrer external">
              {t(($) => $.help.kinds.whatsapp)}
            </a>
          </li>
        )}
      </ul>
    </div>
  );
}
