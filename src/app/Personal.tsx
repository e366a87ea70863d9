import type { Card, Pack } from '#content/pack.ts';
import { markId } from '#data/checklist.ts';
import type { Database } from '#data/database.ts';
import { CardBlank } from '#features/cards/CardBlank.tsx';
import { ChecklistProgress } from '#features/checklist/ChecklistProgress.tsx';
import { MarkedChecklist } from '#features/checklist/MarkedChecklist.tsx';
import { ContactsOnHelp } from '#features/contacts/ContactsOnHelp.tsx';
import { CodeReminder } from '#features/sync/SyncNotices.tsx';
import { useSync } from '#features/sync/startSync.ts';
import type { Language } from '#i18n/languages.ts';
import { pathTo, type Stage } from '#i18n/paths.ts';
import { DatabaseMessage } from './DatabaseMessage.tsx';
import { useDatabase } from './useDatabase.ts';
import { WithConflicts } from './WithConflicts.tsx';

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

export function MyCardWords({ card, language }: { card: Card; language: Language }) {
  const data = useDatabase();
  if (data.state !== 'open') return null;
  return (
    <WithConflicts
      key={card.id}
      db={data.db}
      language={language}
      list={async () => [{ collection: 'cards', id: card.id }]}
    >
      <CardBlank db={data.db} card={card} />
    </WithConflicts>
  );
}

export function MyChecklist({ pack, stage }: { pack: Pack; stage: Stage }) {
  const data = useDatabase();
  if (data.state !== 'open') {
    return (
      <>
        {data.state !== 'opening' && <DatabaseMessage data={data} />}
        <MarkedChecklist db={null} pack={pack} stage={stage} />
      </>
    );
  }
  const items = pack.checklist.filter((item) => item.stage === stage);
  return (
    <WithConflicts
      key={stage}
      db={data.db}
      language={pack.language}
      list={async () =>
        items.map(({ id, title }) => ({ collection: 'checklist', id: markId(pack.country, id), title }))
      }
    >
      <MarkedChecklist db={data.db} pack={pack} stage={stage} />
    </WithConflicts>
  );
}
