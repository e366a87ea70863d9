import { setImmediate, setTimeout } from 'node:timers/promises';
import type { BlobStore } from '#server/store/blobStore.ts';
import type { Forgotten, Store } from '#server/store/store.ts';
import { bytesToText } from './base64.ts';
import { dayOf } from './day.ts';
import { troubleLine } from './logLine.ts';
import type { InTurn } from './turns.ts';

/** Days in which a phone with a code of a deleted account is told so (docs/sync-design.md §9). */
const GONE_DAYS = 90;

/** Rows or files in one piece, so that other requests get their turn in between. */
const PIECE = 1000;

export interface Deletions {
  /**
   * Deletes an account and resolves when nothing of it is left. From the first moment on every request for it is
   * answered 410. `false` when it could not be finished now: `resume` goes on with it. Never rejects.
   */
  deleteAccount(aid: Uint8Array, cid?: Uint8Array): Promise<boolean>;
  /**
   * Deletes an account that is still forgotten; `false` when it is in use again. Waits for the end of it only for so long
   * as one account may keep others waiting. Rejects when the store could not write down that it is to go.
   */
  deleteForgotten(aid: Uint8Array, days: Forgotten): Promise<boolean>;
  /** Whether it is written down that this account is to go, and somebody is at it. */
  hasBegun(aid: Uint8Array): boolean;
  /** The deletion that was asked for with this code, while it is under way. */
  findByCode(cid: Uint8Array): Promise<boolean> | null;
  /**
   * Finishes what a crash or a failure has left. Never rejects; what fails again stays for the next time, and what takes
   * long goes on beside the others.
   */
  resume(): Promise<void>;
  /** Ends after the piece under way; the rest is finished after the next start. */
  stop(): Promise<void>;
}

export interface DeletionDependencies {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly inTurn: InTurn;
  readonly now: () => number;
  readonly log: (line: string) => void;
  /** Milliseconds that one deletion may keep others waiting. */
  readonly patience?: number;
}

/** Long enough for the photos of a large account. */
const PATIENCE = 60_000;

export function createDeletions({
  store,
  blobs,
  inTurn,
  now,
  log,
  patience = PATIENCE,
}: DeletionDependencies): Deletions {
  const begun = new Set<string>();
  const underWay = new Map<string, Promise<boolean>>();
  const byCode = new Map<string, Promise<boolean>>();
  let stopping = false;

  /** `false` when the server stops in between. */
  async function inPieces(piece: () => Promise<{ readonly done: boolean }>): Promise<boolean> {
    while (!(await piece()).done) {
      await setImmediate();
      if (stopping) return false;
    }
    return true;
  }

  async function deleteAll(aid: Uint8Array): Promise<boolean> {
    const name = bytesToText(aid);
    try {
      await store.startDeletion(aid);
      begun.add(name);
      // In turn with uploads: one that had reserved its place before has put its bytes down, and they are found here.
      return await inTurn(
        name,
        async () =>
          (await inPieces(() => blobs.deleteAccount(aid, PIECE))) &&
          (await inPieces(() => store.continueDeletion(aid, PIECE, dayOf(now()) + GONE_DAYS))),
      );
    } catch (error) {
      log(troubleLine('a deletion', error));
      return false;
    } finally {
      begun.delete(name);
    }
  }

  function deleteAccount(aid: Uint8Array, cid?: Uint8Array): Promise<boolean> {
    const name = bytesToText(aid);
    const running = underWay.get(name) ?? remember(underWay, name, deleteAll(aid));
    // The rows of its codes go before its own: without this a second DELETE would hear "gone" a moment too early.
    if (cid) void remember(byCode, bytesToText(cid), running);
    return running;
  }

  /** Waits for its end, but not for ever: a store of photos may hang. */
  async function waitFor(deletion: Promise<boolean>): Promise<void> {
    const waiting = new AbortController();
    const { signal } = waiting;
    await Promise.race([deletion, setTimeout(patience, undefined, { signal, ref: false })]);
    waiting.abort();
  }

  async function deleteForgotten(aid: Uint8Array, days: Forgotten): Promise<boolean> {
    if (!(await store.startDeletion(aid, days))) return false;
    await waitFor(deleteAccount(aid));
    return true;
  }

  async function resume(): Promise<void> {
    try {
      for (const aid of await store.listDeletions()) {
        if (stopping) return;
        await waitFor(deleteAccount(aid));
      }
    } catch (error) {
      log(troubleLine('the list of deletions', error));
    }
  }

  async function stop(): Promise<void> {
    stopping = true;
    await Promise.all(underWay.values());
  }

  return {
    deleteAccount,
    deleteForgotten,
    hasBegun: (aid) => begun.has(bytesToText(aid)),
    findByCode: (cid) => byCode.get(bytesToText(cid)) ?? null,
    resume,
    stop,
  };
}

/** Keeps a promise, which never rejects, under a name until it is settled. */
function remember(
  places: Map<string, Promise<boolean>>,
  name: string,
  running: Promise<boolean>,
): Promise<boolean> {
  places.set(name, running);
  void running.then(() => {
    if (places.get(name) === running) places.delete(name);
  });
  return running;
}
