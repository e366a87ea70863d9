import { KeyRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { listAgencyPeople } from '#data/agencyPeople.ts';
import { listContacts } from '#data/contacts.ts';
import type { Database } from '#data/database.ts';
import { listPayments } from '#data/payments.ts';
import { listPromises } from '#data/promises.ts';
import type { EntryRef } from '#features/sync/Conflicts.tsx';
import { SyncLine } from '#features/sync/SyncLine.tsx';
import { CodeReminder, SyncNewsList } from '#features/sync/SyncNotices.tsx';
import { useSync } from '#features/sync/startSync.ts';
import { PapersScreen } from '#features/papers/PapersScreen.tsx';
import type { Country, Language } from '#i18n/languages.ts';
import { pathTo } from '#i18n/paths.ts';
import { buttonClass } from '#ui/Button.tsx';

/* What the locked copy adds to the worker's own screens. */

interface Here {
  db: Database;
  language: Language;
  country: Country;
}

/** The papers, with how they are saved above them, or the way to bring them back below. */
export function PapersWithCopy({ db, language, country }: Here) {
  const { t } = useTranslation();
  const sync = useSync(db);
  const copy = (...page: string[]) => pathTo(language, country, 'more', 'sync', ...page);
  const hasCopy = sync.overview && sync.overview.phase !== 'off';
  const restore = (
    <Link href={copy('restore')} className={buttonClass('quiet')}>
      <KeyRound aria-hidden="true" />
      {t(($) => $.sync.haveCode)}
    </Link>
  );
  return (
    <>
      <SyncNewsList sync={sync} />
      <CodeReminder sync={sync} to={copy('code')} />
      <PapersScreen
        db={db}
        language={language}
        country={country}
        copy={hasCopy ? <SyncLine sync={sync} language={language} to={copy()} /> : null}
        whenEmpty={sync.overview?.phase === 'off' ? restore : null}
      />
    </>
  );
}

export async function entriesOfAgency(db: Database, id: string): Promise<readonly EntryRef[]> {
  const [people, promises, payments] = await Promise.all([
    listAgencyPeople(db, id),
    listPromises(db, id),
    listPayments(db, id),
  ]);
  return [
    { collection: 'agencies', id },
    ...people.map((person) => ({ collection: 'agencyPeople' as const, id: person.id })),
    ...promises.map((promise) => ({ collection: 'promises' as const, id: promise.id })),
    ...payments.map((payment) => ({ collection: 'payments' as const, id: payment.id })),
  ];
}

export async function entriesOfContacts(db: Database): Promise<readonly EntryRef[]> {
  return (await listContacts(db)).map(({ id }) => ({ collection: 'contacts', id }));
}
