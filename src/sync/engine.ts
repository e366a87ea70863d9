import type { Database } from '#data/database.ts';
import { endCopy } from '#data/replica.ts';
import type { StorageError } from '#data/storageError.ts';
import { readSyncState } from '#data/syncQueries.ts';
import type { SyncProblem } from '#data/syncState.ts';
import type { SyncState } from '#data/syncTables.ts';
import { err, ok, type Result } from '#lib/result.ts';
import type { Net, NetError } from './net.ts';

/** What every part of a run needs. The clock and randomness are those of the database. */
export interface Engine {
  readonly db: Database;
  readonly net: Net;
  /** Lets the screen breathe between slices. */
  readonly pause: () => Promise<void>;
  /** Photos may go over the present network. */
  readonly mayMovePhotos: (state: SyncState) => boolean;
  /** Somebody waits for the run to end: photos can wait. */
  readonly isAwaited: () => Promise<boolean>;
  /** How many records the next push may carry: fewer after one that failed or took long. */
  pushSize: number;
  /** Called whenever everything the server had is here. */
  onPulled?: () => void;
}

/** Why a run ended before everything was done. */
export type Failure =
  | NetError
  | { readonly type: 'Storage'; readonly error: StorageError }
  /** A newer app made keys that this one cannot read. */
  | { readonly type: 'AppTooOld' }
  /** The copy was stopped, here or elsewhere, while the run went on. */
  | { readonly type: 'Ended' };

export type Step<T = null> = Result<T, Failure>;

export const DONE = ok(null);
export const ENDED = err({ type: 'Ended' } as const);

/** A failure of the phone's own storage as a failure of the run. */
export function stored<T>(result: Result<T, StorageError>): Step<T> {
  return result.ok ? result : err({ type: 'Storage', error: result.error });
}

/** The row about the copy, as long as there is one that saves. */
export async function activeState(engine: Engine): Promise<Step<SyncState>> {
  const state = await readSyncState(engine.db);
  return state === null || state.phase === 'withdrawing' ? ENDED : ok(state);
}

/** Forgets a copy that somebody deleted. */
export async function endedElsewhere(engine: Engine): Promise<Step<never>> {
  const ended = stored(await endCopy(engine.db, 'StoppedElsewhere'));
  return ended.ok ? ENDED : ended;
}

/** What a failure means to the worker; `null` when it means nothing. */
export function problemOf(failure: Failure): SyncProblem | null {
  switch (failure.type) {
    case 'AppTooOld':
    case 'Offline':
    case 'BadAnswer':
    case 'NotAuthorised':
    case 'NotAllowed':
      return { type: failure.type };
    case 'Storage':
      return failure;
    case 'QuotaExceeded':
      return { type: 'Full', which: failure.which ?? 'bytes' };
    // Another phone writes all the time, or the server asks to wait.
    case 'Busy':
    case 'TooManyRequests':
    case 'HeadMoved':
      return { type: 'Busy' };
    // The two do not understand each other: an older app, or an older server.
    case 'BadRequest':
    case 'Malformed':
    case 'LengthRequired':
    case 'HeadRequired':
    case 'TooLarge':
    case 'AlreadyExists':
    case 'NotFound':
    case 'OutOfRange':
      return { type: 'BadAnswer' };
    case 'Gone':
    case 'Ended':
      return null;
    default:
      return failure satisfies never;
  }
}
