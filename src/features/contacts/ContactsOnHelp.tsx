import { useLiveQuery } from 'dexie-react-hooks';
import { UserPlus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { listContacts } from '#data/contacts.ts';
import type { Database } from '#data/database.ts';
import { toDialable } from '#i18n/format.ts';
import type { Country, Language } from '#i18n/languages.ts';
import { pathTo } from '#i18n/paths.ts';
import { buttonClass } from '#ui/Button.tsx';
import { CallLine } from '#ui/CallLine.tsx';
import card from '#ui/Card.module.css';

interface ContactsOnHelpProps {
  db: Database;
  language: Language;
  country: Country;
}

/** The worker's own people, first after the danger numbers. */
export function ContactsOnHelp({ db, language, country }: ContactsOnHelpProps) {
  const { t } = useTranslation();
  const contacts = useLiveQuery(() => listContacts(db), [db]);
  if (!contacts) return null;
  const page = pathTo(language, country, 'papers', 'contacts');
  const callable = contacts.filter((contact) => contact.phone);
  if (callable.length === 0) {
    return (
      <Link className={buttonClass('secondary')} href={page}>
        <UserPlus aria-hidden="true" />
        {t(($) => $.help.addMine)}
      </Link>
    );
  }
  return (
    <section className={card.card} aria-labelledby="mine">
      <h2 id="mine">{t(($) => $.help.mine)}</h2>
      {callable.map((contact) => {
        const name = contact.name ?? t(($) => $.papers.unnamedContact);
        const phone = contact.phone ?? '';
        return (
          <CallLine
            key={contact.id}
            name={name}
            phone={{ display: phone, dial: toDialable(phone) }}
            callWords={t(($) => $.help.call, { name })}
            insideWords=""
          />
        );
      })}
    </section>
  );
}
