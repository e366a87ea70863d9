import { useCallback, useState } from 'react';
import type { Database } from '#data/database.ts';
import { type Removed, restoreRecord } from '#data/records.ts';
import type { StorageError } from '#data/storageError.ts';
import type { Result } from '#lib/result.ts';

/** What was deleted last, with the words that say so. */
export interface Offer {
  readonly text: string;
  readonly removed: Removed;
}

type Take = () => Promise<Result<Removed, StorageError>>;

export interface Undo {
  readonly offer: Offer | null;
  /** A deletion, or taking it back, that failed, and how to try it again. */
  readonly failure: { readonly error: StorageError; readonly again: () => Promise<unknown> } | null;
  /** Deletes with `take` and offers it back under `text`. Gives what is gone, `null` when it failed. */
  readonly remove: (text: string, take: Take) => Promise<Removed | null>;
  readonly takeBack: (offer: Offer) => Promise<void>;
  readonly forget: () => void;
  readonly closeFailure: () => void;
}

/** One undo for a whole screen, so that its bar always stands at the same place. */
export function useUndo(db: Database, first: () => Offer | null = () => null): Undo {
  const [offer, setOffer] = useState(first);
  const [failure, setFailure] = useState<Undo['failure']>(null);
  // Stable: each new function would start the time of the bar again.
  const forget = useCallback(() => setOffer(null), []);

  const remove: Undo['remove'] = async (text, take) => {
    const result = await take();
    setFailure(result.ok ? null : { error: result.error, again: () => remove(text, take) });
    // What was never saved leaves nothing to bring back.
    if (result.ok && result.value.records.length > 0) setOffer({ text, removed: result.value });
    return result.ok ? result.value : null;
  };
  const takeBack: Undo['takeBack'] = async (taken) => {
    const result = await restoreRecord(db, taken.removed);
    setFailure(result.ok ? null : { error: result.error, again: () => takeBack(taken) });
    setOffer((latest) => (latest === taken ? null : latest));
  };
  return { offer, failure, remove, takeBack, forget, closeFailure: () => setFailure(null) };
}
