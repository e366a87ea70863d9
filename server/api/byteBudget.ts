import { LIMITS } from '#shared/protocol.ts';

/*
 * Bodies are read whole, so a few hundred slow connections could fill the memory. Every body counts here from before
 * its first byte is read until its answer is out.
 */
export interface ByteBudget {
  /** `null` when it would be more than this key, or all together, may hold; else what gives the bytes back, once. */
  take(key: string, bytes: number): (() => void) | null;
  held(): number;
}

/** Most of what a phone asks and hears: the account, codes, and the few entries of a day. */
const SMALL = 64 * 1024;
/** A page of a pull or a push, with what frames it. */
const PAGE = LIMITS.pullBytes + SMALL;

/**
 * One key may hold an eighth of all, so that no single account can shut the others out. Photos leave a quarter free for
 * entries, and pages of entries an eighth for what is small: with photos that wait, the copy still goes on.
 */
export function createByteBudget(inAll: number): ByteBudget {
  const each = inAll / 8;
  const heldBy = new Map<string, number>();
  let held = 0;

  function mostWith(bytes: number): number {
    if (bytes <= SMALL) return inAll;
    return inAll - (bytes <= PAGE ? 1 : 2) * each;
  }

  function take(key: string, bytes: number): (() => void) | null {
    const mine = heldBy.get(key) ?? 0;
    if (held + bytes > mostWith(bytes) || mine + bytes > each) return null;
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
