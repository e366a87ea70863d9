import { useState } from 'react';
import { type StorageError, toStorageError } from '#data/storageError.ts';
import type { Result } from '#lib/result.ts';
import type { SyncClient } from '#sync/client.ts';
import type { Sync } from './startSync.ts';

/** What can go wrong with everything: the client cannot be loaded, or the phone closed the database while it was read. */
export type ActionFailure =
  | { readonly type: 'NotLoaded' }
  | { readonly type: 'Storage'; readonly error: StorageError };

interface Action<E> {
  readonly isBusy: boolean;
  readonly failure: E | ActionFailure | null;
  /** Loads the client and lets it work. Gives `null` when that failed; then `failure` says why. */
  readonly run: <T>(work: (client: SyncClient) => Promise<Result<T, E>>) => Promise<{ value: T } | null>;
  /** Shows a failure that was known before. */
  readonly forget: () => void;
}

/** One thing that the worker asked the client to do: that it goes on, and why it did not work. */
export function useAction<E>({ load }: Pick<Sync, 'load'>): Action<E> {
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<E | ActionFailure | null>(null);

  const run: Action<E>['run'] = async (work) => {
    setBusy(true);
    setFailure(null);
    try {
      const client = await load().catch(() => null);
      if (client === null) {
        setFailure({ type: 'NotLoaded' });
        return null;
      }
      const result = await work(client);
      if (result.ok) return { value: result.value };
      setFailure(result.error);
      return null;
    } catch (error) {
      setFailure({ type: 'Storage', error: toStorageError(error) });
      return null;
    } finally {
      setBusy(false);
    }
  };

  return { isBusy, failure, run, forget: () => setFailure(null) };
}
