import { useCallback, useState } from 'react';
import type { Database } from '#data/database.ts';
import { removePage } from '#data/pages.ts';
import { type Removed, restoreRecord } from '#data/records.ts';
import type { StorageError } from '#data/storageError.ts';

/** Deletes pages, and brings back all that were deleted while the undo bar stands. */
export function useRemovePages(db: Database) {
  const [removed, setRemoved] = useState<Removed | null>(null);
  const [problem, setProblem] = useState<StorageError | null>(null);
  const forget = useCallback(() => setRemoved(null), []);

  const remove = async (id: string): Promise<void> => {
    const result = await removePage(db, id);
    setProblem(result.ok ? null : result.error);
    if (!result.ok) return;
    const { records } = result.value;
    setRemoved((before) => ({ records: [...(before?.records ?? []), ...records] }));
  };

  const undo = async (): Promise<void> => {
    if (removed === null) return;
    const result = await restoreRecord(db, removed);
    setProblem(result.ok ? null : result.error);
    if (result.ok) setRemoved(null);
  };

  return { removed, problem, remove: (id: string) => void remove(id), undo: () => void undo(), forget };
}
