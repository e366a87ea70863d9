import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Contact, Pack } from '#content/pack.ts';
import { Notice } from '#ui/Notice.tsx';
import { ContactCard } from './ContactCard.tsx';
import { EmergencyTile } from './EmergencyTile.tsx';
import styles from './HelpScreen.module.css';
import { SendPlace } from './SendPlace.tsx';

interface HelpScreenProps {
  pack: Pack;
  /** The phone's own day as `YYYY-MM-DD`; `null` in pages made at build time, which know no today. */
  today: string | null;
  /** The worker's own people, once the phone's own data is open. */
  mine: ReactNode;
}

/** Contacts with a rank below this are for danger to life (docs/content.md). */
const DANGER_RANK = 10;
/** Contacts below this are the first to call after that. */
const FIRST_RANK = 40;

/** Who to call, first what saves a life. Complete without JavaScript. */
export function HelpScreen({ pack, today, mine }: HelpScreenProps) {
  const { t } = useTranslation();
  const confirmed = pack.contacts.filter((contact) => !contact.verifyFirst);
  const danger = confirmed.filter((contact) => contact.rank < DANGER_RANK);
  const first = confirmed.filter((contact) => contact.rank >= DANGER_RANK && contact.rank < FIRST_RANK);
  const others = confirmed.filter((contact) => contact.rank >= FIRST_RANK);
  const unconfirmed = pack.contacts.filter((contact) => contact.verifyFirst);
  const home = pack.homeContacts.filter((contact) => !contact.verifyFirst);
  const homeUnconfirmed = pack.homeContacts.filter((contact) => contact.verifyFirst);
  return (
    <>
      <section aria-labelledby="danger" className={styles.section}>
        <h2 id="danger" className="visually-hidden">
          {t(($) => $.help.danger)}
        </h2>
        <div className={styles.danger}>
          {danger.map((contact) => (
            <EmergencyTile key={contact.id} contact={contact} />
          ))}
        </div>
        <details className={styles.about}>
          <summary>{t(($) => $.help.details)}</summary>
          {danger.map((contact) => (
            <ContactCard key={contact.id} contact={contact} pack={pack} today={today} />
          ))}
        </details>
        <SendPlace />
      </section>
      {mine}
      <Section id="first" title={t(($) => $.help.speaksKhmer)} contacts={first} pack={pack} today={today} />
      <Section id="others" title={t(($) => $.help.others)} contacts={others} pack={pack} today={today} />
      <Section
        id="home"
        title={t(($) => $.help.home)}
        hint={t(($) => $.help.homeHint)}
        contacts={home}
        pack={pack}
        today={today}
      />
      <Section
        id="verify"
        title={t(($) => $.help.verifyFirst)}
        contacts={[...unconfirmed, ...homeUnconfirmed]}
        pack={pack}
        today={today}
        before={<Notice kind="attention">{t(($) => $.help.verifyFirstHint)}</Notice>}
      />
    </>
  );
}

interface SectionProps {
  id: string;
  title: string;
  hint?: string;
  contacts: Contact[];
  pack: Pack;
  today: string | null;
  before?: ReactNode;
}

function Section({ id, title, hint, contacts, pack, today, before }: SectionProps) {
  if (contacts.length === 0) return null;
  return (
    <section aria-labelledby={id} className={styles.section}>
      <h2 id={id}>{title}</h2>
      {hint && <p className={styles.hint}>{hint}</p>}
      {before}
      {contacts.map((contact) => (
        <ContactCard key={contact.id} contact={contact} pack={pack} today={today} />
      ))}
    </section>
  );
}
