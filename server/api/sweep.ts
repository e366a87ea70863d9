import type { BlobStore } from '#server/store/blobStore.ts';
import type { Store } from '#server/store/store.ts';
import { bytesToText } from './base64.ts';
import { dayOf } from './day.ts';
import type { Deletions } from './deletions.ts';
import type { InTurn } from './turns.ts';

/** Accounts that never saved anything (docs/sync-design.md §9). */
const EMPTY_DAYS = 30;
/** Accounts without any request. */
const UNSEEN_DAYS = 3 * 365;
/** Few at a time: what was listed may be in use again a moment later. */
const PIECE = 20;
/** What is left after so many pieces has time until tomorrow. */
const MOST_PIECES = 1000;

export interface SweepDependencies {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly deletions: Deletions;
  readonly inTurn: InTurn;
  readonly now: () => number;
  /** Ends the sweep after the piece under way. */
  readonly stopped?: AbortSignal;
}

/** Removes what nobody needs any more, in pieces. Rejects at the first failure; the next sweep begins anew. */
export async function sweep(dependencies: SweepDependencies): Promise<void> {
  await sweepUnfinishedBlobs(dependencies);
  await dependencies.store.sweepGone(dayOf(dependencies.now()));
  await sweepForgottenAccounts(dependencies);
}

async function sweepUnfinishedBlobs({
  store,
  blobs,
  inTurn,
  now,
  stopped,
}: SweepDependencies): Promise<void> {
  for (let piece = 0; piece < MOST_PIECES && !stopped?.aborted; piece += 1) {
    // Reserved before yesterday began, so at least a day ago.
    const unfinished = await store.listUnfinishedBlobs(dayOf(now()) - 1, PIECE);
    let removed = 0;
    for (const { aid, bid } of unfinished) {
      await inTurn(bytesToText(aid), async () => {
        // The list may be old by now: an upload that was taken up again has made it ready.
        if ((await store.hideBlob(aid, bid, 'unfinished')).type !== 'Hidden') return;
        await blobs.delete(aid, bid);
        await store.forgetBlob(aid, bid);
        removed += 1;
      });
    }
    // What is left belongs to accounts whose deletion is not finished.
    if (unfinished.length < PIECE || removed === 0) return;
  }
}

async function sweepForgottenAccounts({ store, deletions, now, stopped }: SweepDependencies): Promise<void> {
  const today = dayOf(now());
  const days = { emptyBefore: today - EMPTY_DAYS, unseenBefore: today - UNSEEN_DAYS, most: PIECE };
  for (let piece = 0; piece < MOST_PIECES && !stopped?.aborted; piece += 1) {
    const forgotten = await store.listForgotten(days);
    for (const aid of forgotten) {
      // Has said in the log what was wrong; the same would be wrong with the others.
      if (!(await deletions.deleteAccount(aid))) return;
    }
    if (forgotten.length < PIECE) return;
  }
}
