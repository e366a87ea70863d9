import type { Activity } from '#sync/client.ts';
import { type Choice, GROUPS, type SyncOverview, type SyncProblem } from '#data/syncState.ts';

/** The one thing that the line says about the copy. */
export type Status =
  | { readonly type: 'off' }
  | { readonly type: 'withdrawing'; readonly isOnline: boolean }
  | { readonly type: 'problem'; readonly problem: Exclude<SyncProblem, { type: 'Offline' }> }
  | { readonly type: 'saving' }
  | { readonly type: 'waiting'; readonly entries: number }
  | { readonly type: 'starting' }
  | { readonly type: 'photosLeft'; readonly photos: number; readonly needsWifi: boolean }
  | { readonly type: 'photosToCome'; readonly photos: number; readonly needsWifi: boolean }
  | { readonly type: 'soon' }
  | { readonly type: 'nothingChosen' }
  | { readonly type: 'saved'; readonly at: number }
  | { readonly type: 'read'; readonly at: number | null };

interface Moment {
  readonly activity: Activity;
  readonly isOnline: boolean;
}

/** What to say first: what the worker asked to end, then what is wrong, then what goes on, then that all is well. */
export function statusOf(overview: SyncOverview, { activity, isOnline }: Moment): Status {
  const { phase, role, problem, entriesLeft, photosLeft, photosToCome, savedAt } = overview;
  const toCome = { type: 'photosToCome', photos: photosToCome, needsWifi: !overview.mayFetchPhotos } as const;
  if (phase === 'off') return { type: 'off' };
  const canSend = isOnline && problem?.type !== 'Offline';
  if (phase === 'withdrawing') return { type: 'withdrawing', isOnline: canSend };
  if (problem !== null && problem.type !== 'Offline') return { type: 'problem', problem };
  if (activity === 'working' && canSend) return { type: 'saving' };
  if (role === 'reader') {
    return photosToCome > 0 ? toCome : { type: 'read', at: savedAt };
  }
  const isUnsent = entriesLeft > 0 || overview.choiceLeft;
  if (!canSend && (isUnsent || savedAt === null)) return { type: 'waiting', entries: entriesLeft };
  if (phase === 'starting') return { type: 'starting' };
  if (isUnsent) return { type: 'soon' };
  if (photosLeft > 0) return { type: 'photosLeft', photos: photosLeft, needsWifi: overview.wifiOnly };
  if (photosToCome > 0) return toCome;
  if (savedAt === null) return { type: 'soon' };
  return hasGroup(overview.choice) ? { type: 'saved', at: savedAt } : { type: 'nothingChosen' };
}

/** Yes when at least one group is chosen: photos alone belong to no entry. */
export const hasGroup = (choice: Choice): boolean => GROUPS.some((group) => choice[group]);

/** What came does not go on by itself: the worker should look at the page of the copy. */
export const isInTrouble = (overview: SyncOverview | undefined): boolean =>
  overview !== undefined && overview.problem !== null && overview.problem.type !== 'Offline';

/**
 * Whether the worker may leave a copy behind whose end is not proved. A busy server and a missing network pass by
 * themselves, unless asking again by hand did not help either.
 */
export const mayLeaveBehind = (problem: SyncProblem | null, hasAskedAgain: boolean): boolean =>
  problem !== null && (hasAskedAgain || (problem.type !== 'Busy' && problem.type !== 'Offline'));

export type Ago =
  | { readonly unit: 'now' }
  | { readonly unit: 'minutes' | 'hours'; readonly count: number }
  | { readonly unit: 'day' };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** How long ago a moment was, as it is said; a moment that a wrong clock puts into the future was just now. */
export function agoOf(at: number, now: number): Ago {
  const past = now - at;
  if (past < MINUTE) return { unit: 'now' };
  if (past < HOUR) return { unit: 'minutes', count: Math.floor(past / MINUTE) };
  if (past < 24 * HOUR) return { unit: 'hours', count: Math.floor(past / HOUR) };
  return { unit: 'day' };
}

/** The code still waits to be written down, and the worker did not say "later" a short time ago. */
export function isReminderDue({ code, remindAt }: SyncOverview, now: number): boolean {
  return code !== null && (remindAt === null || remindAt <= now);
}
