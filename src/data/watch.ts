import { liveQuery } from 'dexie';
import type { Database } from './database.ts';

/**
 * Calls `listener` after every edit, in this window or another, that no server has yet. Gives the function that ends it.
 * What a run puts together is not told: it sends that itself.
 */
export function watchEdits(db: Database, listener: () => void): () => void {
  let known: ReadonlySet<string> | null = null;
  const observed = liveQuery(async () => {
    const unsent = await db.unsent.toArray();
    return unsent.filter(({ merged }) => merged !== true).map(({ generation }) => generation);
  });
  const subscription = observed.subscribe({
    next: (generations) => {
      const before = known;
      known = new Set(generations);
      if (before !== null && generations.some((generation) => !before.has(generation))) listener();
    },
    // A database that was closed tells nothing more.
    error: () => {},
  });
  return () => subscription.unsubscribe();
}
