import { useLiveQuery } from 'dexie-react-hooks';
import { type ReactNode, useState } from 'react';
import type { Database } from '#data/database.ts';
import { Conflicts, type EntryRef } from '#features/sync/Conflicts.tsx';
import type { Language } from '#i18n/languages.ts';

interface WithConflictsProps {
  db: Database;
  language: Language;
  /** The entries on this screen. */
  list: (db: Database) => Promise<readonly EntryRef[]>;
  children: ReactNode;
}

/** What two phones filled in differently, above the form of it. A form keeps what it opened with, so it opens again. */
export function WithConflicts({ db, language, list, children }: WithConflictsProps) {
  const [settled, setSettled] = useState(0);
  const names = useLiveQuery(async () => list(db), [db]);
  return (
    <>
      {names && (
        <Conflicts db={db} names={names} language={language} onSettled={() => setSettled((n) => n + 1)} />
      )}
      <Again key={settled}>{children}</Again>
    </>
  );
}

/** Draws its children anew when its key changes. */
function Again({ children }: { children: ReactNode }) {
  return children;
}
