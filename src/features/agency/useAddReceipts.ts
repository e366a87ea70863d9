import { useState } from 'react';
import type { Database } from '#data/database.ts';
import type { Payment } from '#data/payments.ts';
import { addReceipt } from '#data/receipts.ts';
import { askForPersistence } from '#data/storage.ts';
import type { StorageError } from '#data/storageError.ts';
import { shrinkPhoto } from '#ui/photo.ts';

export interface NewReceipts {
  readonly add: (files: readonly File[]) => Promise<void>;
  /** How far it is; `null` when nothing is being done. */
  readonly work: { readonly done: number; readonly total: number } | null;
  /** How many photos could not be opened. */
  readonly unreadable: number;
  /** Why keeping a photo failed, and how to try again with it and those after it. */
  readonly failure: { readonly error: StorageError; readonly again: () => Promise<void> } | null;
}

/** Makes photos small and keeps them as receipts of a payment, one after the other. */
export function useAddReceipts(db: Database, payment: Payment): NewReceipts {
  const [work, setWork] = useState<NewReceipts['work']>(null);
  const [unreadable, setUnreadable] = useState(0);
  const [failure, setFailure] = useState<NewReceipts['failure']>(null);

  const add = async (files: readonly File[]): Promise<void> => {
    setFailure(null);
    setUnreadable(0);
    for (const [done, file] of files.entries()) {
      setWork({ done, total: files.length });
      const photo = await shrinkPhoto(file, db.now());
      if (!photo.ok) {
        setUnreadable((count) => count + 1);
        continue;
      }
      const kept = await addReceipt(db, payment, photo.value);
      if (!kept.ok) {
        setFailure({ error: kept.error, again: () => add(files.slice(done)) });
        break;
      }
      await askForPersistence(db, navigator.storage);
    }
    setWork(null);
  };
  return { add, work, unreadable, failure };
}
