import { useLiveQuery } from 'dexie-react-hooks';
import { Building2, FileText, Lock, UserPlus, Users } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { listAgencies } from '#data/agencies.ts';
import { listContacts } from '#data/contacts.ts';
import { listContracts } from '#data/contracts.ts';
import type { Database } from '#data/database.ts';
import { listPages } from '#data/pages.ts';
import type { Country, Language } from '#i18n/languages.ts';
import { pathTo } from '#i18n/paths.ts';
import { PaperCard } from './PaperCard.tsx';
import { PaperSection } from './PaperSection.tsx';
import styles from './PapersScreen.module.css';
import { RemovedPaper } from './RemovedPaper.tsx';

interface PapersScreenProps {
  db: Database;
  language: Language;
  country: Country;
  /** How the locked copy stands; `null` while everything is on this phone only. */
  copy: ReactNode;
  /** The way back to papers that are somewhere else, while there are none here. */
  whenEmpty: ReactNode;
}

/** Everything the worker keeps: contracts, agencies, people. */
export function PapersScreen({ db, language, country, copy, whenEmpty }: PapersScreenProps) {
  const { t } = useTranslation();
  const papers = useLiveQuery(async () => readPapers(db), [db]);
  const to = (...rest: string[]) => pathTo(language, country, 'papers', ...rest);
  return (
    <>
      {copy ?? (
        <p className={styles.intro}>
          <Lock aria-hidden="true" />
          {t(($) => $.papers.intro)}
        </p>
      )}
      {!papers && <p role="status">{t(($) => $.status.loading)}</p>}
      {papers && (
        <>
          <PaperSection
            icon={FileText}
            title={t(($) => $.papers.contracts)}
            empty={t(($) => $.papers.noContract)}
            add={t(($) => $.papers.addContract)}
            addTo={to('contract', 'new')}
          >
            {papers.contracts.map(({ contract, pages }) => (
              <PaperCard
                key={contract.id}
                to={to('contract', contract.id)}
                icon={FileText}
                db={db}
                photoId={pages[0]?.photoId ?? null}
                name={contract.employer ?? t(($) => $.papers.unnamedContract)}
                detail={pages.length > 0 ? t(($) => $.papers.pageCount, { count: pages.length }) : null}
              />
            ))}
          </PaperSection>
          <PaperSection
            icon={Building2}
            title={t(($) => $.papers.agencies)}
            empty={t(($) => $.papers.noAgency)}
            add={t(($) => $.papers.addAgency)}
            addTo={to('agency', 'new')}
          >
            {papers.agencies.map((agency) => (
              <PaperCard
                key={agency.id}
                to={to('agency', agency.id)}
                icon={Building2}
                name={agency.name ?? t(($) => $.papers.unnamedAgency)}
                detail={agency.licence}
              />
            ))}
          </PaperSection>
          <PaperSection
            icon={Users}
            title={t(($) => $.papers.contacts)}
            empty={t(($) => $.contacts.empty)}
            add={t(($) => $.papers.addContact)}
            addIcon={UserPlus}
            addTo={to('contacts')}
          >
            {papers.contacts.map((contact) => (
              <PaperCard
                key={contact.id}
                to={to('contacts')}
                icon={Users}
                name={contact.name ?? t(($) => $.papers.unnamedContact)}
                detail={contact.phone}
              />
            ))}
          </PaperSection>
        </>
      )}
      {papers && isEmpty(papers) && whenEmpty}
      <RemovedPaper db={db} />
    </>
  );
}

type Papers = Awaited<ReturnType<typeof readPapers>>;

function isEmpty({ contracts, agencies, contacts }: Papers): boolean {
  return contracts.length + agencies.length + contacts.length === 0;
}

async function readPapers(db: Database) {
  const contracts = [];
  for (const contract of await listContracts(db)) {
    contracts.push({ contract, pages: await listPages(db, contract.id) });
  }
  return { contracts, agencies: await listAgencies(db), contacts: await listContacts(db) };
}
