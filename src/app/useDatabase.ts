import { useSyncExternalStore } from 'react';
import { createDatabase, type Database, openDatabase } from '#data/database.ts';
import { purgeUnusedPhotos } from '#data/photos.ts';
import type { StorageError } from '#data/storageError.ts';
import { startSync } from '#features/sync/startSync.ts';

export type DatabaseState =
  | { state: 'opening' }
  | { state: 'open'; db: Database }
  /** Another window still uses the older app. */
  | { state: 'blocked' }
  /** Another window has a newer app: this one must be loaded again. */
  | { state: 'elsewhere' }
  | { state: 'failed'; error: StorageError };

const OPENING: DatabaseState = { state: 'opening' };

let current: DatabaseState | null = null;
const listeners = new Set<() => void>();

function set(state: DatabaseState): void {
  current = state;
  for (const listener of listeners) listener();
}

/** Opens the phone's own database once for the whole app. Never throws for what a phone may refuse. */
async function open(): Promise<void> {
  const db = createDatabase({
    now: () => Date.now(),
    randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
    onUpgradeBlocked: () => set({ state: 'blocked' }),
    onUpgradeElsewhere: () => set({ state: 'elsewhere' }),
  });
  const opened = await openDatabase(db);
  if (!opened.ok) {
    set({ state: 'failed', error: opened.error });
    return;
  }
  set({ state: 'open', db });
  // Not awaited: the screens do not wait for the copy, and without one nothing is loaded.
  void startSync(db);
  // Only makes room; a failure shows at the next save.
  await purgeUnusedPhotos(db);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (current === null) {
    current = OPENING;
    void open();
  }
  return () => listeners.delete(listener);
}

export function useDatabase(): DatabaseState {
  return useSyncExternalStore(subscribe, () => current ?? OPENING);
}
