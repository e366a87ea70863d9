/** Does pieces of work with the same key one after the other, whether those before succeeded or failed. */
export type InTurn = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/** Remembers only keys with work under way. */
export function createTurns(): InTurn {
  const lastOf = new Map<string, Promise<unknown>>();

  return async function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = lastOf.get(key) ?? Promise.resolve();
    const turn = before.then(work, work);
    lastOf.set(key, turn);
    try {
      return await turn;
    } finally {
      if (lastOf.get(key) === turn) lastOf.delete(key);
    }
  };
}
