import type { Result } from '#lib/result.ts';
import { isChosen, readChoice } from './choice.ts';
import { COLLECTIONS, type CollectionName, type Database, ENTRIES } from './database.ts';
import { inOneTransaction, type RecordName, readState } from './records.ts';
import type { RecordState } from './recordState.ts';
import type { StorageError } from './storageError.ts';
import { countIn, countOut, sumsOf } from './sums.ts';
import { patchInTransaction, readSyncState } from './syncQueries.ts';
import type { SyncMeta } from './syncTables.ts';

/* What the server lacks, and what changes here when it took it (`docs/sync-design.md` §6). */

/** What a push has to carry, in order; the states are read when their turn comes. */
export interface PushPlan {
  readonly unsent: readonly (RecordName & { readonly isDeleted: boolean })[];
  /** Records of collections that are no longer chosen. */
  readonly forgets: readonly SyncMeta[];
  /** Records of a newer app on the server (rid): never pushed over. */
  readonly untouchable: ReadonlySet<string>;
}

/**
 * Deletions first, entries before what they belong to; then what is there, the other way round: another phone that pulls
 * in between never sees an entry without its contract.
 */
export async function planPush(db: Database): Promise<PushPlan> {
  const choice = await readChoice(db);
  const isLeftOut = ({ collection, contribution }: SyncMeta): boolean =>
    collection !== null && contribution !== null && !isChosen(choice, collection);
  const everything = ENTRIES.every((name) => isChosen(choice, name));
  const forgets = everything ? [] : await db.syncMeta.filter(isLeftOut).toArray();
  const newer = (await db.held.toArray()).filter(({ reason }) => reason === 'NotUnderstood');
  const here = new Map<CollectionName, ReadonlySet<string>>();
  for (const collection of COLLECTIONS) {
    here.set(collection, new Set(await db[collection].toCollection().primaryKeys()));
  }
  const unsent = (await db.unsent.toArray())
    .filter(({ collection, refused }) => refused !== true && isChosen(choice, collection))
    .map(({ collection, id }) => ({ collection, id, isDeleted: here.get(collection)?.has(id) !== true }));
  const place = ({ collection, isDeleted }: (typeof unsent)[number]): number => {
    const order = COLLECTIONS.indexOf(collection);
    return isDeleted ? COLLECTIONS.length - 1 - order : COLLECTIONS.length + order;
  };
  return {
    unsent: unsent.sort((a, b) => place(a) - place(b)),
    forgets,
    untouchable: new Set(newer.map(({ rid }) => rid)),
  };
}

/** One record as it stands now, for a push. */
export interface UnsentRecord extends RecordName {
  readonly state: RecordState;
  readonly generation: string;
}

/** The states of some records of the plan; those that were sent or set aside meanwhile are missing. */
export async function readUnsent(db: Database, names: readonly RecordName[]): Promise<UnsentRecord[]> {
  return db.transaction('r', db.tables, async () => {
    const records: UnsentRecord[] = [];
    for (const { collection, id } of names) {
      const unsent = await db.unsent.get([collection, id]);
      if (unsent !== undefined && unsent.refused !== true) {
        const state = await readState(db, { collection, id });
        records.push({ collection, id, state, generation: unsent.generation });
      }
    }
    return records;
  });
}

/** The sums as they will be when a push was taken: for the manifest that goes with it. */
export async function sumsAfter(
  db: Database,
  changes: readonly SyncMeta[],
): Promise<{ x: Uint8Array; count: number; live: number } | null> {
  const state = await readSyncState(db);
  if (state === null) return null;
  const sums = sumsOf(state);
  const known = await db.syncMeta.bulkGet(changes.map(({ rid }) => rid));
  for (const [index, meta] of changes.entries()) {
    countOut(sums, known[index], state.pass);
    countIn(sums, meta, 1);
  }
  return sums;
}

/** The server took a push: what it has, the sums and `cursor`; records that were not edited meanwhile are sent. */
export function finishPush(
  db: Database,
  changes: readonly SyncMeta[],
  sent: readonly Omit<UnsentRecord, 'state'>[],
  { head, epoch }: { readonly head: number; readonly epoch: number },
): Promise<Result<void, StorageError>> {
  return inOneTransaction(db, async () => {
    const sums = await sumsAfter(db, changes);
    if (sums === null) return;
    await db.syncMeta.bulkPut(changes);
    // What was not authentic there has been written over.
    await db.held.bulkDelete(changes.map(({ rid }) => rid));
    const names = sent.map(({ collection, id }): [CollectionName, string] => [collection, id]);
    const now = await db.unsent.bulkGet(names);
    await db.unsent.bulkDelete(
      names.filter((_, index) => now[index]?.generation === sent[index]?.generation),
    );
    await patchInTransaction(db, { ...sums, cursor: head, manifestEpoch: epoch, pushDue: false });
  });
}

/** The server will not take a record even alone: it is set aside until it is edited. */
export function setAside(
  db: Database,
  record: Omit<UnsentRecord, 'state'>,
): Promise<Result<void, StorageError>> {
  return inOneTransaction(db, async () => {
    const { collection, id, generation } = record;
    if ((await db.unsent.get([collection, id]))?.generation === generation) {
      await db.unsent.put({ collection, id, generation, refused: true });
    }
  });
}
