import { useCallback, useEffect, useRef, useState } from 'react';
import type { Result } from '#lib/result.ts';

interface Draft<T, E> {
  /** What stands on the screen: what was opened, with every change since. */
  draft: T;
  /** Changes fields on the screen at once and saves them. */
  change: (fields: Partial<T>) => void;
  /** Why the last save failed; the changes stay on the screen and in the queue. */
  problem: E | null;
  /** Everything on the screen is saved. */
  saved: boolean;
  /** Tries again what could not be saved. */
  retry: () => void;
}

/**
 * A form that saves itself: every change is written at once, one write after the other, and what
 * comes while a write runs is written together after it. A failed write loses nothing: its changes
 * stay and go along with the next. `save` gets all fields, and how this form saved them before: only
 * what differs is a change, so another window's fields stay, and an entry that another window removed
 * comes back whole (`saveRecord`).
 */
export function useDraft<T extends object, E>(
  opened: T,
  save: (next: T, before: T) => Promise<Result<unknown, E>>,
): Draft<T, E> {
  const [draft, setDraft] = useState(opened);
  const [problem, setProblem] = useState<E | null>(null);
  const [saved, setSaved] = useState(true);
  const pending = useRef<Partial<T>>({});
  const kept = useRef(opened);
  const writing = useRef(false);
  const latestSave = useRef(save);
  useEffect(() => {
    latestSave.current = save;
  });

  const write = useCallback(async (): Promise<void> => {
    if (writing.current) return;
    writing.current = true;
    while (Object.keys(pending.current).length > 0) {
      const changes = pending.current;
      pending.current = {};
      const next = { ...kept.current, ...changes };
      const result = await latestSave.current(next, kept.current);
      if (!result.ok) {
        pending.current = { ...changes, ...pending.current };
        setProblem(result.error);
        break;
      }
      kept.current = next;
      setProblem(null);
    }
    writing.current = false;
    setSaved(Object.keys(pending.current).length === 0);
  }, []);

  const change = useCallback(
    (fields: Partial<T>) => {
      setDraft((before) => ({ ...before, ...fields }));
      pending.current = { ...pending.current, ...fields };
      setSaved(false);
      void write();
    },
    [write],
  );

  return { draft, change, problem, saved, retry: () => void write() };
}
