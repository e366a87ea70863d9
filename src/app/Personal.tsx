import type { Card, Pack } from '#content/pack.ts';
import type { Database } from '#data/database.ts';
import { CardBlank } from '#features/cards/CardBlank.tsx';
import { ChecklistProgress } from '#features/checklist/ChecklistProgress.tsx';
import { MarkedChecklist } from '#features/checklist/MarkedChecklist.tsx';
import { ContactsOnHelp } from '#features/contacts/ContactsOnHelp.tsx';
import { CodeReminder } from '#features/sync/SyncNotices.tsx';
import { useSync } from '#features/sync/startSync.ts';
import { pathTo, type Stage } from '#i18n/paths.ts';
import { DatabaseMessage } from './DatabaseMessage.tsx';
import { useDatabase } from './useDatabase.ts';

/* Everything here reads the phone's own database, so this file and Dexie load after the first paint. */

export function HomeProgress({ pack }: { pack: Pack }) {
  const data = useDatabase();
  return data.state === 'open' ? <ChecklistProgress db={data.db} pack={pack} /> : null;
}

/** The code of the locked copy waits to be kept: said where the worker comes by. */
export function HomeReminder({ pack }: { pack: Pack }) {
  const data = useDatabase();
  return data.state === 'open' ? <Reminder db={data.db} pack={pack} /> : null;
}

function Reminder({ db, pack }: { db: Database; pack: Pack }) {
  const sync = useSync(db);
  return <CodeReminder sync={sync} to={pathTo(pack.language, pack.country, 'more', 'sync', 'code')} />;
}

export function MyContactsOnHelp({ pack }: { pack: Pack }) {
  const data = useDatabase();
  return data.state === 'open' ? (
    <ContactsOnHelp db={data.db} language={pack.language} country={pack.country} />
  ) : null;
}

export function MyCardWords({ card }: { card: Card }) {
  const data = useDatabase();
  return data.state === 'open' ? <CardBlank db={data.db} card={card} /> : null;
}

export function MyChecklist({ pack, stage }: { pack: Pack; stage: Stage }) {
  const data = useDatabase();
  return (
    <>
      {data.state !== 'opening' && <DatabaseMessage data={data} />}
      <MarkedChecklist db={data.state === 'open' ? data.db : null} pack={pack} stage={stage} />
    </>
  );
}
