import type { Activity } from './client.ts';
import type { RunEnd } from './run.ts';

/* When a run begins (docs/sync-design.md §6): often enough to lose nothing, never so often that it empties a battery. */

export type Trigger = 'start' | 'shown' | 'online' | 'edit' | 'hand';

export interface RunnerOptions {
  /** `Elsewhere`: another window is at it. */
  readonly run: (byHand: boolean) => Promise<RunEnd | { readonly type: 'Elsewhere' }>;
  readonly now: () => number;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Calls `work` after `ms`; the answer calls it off. */
  readonly after: (ms: number, work: () => void) => () => void;
  readonly isOnline: () => boolean;
  readonly isShown: () => boolean;
}

export interface Runner {
  readonly trigger: (trigger: Trigger) => void;
  /** Runs now, or after the run under way, and resolves when that has ended. */
  readonly runNow: () => Promise<void>;
  readonly activity: () => Activity;
  /** Something waits for the run under way: an edit, or a choice. */
  readonly isAwaited: () => boolean;
  readonly subscribe: (listener: () => void) => () => void;
  readonly stop: () => void;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const WAITS = [5 * SECOND, 15 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR];
const DELAY: Readonly<Record<Trigger, number>> = {
  start: 3 * SECOND,
  shown: 0,
  online: 0,
  edit: 5 * SECOND,
  hand: 0,
};
/** Other tabs tell when they are done by what they write; this is only for the case that they die. */
const ELSEWHERE = MINUTE;

export function createRunner(options: RunnerOptions): Runner {
  const { run, now, random, after, isOnline, isShown } = options;
  const listeners = new Set<() => void>();
  let callOff: (() => void) | null = null;
  let plannedFor = Number.POSITIVE_INFINITY;
  let running: Promise<void> | null = null;
  let failures = 0;
  /** The server asked to wait until then. */
  let notBefore = 0;
  /** Something asked for a run while one was under way. */
  let isAgain = false;
  let hasStopped = false;

  function tell(): void {
    for (const listener of listeners) listener();
  }

  function cancel(): void {
    callOff?.();
    callOff = null;
    plannedFor = Number.POSITIVE_INFINITY;
  }

  function plan(ms: number, isRetry: boolean): void {
    const at = now() + ms;
    if (hasStopped || (callOff !== null && plannedFor <= at)) return;
    cancel();
    plannedFor = at;
    callOff = after(ms, () => {
      callOff = null;
      plannedFor = Number.POSITIVE_INFINITY;
      // A phone in a pocket does not try again and again; being shown starts a run.
      if (!isRetry || isShown()) void begin(false);
    });
    tell();
  }

  async function begin(byHand: boolean): Promise<void> {
    if (running !== null) {
      isAgain = true;
      await running;
      // What began before the worker asked may have passed by what the worker means.
      return byHand ? begin(true) : undefined;
    }
    cancel();
    // Not even tried without a network: the browser tells when there is one.
    if (!byHand && !isOnline()) return tell();
    isAgain = false;
    running = runOnce(byHand);
    tell();
    await running;
  }

  async function runOnce(byHand: boolean): Promise<void> {
    const end = await run(byHand)
      .catch((error: unknown) => {
        // Nothing that is known: said in the console, and tried again.
        plan(HOUR, true);
        throw error;
      })
      .finally(() => (running = null));
    if (end.type === 'Ended') {
      isAgain = false;
    } else if (end.type === 'Elsewhere') {
      plan(ELSEWHERE, true);
    } else if (end.type === 'Done') {
      failures = 0;
      notBefore = 0;
      if (isAgain) plan(DELAY.edit, false);
      isAgain = false;
    } else {
      const wait = waitAfter(end);
      if (end.problem.type === 'Busy') notBefore = now() + wait;
      failures += 1;
      plan(wait, true);
    }
    tell();
  }

  function waitAfter({ problem, wait }: Extract<RunEnd, { type: 'Failed' }>): number {
    switch (problem.type) {
      case 'NotAuthorised':
        return 24 * HOUR;
      // Only the worker or the operator can change this.
      case 'Full':
      case 'NotAllowed':
      case 'EnrolNeeded':
      case 'Storage':
        return HOUR;
      default: {
        const usual = WAITS[Math.min(failures, WAITS.length - 1)] ?? HOUR;
        // Not all phones of a dormitory at once.
        return Math.max((wait ?? 0) * (1 + 0.3 * random()), usual * (0.7 + 0.6 * random()));
      }
    }
  }

  return {
    trigger(trigger) {
      if (running !== null) {
        if (trigger === 'edit' || trigger === 'hand') isAgain = true;
        return;
      }
      const wait = trigger === 'hand' ? 0 : Math.max(DELAY[trigger], notBefore - now());
      // Edits come one after the other: the last one counts.
      if (trigger === 'edit' && failures === 0) cancel();
      plan(wait, false);
    },
    runNow: () => begin(true),
    isAwaited: () => isAgain,
    activity: () => (running !== null ? 'working' : callOff !== null && failures > 0 ? 'waiting' : 'resting'),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop() {
      hasStopped = true;
      cancel();
    },
  };
}
