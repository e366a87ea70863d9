import type { BlobStore } from '#server/store/blobStore.ts';
import type { Store } from '#server/store/store.ts';
import { bytesToText } from './base64.ts';
import { removeBlob } from './blobs.ts';
import { dayOf } from './day.ts';
import type { Deletions } from './deletions.ts';
import { troubleLine } from './logLine.ts';
import type { InTurn } from './turns.ts';

/** Accounts that never saved anything (docs/sync-design.md §9). */
const EMPTY_DAYS = 30;
/** Accounts without any request. */
const UNSEEN_DAYS = 3 * 365;
/** A server that nobody has used for so long cannot tell whether its clock is years ahead. */
const SILENT_DAYS = 60;
/** Milliseconds from the start of the server until it removes accounts: its clock may be put right meanwhile. */
export const SETTLING = 6 * 3_600_000;
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
  readonly log: (line: string) => void;
  /** Milliseconds since the start of the server, by a clock that nobody can set. */
  readonly uptime?: () => number;
  /** Ends the sweep after the piece under way. */
  readonly stopped?: AbortSignal;
}

type World = Required<Omit<SweepDependencies, 'stopped'>> & Pick<SweepDependencies, 'stopped'>;

/** Removes what nobody needs any more, in pieces. Never rejects: what fails is logged, and tried again by the next sweep. */
export async function sweep(dependencies: SweepDependencies): Promise<void> {
  const world: World = { uptime: () => performance.now(), ...dependencies };
  for (const part of [sweepUnfinishedBlobs, sweepGone, sweepForgottenAccounts])
    await part(world).catch((error: unknown) => world.log(troubleLine('the daily sweep', error)));
}

async function sweepGone({ store, now }: World): Promise<void> {
  await store.sweepGone(dayOf(now()));
}

async function sweepUnfinishedBlobs(world: World): Promise<void> {
  const { store, inTurn, now } = world;
  // Reserved before yesterday began, so at least a day ago.
  const before = dayOf(now()) - 1;
  await inPieces(world, 'the sweep of a photo', {
    list: (most) => store.listUnfinishedBlobs(before, most),
    nameOf: ({ aid, bid }) => `${bytesToText(aid)}/${bytesToText(bid)}`,
    remove: async ({ aid, bid }) => {
      // The list may be old by now: an upload that was taken up again has made it ready.
      await inTurn(bytesToText(aid), () => removeBlob(world, aid, bid, 'unfinished'));
    },
  });
}

async function sweepForgottenAccounts(world: World): Promise<void> {
  const { store, deletions, now, log, uptime } = world;
  if (uptime() < SETTLING) return;
  const today = dayOf(now());
  const days = { emptyBefore: today - EMPTY_DAYS, unseenBefore: today - UNSEEN_DAYS };
  if ((await store.listForgotten({ ...days, most: 1 })).length === 0) return;
  // Not today nor yesterday: a phone may have asked since the clock went wrong.
  if (!(await store.wasUsedBetween(today - SILENT_DAYS - 1, today - 1))) {
    log(
      `Forgotten accounts are not removed now: before yesterday nobody used this server for ${SILENT_DAYS} days. Is its clock right?`,
    );
    return;
  }
  await inPieces(world, 'the sweep of an account', {
    list: (most) => store.listForgotten({ ...days, most }),
    nameOf: bytesToText,
    remove: async (aid) => {
      await deletions.deleteForgotten(aid, days);
    },
  });
}

interface Sweeping<T> {
  readonly list: (most: number) => Promise<readonly T[]>;
  readonly nameOf: (item: T) => string;
  readonly remove: (item: T) => Promise<void>;
}

/** Each item is tried once: one that fails is logged and passed over, and those behind it get their turn. */
async function inPieces<T>(
  { log, stopped }: World,
  what: string,
  { list, nameOf, remove }: Sweeping<T>,
): Promise<void> {
  const tried = new Set<string>();
  let failed = 0;
  for (let piece = 0; piece < MOST_PIECES; piece += 1) {
    const listed = await list(failed + PIECE);
    const left = listed.filter((item) => !tried.has(nameOf(item)));
    if (left.length === 0 && listed.length < failed + PIECE) return;
    failed = listed.length - left.length;
    for (const item of left) {
      if (stopped?.aborted) return;
      tried.add(nameOf(item));
      await remove(item).catch((error: unknown) => log(troubleLine(what, error)));
    }
  }
}
