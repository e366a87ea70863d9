import { useRef, useState } from 'react';
import type { Contract } from '#data/contracts.ts';
import type { Database } from '#data/database.ts';
import { addPages } from '#data/pages.ts';
import type { StorageError } from '#data/storageError.ts';
import { shrinkPhoto } from '#ui/photo.ts';

interface AddPagesOptions {
  db: Database;
  /** The contract as it is now, `null` when it was removed meanwhile. */
  current: () => Contract | null;
  onAdded: () => void;
}

const NOTHING = { done: 0, total: 0 };

/**
 * Makes photos small and keeps each as a page at once, one after the other. The work goes on when the
 * worker leaves the screen. A photo that could not be kept waits for `retry`.
 */
export function useAddPages({ db, current, onAdded }: AddPagesOptions) {
  const waiting = useRef<File[]>([]);
  const isWorking = useRef(false);
  const [progress, setProgress] = useState(NOTHING);
  const [unreadable, setUnreadable] = useState(0);
  const [problem, setProblem] = useState<StorageError | null>(null);

  async function work(): Promise<void> {
    if (isWorking.current) return;
    isWorking.current = true;
    setProblem(null);
    for (let [file] = waiting.current; file; [file] = waiting.current) {
      const photo = await shrinkPhoto(file, db.now());
      const contract = current();
      if (contract === null) break;
      if (photo.ok) {
        const added = await addPages(db, contract, [photo.value]);
        if (!added.ok) {
          setProblem(added.error);
          break;
        }
        onAdded();
      } else {
        setUnreadable((count) => count + 1);
      }
      waiting.current = waiting.current.slice(1);
      setProgress(({ done, total }) => ({ done: done + 1, total }));
    }
    isWorking.current = false;
    if (waiting.current.length === 0) setProgress(NOTHING);
  }

  function add(files: File[]): void {
    if (!isWorking.current) setUnreadable(0);
    waiting.current = [...waiting.current, ...files];
    setProgress(({ done, total }) => ({ done, total: total + files.length }));
    void work();
  }

  return { add, retry: () => void work(), progress, unreadable, problem };
}
