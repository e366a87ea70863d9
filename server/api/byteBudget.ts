/*
 * Bodies are read whole, so a few hundred slow connections could fill the memory. Every body counts here from before
 * its first byte is read until its answer is out.
 */
export interface ByteBudget {
  /** `null` when it would be more than this key, or all together, may hold; else what gives the bytes back, once. */
  take(key: string, bytes: number): (() => void) | null;
  held(): number;
}

/** One key may hold an eighth of all, so that no single account can shut the others out. */
export function createByteBudget(inAll: number): ByteBudget {
  const each = inAll / 8;
  const heldBy = new Map<string, number>();
  let held = 0;

  function take(key: string, bytes: number): (() => void) | null {
    const mine = heldBy.get(key) ?? 0;
    if (held + bytes > inAll || mine + bytes > each) return null;
    held += bytes;
    heldBy.set(key, mine + bytes);
    let isBack = false;
    return () => {
      if (isBack) return;
      isBack = true;
      held -= bytes;
      const rest = (heldBy.get(key) ?? 0) - bytes;
      if (rest > 0) heldBy.set(key, rest);
      else heldBy.delete(key);
    };
  }

  return { take, held: () => held };
}
