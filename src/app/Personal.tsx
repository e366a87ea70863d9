import type { Card, Pack } from '#content/pack.ts';
import { CardBlank } from '#features/cards/CardBlank.tsx';
import { ChecklistProgress } from '#features/checklist/ChecklistProgress.tsx';
import { MarkedChecklist } from '#features/checklist/MarkedChecklist.tsx';
import { ContactsOnHelp } from '#features/contacts/ContactsOnHelp.tsx';
import type { ChecklistStage } from '#i18n/paths.ts';
import { DatabaseMessage } from './DatabaseMessage.tsx';
import { useDatabase } from './useDatabase.ts';

/* Everything here reads the phone's own database, so this file and Dexie load after the first paint. */

export function HomeProgress({ pack }: { pack: Pack }) {
  const data = useDatabase();
  return data.state === 'open' ? <ChecklistProgress db={data.db} pack={pack} /> : null;
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

export function MyChecklist({ pack, stage }: { pack: Pack; stage: ChecklistStage }) {
  const data = useDatabase();
  return (
    <>
      {data.state !== 'opening' && <DatabaseMessage data={data} />}
      <MarkedChecklist db={data.state === 'open' ? data.db : null} pack={pack} stage={stage} />
    </>
  );
}
