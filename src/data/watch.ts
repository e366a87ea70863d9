import { liveQuery } from 'dexie';
import type { Database } from './database.ts';

/**
 * Calls `listener` after every edit, in this window or another, that no server has yet. Gives the function that ends it.
 * What a run itself writes is not told: `isRunning` says when there is one.
 */
export function watchEdits(db: Database, isRunning: () => boolean, listener: () => void): () => void {
  let known: ReadonlySet<string> | null = null;
  const observed = liveQuery(async () => (await db.unsent.toArray()).map(({ generation }) => generation));
  const subscription = observed.subscribe({
    next: (generations) => {
      const before = known;
      known = new Set(generations);
      if (before !== null && !isRunning() && generations.some((generation) => !before.has(generation))) {
        listener();
      }
    },
    // A database that was closed tells nothing more.
    error: () => {},
  });
  return () => subscription.unsubscribe();
}
