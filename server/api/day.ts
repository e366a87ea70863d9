const DAY = 86_400_000;

/** Whole days since 1970, in UTC. */
export function dayOf(milliseconds: number): number {
  return Math.floor(milliseconds / DAY);
}
