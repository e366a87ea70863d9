import type { Database } from '#data/database.ts';
import { changeChoice, endCopy } from '#data/replica.ts';
import { countEntries } from '#data/storage.ts';
import { dismissNews, patchSyncState, readSyncState } from '#data/syncQueries.ts';
import type { SyncProblem } from '#data/syncState.ts';
import { watchEdits } from '#data/watch.ts';
import { err, ok, type Result } from '#lib/result.ts';
import type { OtherCode, Progress, SyncClient, SyncError } from './client.ts';
import { addFamily, otherCodes, replaceCode, takeAway } from './codes.ts';
import { agree, deleteByCode, joinCopy, previewCopy } from './copies.ts';
import type { Engine } from './engine.ts';
import { exportSealed, importSealed } from './fileCopy.ts';
import { createNet } from './net.ts';
import { REMIND_AFTER } from './newCopy.ts';
import { type RunEnd, syncOnce } from './run.ts';
import { createRunner, type Trigger } from './runner.ts';
import { LIMITS } from '#shared/protocol.ts';

/** The opt-in copy of one database, with the browser's own network and locks. Starts nothing by itself. */
export function createSyncClient(db: Database): SyncClient & {
  /** Begins to save by itself: in some seconds, when shown, when online, after edits. Gives the function that ends it. */
  readonly start: () => () => void;
} {
  const { now } = db;
  let progress: ((progress: Progress) => void) | null = null;
  let received = 0;
  let photosNow = false;
  /** Why the last run failed: on a full phone this can stand nowhere else. */
  let failure: SyncProblem | null = null;
  const net = createNet({
    now,
    onBytes: (bytes) => {
      received += bytes;
      progress?.({ bytes: received, total });
    },
  });
  let total = 0;
  const engine: Engine = {
    db,
    net,
    pause: breathe,
    mayMovePhotos: (state) => !state.wifiOnly || photosNow || isOnWifi(),
    isAwaited: async () => runner.isAwaited() || (await lock.isAwaited()),
    pushSize: LIMITS.pushRecords,
  };
  const lock = createLock(`${db.name}-sync`);

  const runner = createRunner({
    run: async (byHand): Promise<RunEnd | { type: 'Elsewhere' }> => {
      const end = await lock.ifFree(() => syncOnce(engine, byHand));
      failure = end?.type === 'Failed' ? end.problem : null;
      return end ?? { type: 'Elsewhere' };
    },
    now,
    random: Math.random,
    after: (ms, work) => {
      const timer = setTimeout(work, ms);
      return () => clearTimeout(timer);
    },
    isOnline: () => navigator.onLine,
    isShown: () => document.visibilityState === 'visible',
  });

  /** Work on keys and codes never runs beside a run. */
  async function alone<T>(work: () => Promise<Result<T, SyncError>>): Promise<Result<T, SyncError>> {
    const result = await lock.wait(work);
    runner.trigger('hand');
    return result;
  }

  function start(): () => void {
    const listen = (target: EventTarget, event: string, trigger: Trigger, when = () => true) => {
      const listener = () => when() && runner.trigger(trigger);
      target.addEventListener(event, listener);
      return () => target.removeEventListener(event, listener);
    };
    const ends = [
      listen(globalThis, 'online', 'online'),
      listen(document, 'visibilitychange', 'shown', () => document.visibilityState === 'visible'),
      watchEdits(db, () => runner.trigger('edit')),
      runner.stop,
    ];
    runner.trigger('start');
    return () => {
      for (const end of ends) end();
    };
  }

  return {
    start,
    agree: (answer) => alone(() => agree(engine, answer)),
    agreeAgain: (text) => patchSyncState(db, { consent: { at: now(), text } }),
    confirmCode: () => patchSyncState(db, { code: null, remindAt: null }),
    remindLater: () => patchSyncState(db, { remindAt: now() + REMIND_AFTER }),
    async setChoice(choice) {
      const changed = await changeChoice(db, choice);
      runner.trigger('hand');
      return changed;
    },
    async setWifiOnly(wifiOnly) {
      const changed = await patchSyncState(db, { wifiOnly });
      runner.trigger('hand');
      return changed;
    },
    async sendPhotosNow() {
      photosNow = true;
      await runner.runNow();
      photosNow = false;
    },
    preview: (digits) => previewCopy(engine, digits),
    async restore(digits, onProgress) {
      const joined = await lock.wait(() => joinCopy(engine, digits));
      if (!joined.ok) return joined;
      received = 0;
      total = joined.value.bytes;
      progress = onProgress;
      // Entries are there as soon as the pull came to its end. Photos come after, and nobody waits for them.
      let hasCome = false;
      const coming = new Promise<void>((resolve) => {
        engine.onPulled = () => {
          hasCome = true;
          resolve();
        };
      });
      await Promise.race([runner.runNow(), coming]);
      progress = null;
      if ((await readSyncState(db)) === null) return err({ type: 'Gone' });
      if (!hasCome && failure !== null) return err(failure);
      return ok({ entries: (await countEntries(db)).all });
    },
    syncNow: () => runner.runNow(),
    activity: runner.activity,
    subscribe: runner.subscribe,
    seen: (news) => dismissNews(db, news),
    async otherCodes(): Promise<Result<readonly OtherCode[], SyncError>> {
      return otherCodes(engine);
    },
    addFamily: (label) => alone(() => addFamily(engine, label)),
    takeAway: (cid) => alone(() => takeAway(engine, cid)),
    replaceCode: () => alone(() => replaceCode(engine)),
    async stop() {
      // Without waiting: from here on nothing is sent any more, also when the app is closed now. A run ends at its next step.
      const noted = await patchSyncState(db, { phase: 'withdrawing', problem: null });
      if (!noted.ok) return err({ type: 'Storage', error: noted.error });
      await lock.wait(async () => {});
      await runner.runNow();
      const state = await readSyncState(db);
      return state === null ? ok(undefined) : err(state.problem ?? { type: 'Offline' });
    },
    stopHere: () => lock.wait(() => endCopy(db, null)),
    stopWithCode: (digits) => deleteByCode(engine, digits),
    exportSealed: (onProgress) => exportSealed(db, onProgress),
    importSealed: (file, digits, bringBack) => importSealed(db, file, digits, bringBack),
  };
}

/** Lets the screen answer; a timer waits longer than needed from its fifth time on. */
function breathe(): Promise<void> {
  const { scheduler } = globalThis as { scheduler?: { yield?: () => Promise<void> } };
  return scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve));
}

/** Android says what carries the network; where nobody says, it may cost the worker's data. */
function isOnWifi(): boolean {
  const { connection } = navigator as Navigator & { connection?: { type?: string } };
  return connection?.type === 'wifi' || connection?.type === 'ethernet';
}

interface Lock {
  /** `null` when another window holds it. */
  readonly ifFree: <T>(work: () => Promise<T>) => Promise<T | null>;
  readonly wait: <T>(work: () => Promise<T>) => Promise<T>;
  /** Something waits for it, in whatever window. */
  readonly isAwaited: () => Promise<boolean>;
}

/** One at a time over all windows; without Web Locks (plain http) over this one. */
function createLock(name: string): Lock {
  const locks = navigator.locks as LockManager | undefined;
  if (locks !== undefined) {
    return {
      ifFree: async (work) => locks.request(name, { ifAvailable: true }, (lock) => (lock ? work() : null)),
      wait: async (work) => locks.request(name, work),
      isAwaited: async () => (await locks.query()).pending?.some((lock) => lock.name === name) ?? false,
    };
  }
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  const wait = async <T>(work: () => Promise<T>): Promise<T> => {
    waiting += 1;
    const next = last.then(() => {
      waiting -= 1;
      return work();
    });
    last = next.catch(() => {});
    return next;
  };
  return { ifFree: wait, wait, isAwaited: () => Promise.resolve(waiting > 0) };
}
