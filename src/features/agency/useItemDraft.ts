import { useEffect, useRef, useState } from 'react';
import type { Database } from '#data/database.ts';
import { askForPersistence } from '#data/storage.ts';
import type { StorageError } from '#data/storageError.ts';
import type { Result } from '#lib/result.ts';
import { useDraft } from '#ui/useDraft.ts';

export interface ItemDraft<T> {
  readonly draft: T;
  readonly change: (fields: Partial<T>) => void;
  /** Why the last save failed. */
  readonly problem: StorageError | null;
  readonly retry: () => void;
  /** Something was changed, and all of it is saved. */
  readonly isSaved: boolean;
  /** Runs `leave` now, or as soon as the last letter is saved. A save that failed is tried again first. */
  readonly whenSaved: (leave: () => void) => void;
}

/**
 * A draft that saves itself, and can wait with leaving until everything on the screen is saved. `save` gets all
 * fields, and how they were saved before: an item that another tab removed comes back whole (`saveRecord`).
 */
export function useItemDraft<T extends object>(
  db: Database,
  opened: T,
  save: (fields: T, before: T) => Promise<Result<void, StorageError>>,
): ItemDraft<T> {
  const [first] = useState(opened);
  const {
    draft,
    change: changeDraft,
    problem,
    saved,
    retry,
  } = useDraft<T, StorageError>(opened, async (next, before) => {
    const result = await save(next, before);
    // Not awaited: Firefox shows a question, and saving goes on meanwhile.
    if (result.ok) void askForPersistence(db, navigator.storage);
    return result;
  });
  const waiting = useRef<(() => void) | null>(null);
  useEffect(() => {
    if (!saved) return;
    const leave = waiting.current;
    waiting.current = null;
    leave?.();
  }, [saved]);

  const change = (fields: Partial<T>): void => {
    // Whoever goes on typing wants to stay.
    waiting.current = null;
    changeDraft(fields);
  };
  const whenSaved = (leave: () => void): void => {
    if (saved) return leave();
    waiting.current = leave;
    retry();
  };
  return { draft, change, problem, retry, isSaved: saved && draft !== first, whenSaved };
}
