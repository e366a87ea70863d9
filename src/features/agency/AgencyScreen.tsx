import { useLiveQuery } from 'dexie-react-hooks';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { type Agency, emptyAgency, getAgency, removeAgency } from '#data/agencies.ts';
import { listAgencyPeople } from '#data/agencyPeople.ts';
import type { Database } from '#data/database.ts';
import { listPayments } from '#data/payments.ts';
import { listPromises } from '#data/promises.ts';
import type { Country, Language } from '#i18n/languages.ts';
import { pathTo } from '#i18n/paths.ts';
import { Button } from '#ui/Button.tsx';
import { AgencyCard } from './AgencyCard.tsx';
import { AgencyForm } from './AgencyForm.tsx';
import { Payments } from './Payments.tsx';
import { People } from './People.tsx';
import { Promises } from './Promises.tsx';
import { UndoPart } from './UndoPart.tsx';
import { useUndo } from './useUndo.ts';

interface AgencyScreenProps {
  db: Database;
  id: string;
  language: Language;
  country: Country;
}

/** One agency with all that belongs to it. With an `id` that is not stored yet it begins a new one. */
export function AgencyScreen(props: AgencyScreenProps) {
  const { db, id } = props;
  const { t } = useTranslation();
  const entries = useLiveQuery(async () => readEntries(db, id), [db, id]);
  if (!entries) return <p role="status">{t(($) => $.status.loading)}</p>;
  return <AgencyEntries {...props} entries={entries} />;
}

type Entries = Awaited<ReturnType<typeof readEntries>>;

async function readEntries(db: Database, id: string) {
  const [agency, people, promises, payments] = await Promise.all([
    getAgency(db, id),
    listAgencyPeople(db, id),
    listPromises(db, id),
    listPayments(db, id),
  ]);
  return { agency, people, promises, payments };
}

function AgencyEntries({ db, id, language, country, entries }: AgencyScreenProps & { entries: Entries }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const undo = useUndo(db);
  const [isNew] = useState(entries.agency === null);
  const [editing, setEditing] = useState<Omit<Agency, 'id'> | null>(isNew ? emptyAgency(null) : null);
  const [isFilled, setFilled] = useState(!isNew);
  const [wasClosed, setClosed] = useState(false);
  const { people, promises, payments } = entries;
  const agency = entries.agency ?? { id, ...emptyAgency(null) };

  const remove = async (): Promise<void> => {
    const removed = await undo.remove(
      t(($) => $.agency.removed),
      () => removeAgency(db, id),
    );
    if (removed)
      navigate(pathTo(language, country, 'papers', 'agency'), { replace: true, state: { removed } });
  };

  return (
    <>
      {editing ? (
        <AgencyForm
          db={db}
          id={id}
          opened={editing}
          destination={country === 'kh' ? null : country}
          isNew={!isFilled}
          onDone={() => {
            setEditing(null);
            setFilled(true);
            setClosed(true);
          }}
        />
      ) : (
        <AgencyCard agency={agency} takesFocus={wasClosed} onChange={() => setEditing(agency)} />
      )}
      {isFilled && (
        <>
          <Payments
            db={db}
            agencyId={id}
            payments={payments}
            people={people.flatMap(({ name }) => name ?? [])}
            language={language}
            undo={undo}
          />
          <Promises db={db} agencyId={id} promises={promises} language={language} undo={undo} />
          <People db={db} agencyId={id} people={people} undo={undo} />
          <Button kind="danger" icon={Trash2} onClick={() => void remove()}>
            {t(($) => $.agency.remove)}
          </Button>
        </>
      )}
      <UndoPart undo={undo} />
    </>
  );
}
