/*
 * Limits of the "so many a minute" kind. Kept in memory: after a restart everybody starts with a full bucket.
 */
export interface Buckets {
  /** Takes one. 0 when there was one, else the whole seconds until there is one again. */
  take(key: string): number;
  /** Puts one back, for a request that turned out not to count. */
  giveBack(key: string): void;
  /** How many buckets are remembered, for the test that it stays bounded. */
  size(): number;
}

interface Bucket {
  left: number;
  at: number;
}

export interface BucketRules {
  /** How many can be taken at once. */
  readonly capacity: number;
  readonly perMinute: number;
  /** How many buckets are remembered; beyond that the one used longest ago is forgotten. */
  readonly most: number;
  readonly now: () => number;
}

/** Buckets that fill up again with time. A full one is the same as none and is forgotten. */
export function createBuckets({ capacity, perMinute, most, now }: BucketRules): Buckets {
  const perMillisecond = perMinute / 60_000;
  // In order of last use, because `take` puts a bucket back at the end.
  const buckets = new Map<string, Bucket>();

  function fillOf({ left, at }: Bucket): number {
    // A clock that was set back gives nothing.
    return Math.min(capacity, left + Math.max(0, now() - at) * perMillisecond);
  }

  function forgetOld(): void {
    for (const [key, bucket] of buckets) {
      if (buckets.size < most && fillOf(bucket) < capacity) return;
      buckets.delete(key);
    }
  }

  function take(key: string): number {
    const known = buckets.get(key);
    const left = known ? fillOf(known) : capacity;
    buckets.delete(key);
    forgetOld();
    buckets.set(key, { left: left >= 1 ? left - 1 : left, at: now() });
    return left >= 1 ? 0 : Math.max(1, Math.ceil((1 - left) / perMillisecond / 1000));
  }

  function giveBack(key: string): void {
    const known = buckets.get(key);
    if (known) known.left = Math.min(capacity, known.left + 1);
  }

  return { take, giveBack, size: () => buckets.size };
}
