import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Database } from '#data/database.ts';
import { type Removed, restoreRecord } from '#data/records.ts';
import type { StorageError } from '#data/storageError.ts';
import { Notice } from '#ui/Notice.tsx';
import { UndoBar } from '#ui/UndoBar.tsx';

/** Brings back the contract or agency that was deleted on its own screen, just before this one opened. */
export function RemovedPaper({ db }: { db: Database }) {
  const { t } = useTranslation();
  const [removed, setRemoved] = useState(handedOver);
  const [problem, setProblem] = useState<StorageError | null>(null);
  const forget = useCallback(() => setRemoved(null), []);

  // The browser writes the history to its own files: what was deleted must not stay there.
  useEffect(() => {
    if (history.state !== null) history.replaceState(null, '');
  }, []);

  const undo = async (records: Removed): Promise<void> => {
    const result = await restoreRecord(db, records);
    setProblem(result.ok ? null : result.error);
    if (result.ok) setRemoved(null);
  };

  if (removed === null) return null;
  const isContract = removed.records.some(({ collection }) => collection === 'contracts');
  return (
    <>
      {problem && (
        <Notice kind="problem" role="alert">
          {t(($) => $.errors[problem.type])}
        </Notice>
      )}
      <UndoBar
        text={isContract ? t(($) => $.contract.removed) : t(($) => $.agency.removed)}
        undo={t(($) => $.undo.undo)}
        onUndo={() => void undo(removed)}
        onGone={forget}
      />
    </>
  );
}

/** What the screen before left in `history.state`: `navigate(papers, { state: { removed } })`. */
function handedOver(): Removed | null {
  const state = history.state as { removed?: Removed } | null;
  const removed = state?.removed;
  return removed && removed.records.length > 0 ? removed : null;
}
