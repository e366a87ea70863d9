import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Pack } from '#content/pack.ts';
import { type Database, newId } from '#data/database.ts';
import { AgenciesScreen } from '#features/agency/AgenciesScreen.tsx';
import { AgencyScreen } from '#features/agency/AgencyScreen.tsx';
import { ContactsScreen } from '#features/contacts/ContactsScreen.tsx';
import { ContractScreen } from '#features/contract/ContractScreen.tsx';
import { type Place, pathTo } from '#i18n/paths.ts';
import { entriesOfAgency, entriesOfContacts, PapersWithCopy } from './CopyParts.tsx';
import { DatabaseMessage } from './DatabaseMessage.tsx';
import { Layout } from './Layout.tsx';
import { MorePages, moreTitle } from './MorePages.tsx';
import { useDatabase } from './useDatabase.ts';
import { WithConflicts } from './WithConflicts.tsx';

/* The worker's own papers and the settings: a file of its own, loaded when the first of them is opened. */

type PersonalPlace = Extract<Place, { screen: 'personal' }>;

export function PersonalScreen({ place, pack }: { place: PersonalPlace; pack: Pack }) {
  const { t } = useTranslation();
  const data = useDatabase();
  const { language, country } = place;
  const [section, kind, id] = place.rest.split('/');
  const home = pathTo(language, country);
  const papers = pathTo(language, country, 'papers');
  const more = pathTo(language, country, 'more');

  if (section === 'more') {
    return (
      <Layout place={place} title={moreTitle(t, kind, id)} back={id ? `${more}/${kind}` : kind ? more : home}>
        <MorePages page={kind} part={id} pack={pack} data={data} />
      </Layout>
    );
  }

  const titles: Record<string, string> = {
    contract: t(($) => $.contract.title),
    agency: t(($) => $.agency.title),
    contacts: t(($) => $.contacts.title),
  };
  return (
    <Layout
      place={place}
      title={(kind && titles[kind]) ?? t(($) => $.papers.title)}
      back={kind ? papers : home}
    >
      <DatabaseMessage data={data} />
      {data.state === 'open' && <Paper db={data.db} place={place} kind={kind} id={id} />}
    </Layout>
  );
}

interface PaperProps {
  db: Database;
  place: PersonalPlace;
  kind: string | undefined;
  id: string | undefined;
}

function Paper({ db, place, kind, id }: PaperProps) {
  const here = { language: place.language, country: place.country };
  if (kind === 'contacts') {
    return (
      <WithConflicts db={db} language={place.language} list={entriesOfContacts}>
        <ContactsScreen db={db} />
      </WithConflicts>
    );
  }
  if (kind === 'contract' || kind === 'agency') {
    if (id === 'new') return <NewPaper db={db} place={place} kind={kind} />;
    if (id && kind === 'contract') {
      return (
        <WithConflicts
          key={id}
          db={db}
          language={place.language}
          list={async () => [{ collection: 'contracts', id }]}
        >
          <ContractScreen db={db} id={id} {...here} />
        </WithConflicts>
      );
    }
    if (id) {
      return (
        <WithConflicts key={id} db={db} language={place.language} list={() => entriesOfAgency(db, id)}>
          <AgencyScreen db={db} id={id} {...here} />
        </WithConflicts>
      );
    }
    if (kind === 'agency') return <AgenciesScreen db={db} {...here} />;
  }
  return <PapersWithCopy db={db} {...here} />;
}

/** Gives a new contract or agency its id, so that a reload in the middle finds the draft again. */
function NewPaper({ db, place, kind }: { db: Database; place: PersonalPlace; kind: 'contract' | 'agency' }) {
  const [, navigate] = useLocation();
  useEffect(() => {
    navigate(pathTo(place.language, place.country, 'papers', kind, newId(db)), { replace: true });
  }, [db, kind, navigate, place]);
  return null;
}
