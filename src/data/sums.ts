import { xorInto } from '#crypto/bytes.ts';
import type { SyncMeta, SyncState } from './syncTables.ts';

/* What the phone compares with the manifest (`docs/sync-design.md` §5). */

/** The place and the sums of a pull from 0. */
export function emptySums(): Pick<SyncState, 'cursor' | 'fullPull' | 'x' | 'count' | 'live'> {
  return { cursor: 0, fullPull: false, x: new Uint8Array(32), count: 0, live: 0 };
}

/** The sums of a replica, changed record by record and written once. */
export interface Sums {
  readonly x: Uint8Array;
  count: number;
  live: number;
}

export function sumsOf(state: SyncState): Sums {
  return { x: state.x.slice(), count: state.count, live: state.live };
}

export function countIn(sums: Sums, meta: Pick<SyncMeta, 'contribution' | 'live'>, by: 1 | -1): void {
  if (meta.contribution === null) return;
  xorInto(sums.x, meta.contribution);
  sums.count += by;
  sums.live += meta.live ? by : 0;
}

/** Takes what was known of a record out of the sums, if this pass has counted it. */
export function countOut(sums: Sums, known: SyncMeta | undefined, pass: number): void {
  if (known?.pass === pass) {
    countIn(sums, known, -1);
  }
}
