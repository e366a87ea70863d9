import type { Result } from '#lib/result.ts';
import { forgetChoice, isChosen, readChoice, saveChoice } from './choice.ts';
import { type CollectionName, type Database, ENTRIES } from './database.ts';
import type { DecodedRecord } from './encoding.ts';
import { covers, receive } from './merge.ts';
import {
  type Fields,
  inOneTransaction,
  isBare,
  keepParents,
  markUnsent,
  nameText,
  PARENTS,
  type RecordName,
  storeStates,
  writerOf,
} from './records.ts';
import { EMPTY_STATE, isEmpty, type RecordState, shownValues, type Writer } from './recordState.ts';
import type { StorageError } from './storageError.ts';
import { countIn, countOut, emptySums, sumsOf } from './sums.ts';
import { addNews, patchInTransaction, readSyncState } from './syncQueries.ts';
import { type Choice, GROUPS, type SyncNews } from './syncState.ts';
import type { Held, RemovedEntry, SyncMeta, SyncState } from './syncTables.ts';

/*
 * The phone's side of the opt-in copy (`docs/sync-design.md` §4 to §6): every change of entries, of what the server has,
 * and of the sums that are compared with the manifest happens in one transaction. Nothing here seals or sends.
 */

/** One record of a pull, opened as far as it could be. `contribution`: what it adds to `x` of the manifest. */
export type ReceivedRecord = { readonly rid: string; readonly seq: number } & (
  | { readonly kind: 'Record'; readonly contribution: Uint8Array; readonly record: DecodedRecord }
  /** Authentic, but from a newer app. Counted, and never pushed over. */
  | { readonly kind: 'NotUnderstood'; readonly contribution: Uint8Array; readonly env: Uint8Array }
  /** As if it were missing on the server. */
  | { readonly kind: 'NotAuthentic'; readonly env: Uint8Array }
  /** A phone chose that the server shall not have it any more. Deletes nothing here. */
  | { readonly kind: 'Forgotten' }
);

/** Begins saving: keys, choice, and everything that is here as unsent, in one transaction. */
export function beginCopy(
  db: Database,
  state: SyncState,
  choice: Choice | null,
): Promise<Result<void, StorageError>> {
  return inOneTransaction(db, async () => {
    await clearCopy(db);
    await db.syncState.put(state);
    if (choice !== null) {
      await saveChoice(db, choice);
    } else {
      await forgetChoice(db);
    }
    for (const { collection, id } of await db.recordState.toArray()) {
      await markUnsent(db, { collection, id });
    }
  });
}

/** Ends saving: keys and everything about the server goes, every entry stays. `news`: what to tell, once. */
export function endCopy(db: Database, news: SyncNews | null): Promise<Result<void, StorageError>> {
  return inOneTransaction(db, async () => {
    await clearCopy(db);
    if (news !== null) {
      await addNews(db, news);
    }
  });
}

async function clearCopy(db: Database): Promise<void> {
  await db.syncState.delete('sync');
  for (const table of [db.syncMeta, db.unsent, db.held, db.blobState]) {
    await table.clear();
  }
}

/** A pull from 0: sums begin anew. What the server has is known again at its end. */
export function beginFullPull(db: Database, patch: Partial<SyncState>): Promise<Result<void, StorageError>> {
  return inOneTransaction(db, async () => {
    const state = await readSyncState(db);
    if (state !== null) {
      const pass = state.pass + 1;
      await db.syncState.put({ ...state, ...patch, ...emptySums(), pass, fullPull: true });
    }
  });
}

/** What a slice changes, written in one go: a small phone needs a second for a thousand single writes. */
interface Writes {
  readonly states: (RecordName & { readonly state: RecordState })[];
  readonly sent: [CollectionName, string][];
  readonly unsent: RecordName[];
  /** Unsent, if they are not already. */
  readonly missing: RecordName[];
  readonly metas: SyncMeta[];
  readonly metasGone: string[];
  readonly held: Held[];
  readonly released: string[];
  readonly removed: RemovedEntry[];
  readonly back: [CollectionName, string][];
}

function noWrites(): Writes {
  return {
    states: [],
    sent: [],
    unsent: [],
    missing: [],
    metas: [],
    metasGone: [],
    held: [],
    released: [],
    removed: [],
    back: [],
  };
}

async function write(db: Database, writes: Writes, own: ReadonlySet<string> | null): Promise<void> {
  await storeStates(db, writes.states);
  await db.unsent.bulkDelete(
    writes.sent.filter(([collection, id]) => own?.has(nameText({ collection, id })) ?? true),
  );
  await db.syncMeta.bulkPut(writes.metas);
  await db.syncMeta.bulkDelete(writes.metasGone);
  await db.held.bulkPut(writes.held);
  await db.held.bulkDelete(writes.released);
  await db.removed.bulkPut(writes.removed);
  await db.removed.bulkDelete(writes.back);
  for (const name of writes.unsent) await markUnsent(db, name, { merged: true });
  for (const name of writes.missing) await missingOnServer(db, name);
}

/**
 * Takes in a slice of a pull, each record once: entries, what the server has, the sums and `cursor`, all or nothing.
 * Nothing when the copy was stopped meanwhile. `isFirst`: this phone knows nothing of these records on the server; then
 * whatever it has itself is unsent, and the rest needs no look.
 */
export function receiveSlice(
  db: Database,
  records: readonly ReceivedRecord[],
  cursor: number,
  isFirst = false,
): Promise<Result<void, StorageError>> {
  return inOneTransaction(db, async () => {
    const sync = await readSyncState(db);
    if (sync === null) return;
    const sums = sumsOf(sync);
    // Only a received choice can change what is chosen.
    const hasChoice = records.some((came) => came.kind === 'Record' && came.record.collection === 'choice');
    const choice = hasChoice ? await readChoice(db) : null;
    const rids = records.map(({ rid }) => rid);
    const known = isFirst ? [] : await db.syncMeta.bulkGet(rids);
    const held = (await db.held.count()) > 0 ? await db.held.bulkGet(rids) : null;
    const own = isFirst ? await unsentNames(db) : null;
    const locals = await readLocals(db, records, own);
    const writer = await writerOf(db);
    const writes = noWrites();
    const parents = new Map(Object.entries(sync.parents));
    let parentsDue = sync.parentsDue;
    // No place of an entry ever becomes lower: the server shows an older copy of itself.
    let isSetBack = false;
    for (const [index, came] of records.entries()) {
      const before = known[index];
      const received = asItCanBe(came, before, held?.[index]);
      isSetBack ||= before !== undefined && received.seq < before.seq;
      countOut(sums, before, sync.pass);
      if (received.kind === 'Record') {
        const local = locals.get(nameText(received.record)) ?? EMPTY_STATE;
        parentsDue = takeIn(sync, received.record, local, writer, writes, parents) || parentsDue;
      } else if (received.kind !== 'NotUnderstood' && before?.collection && before.id) {
        writes.missing.push({ collection: before.collection, id: before.id });
      }
      keepOrRelease(received, held !== null, writes);
      const meta = metaOf(received, before, sync.pass);
      if (meta === null) {
        writes.metasGone.push(received.rid);
      } else {
        countIn(sums, meta, 1);
        writes.metas.push(meta);
      }
    }
    await write(db, writes, own);
    await patchInTransaction(db, { ...sums, cursor, parents: Object.fromEntries(parents), parentsDue });
    if (choice !== null) await sendNewlyChosen(db, choice);
    if (isSetBack) await addNews(db, incompleteNews(sync));
  });
}

/** What this phone opened or wrote itself in this very place is of no newer app: somebody changed its version. */
function asItCanBe(
  came: ReceivedRecord,
  known: SyncMeta | undefined,
  held: Held | undefined,
): ReceivedRecord {
  const isChanged = came.kind === 'NotUnderstood' && known?.seq === came.seq && held === undefined;
  return isChanged ? { rid: came.rid, seq: came.seq, kind: 'NotAuthentic', env: came.env } : came;
}

/** What to tell when the server's copy was not complete: a family copy can only tell. */
export function incompleteNews({ ring }: SyncState): SyncNews {
  return ring.role === 'owner' ? 'Repaired' : 'Incomplete';
}

async function unsentNames(db: Database): Promise<ReadonlySet<string>> {
  const names = await db.unsent.toCollection().primaryKeys();
  return new Set(names.map(([collection, id]) => nameText({ collection, id })));
}

/** What is here of these records; with `own` only those are looked for. */
async function readLocals(
  db: Database,
  records: readonly ReceivedRecord[],
  own: ReadonlySet<string> | null,
): Promise<ReadonlyMap<string, RecordState>> {
  const names = records
    .flatMap((received) => (received.kind === 'Record' ? [received.record] : []))
    .filter((record) => own?.has(nameText(record)) ?? true)
    .map(({ collection, id }): [CollectionName, string] => [collection, id]);
  const locals = new Map<string, RecordState>();
  for (const stored of await db.recordState.bulkGet(names)) {
    if (stored !== undefined) locals.set(nameText(stored), { vv: stored.vv, f: stored.f });
  }
  return locals;
}

/** What cannot be merged stays as it came, until it can be. */
function keepOrRelease(received: ReceivedRecord, hasHeld: boolean, writes: Writes): void {
  const { rid, seq, kind } = received;
  if (kind === 'NotUnderstood' || kind === 'NotAuthentic') {
    writes.held.push({ rid, seq, env: received.env, reason: kind });
  } else if (hasHeld) {
    writes.released.push(rid);
  }
}

/** What the server has now; `null` when it counts as missing, or nothing is known of it. */
function metaOf(received: ReceivedRecord, known: SyncMeta | undefined, pass: number): SyncMeta | null {
  const { rid, seq } = received;
  const name = { collection: known?.collection ?? null, id: known?.id ?? null };
  switch (received.kind) {
    case 'Record': {
      const { collection, id, state } = received.record;
      const live = collection !== 'choice' && !isEmpty(state);
      return { rid, collection, id, seq, contribution: received.contribution, live, pass };
    }
    case 'NotUnderstood':
      return { rid, ...name, seq, contribution: received.contribution, live: true, pass };
    case 'Forgotten':
      return known === undefined ? null : { rid, ...name, seq, contribution: null, live: false, pass };
    case 'NotAuthentic':
      return null;
  }
}

/** Merges one record. Gives whether an entry may now lack the one it belongs to. */
function takeIn(
  sync: SyncState,
  record: DecodedRecord,
  local: RecordState,
  writer: Writer,
  writes: Writes,
  parents: Map<string, Fields>,
): boolean {
  const { collection, id } = record;
  const name = { collection, id };
  const isSame = covers(local, record.state) && covers(record.state, local);
  const { state, unsent } = receive(local, record.state, writer);
  if (!isSame) {
    writes.states.push({ ...name, state });
    if (sync.ring.role === 'reader') keepForFamily(name, local, state, writer, writes);
  }
  if (!unsent) {
    writes.sent.push([collection, id]);
  } else if (state !== local) {
    writes.unsent.push(name);
  } else {
    writes.missing.push(name);
  }
  const hasChildren = ENTRIES.some((entry) => PARENTS[entry]?.collection === collection);
  // Also when it came back from a phone that had removed it: this one still knows what it said.
  if (hasChildren && isBare(state) && !isBare(local)) {
    parents.set(nameText(name), shownValues(local));
    return true;
  }
  if (!isBare(state)) {
    parents.delete(nameText(name));
  }
  return PARENTS[collection] !== undefined && !isEmpty(state) && !isSame;
}

/** A family copy keeps what a deletion removes: who takes the worker's phone cannot erase the evidence everywhere. */
function keepForFamily(
  { collection, id }: RecordName,
  before: RecordState,
  after: RecordState,
  { now }: Writer,
  writes: Writes,
): void {
  if (!isEmpty(after)) {
    writes.back.push([collection, id]);
  } else if (!isEmpty(before)) {
    writes.removed.push({ collection, id, values: shownValues(before), removedAt: now });
  }
}

/** Unsent, without disturbing a push under way when it is so already. */
async function missingOnServer(db: Database, name: RecordName): Promise<void> {
  const isKnown = (await db.unsent.get([name.collection, name.id])) !== undefined;
  if (!isKnown && (await db.recordState.get([name.collection, name.id])) !== undefined) {
    await markUnsent(db, name, { merged: true });
  }
}

/** A choice that another phone made: what was off here may never have been sent. */
async function sendNewlyChosen(db: Database, before: Choice): Promise<void> {
  const after = await readChoice(db);
  if (GROUPS.some((group) => after[group] && !before[group])) {
    await sendMissing(db, after);
  }
}

/** Makes every chosen record unsent that the server does not have, as far as is known in this pass. */
async function sendMissing(db: Database, choice: Choice): Promise<void> {
  const { pass = 0 } = (await readSyncState(db)) ?? {};
  const there = new Set<string>();
  await db.syncMeta.each(({ collection, id, contribution, pass: seen }) => {
    if (collection && id && contribution !== null && seen === pass) there.add(nameText({ collection, id }));
  });
  for (const [collection, id] of await db.recordState.toCollection().primaryKeys()) {
    if (isChosen(choice, collection) && !there.has(nameText({ collection, id }))) {
      await missingOnServer(db, { collection, id });
    }
  }
}

/** Changes what is saved: groups that are new are sent, groups that are gone are forgotten by the next push. */
export function changeChoice(db: Database, choice: Partial<Choice>): Promise<Result<void, StorageError>> {
  return inOneTransaction(db, async () => {
    const before = await readChoice(db);
    await saveChoice(db, choice);
    await patchInTransaction(db, { full: null, photosFull: null });
    await sendNewlyChosen(db, before);
  });
}

/**
 * The end of a pull, at head: entries that lost what they belong to get it back, and after a pull from 0 whatever the
 * server lacks becomes unsent. Gives how many records the server lacked.
 */
export function finishPull(db: Database, patch: Partial<SyncState>): Promise<Result<number, StorageError>> {
  return inOneTransaction(db, async () => {
    const state = await readSyncState(db);
    if (state === null) return 0;
    if (state.parentsDue && state.ring.role === 'owner') {
      await keepParents(db, new Map(Object.entries(state.parents)));
    }
    let lost = 0;
    if (state.fullPull) {
      const old = await db.syncMeta.filter(({ pass }) => pass < state.pass).toArray();
      lost = old.filter(({ contribution }) => contribution !== null).length;
      await db.syncMeta.bulkDelete(old.map(({ rid }) => rid));
      await sendMissing(db, await readChoice(db));
    }
    await patchInTransaction(db, { ...patch, parentsDue: false, parents: {}, fullPull: false });
    return lost;
  });
}

/** Everything that could not be merged yet. */
export function listHeld(db: Database): Promise<Held[]> {
  return db.held.toArray();
}
