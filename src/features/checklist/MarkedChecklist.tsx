import { useLiveQuery } from 'dexie-react-hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Pack } from '#content/pack.ts';
import { listMarks, saveMark, setDone } from '#data/checklist.ts';
import type { Database } from '#data/database.ts';
import { askForPersistence } from '#data/storage.ts';
import type { StorageError } from '#data/storageError.ts';
import type { Stage } from '#i18n/paths.ts';
import { Notice } from '#ui/Notice.tsx';
import type { Mark } from './ChecklistEntry.tsx';
import { ChecklistScreen } from './ChecklistScreen.tsx';

interface MarkedChecklistProps {
  /** `null` while the phone's own data is not open: the list is shown, nothing can be ticked. */
  db: Database | null;
  pack: Pack;
  stage: Stage;
}

/** The checklist with the worker's own ticks, dates and notes; every change is saved at once. */
export function MarkedChecklist({ db, pack, stage }: MarkedChecklistProps) {
  const { t } = useTranslation();
  const { country } = pack;
  const marks = useLiveQuery(async () => (db ? listMarks(db, country) : undefined), [db, country]);
  const [problem, setProblem] = useState<StorageError | null>(null);
  if (!db || !marks) return <ChecklistScreen pack={pack} stage={stage} />;

  const change = async (itemId: string, fields: Partial<Mark>): Promise<boolean> => {
    const saved =
      fields.done === undefined
        ? await saveMark(db, country, itemId, fields)
        : await setDone(db, country, itemId, fields.done);
    setProblem(saved.ok ? null : saved.error);
    if (saved.ok) await askForPersistence(db, navigator.storage);
    return saved.ok;
  };
  const shown = new Map([...marks].map(([id, mark]) => [id, { ...mark, done: mark.done ?? false }]));
  return (
    <>
      {problem && (
        <Notice kind="problem" role="alert">
          {t(($) => $.errors[problem.type])}
        </Notice>
      )}
      <ChecklistScreen pack={pack} stage={stage} marks={shown} onChange={change} />
    </>
  );
}
