import { base64url } from '#lib/id.ts';
import { err, ok, type Result } from '#lib/result.ts';
import { type CollectionName, type Database, ENTRIES, newDeviceId } from './database.ts';
import { isFieldOf } from './fieldTypes.ts';
import {
  cellsOf,
  EMPTY_STATE,
  type FieldValue,
  isEmpty,
  type RecordState,
  removeFields,
  shownValues,
  type Writer,
  writeFields,
} from './recordState.ts';
import { type StorageError, toStorageError } from './storageError.ts';
import type { Unsent } from './syncTables.ts';

export type Fields = Readonly<Record<string, FieldValue>>;

/** Which record: its collection and id. */
export interface RecordName {
  readonly collection: CollectionName;
  readonly id: string;
}

/** What a removal took away, as it was shown: enough to bring all of it back. */
export interface Removed {
  readonly records: readonly (RecordName & { readonly values: Fields })[];
}

interface Parent {
  readonly collection: CollectionName;
  /** The field of the child that names the parent. */
  readonly field: string;
}

/** What belongs to what. */
export const PARENTS: Readonly<Partial<Record<CollectionName, Parent>>> = {
  pages: { collection: 'contracts', field: 'contractId' },
  agencyPeople: { collection: 'agencies', field: 'agencyId' },
  promises: { collection: 'agencies', field: 'agencyId' },
  payments: { collection: 'agencies', field: 'agencyId' },
  receipts: { collection: 'payments', field: 'paymentId' },
};

/**
 * Saves the fields that changed. `opened` is what the form showed when it opened: fields that the worker did not
 * touch since then stay as another tab may have saved them. A record that was removed meanwhile comes back with
 * every given field. Nothing is stored when saving fails.
 */
export function saveRecord(
  db: Database,
  collection: CollectionName,
  id: string,
  fields: object,
  opened: object | null = null,
): Promise<Result<void, StorageError>> {
  return inOneTransaction(db, async () => {
    await saveInTransaction(db, { collection, id }, fields, opened);
    await keepParent(db, { collection, id });
  });
}

/** Removes a record and everything that belongs to it. Gives back what `restoreRecord` needs to undo it. */
export function removeRecord(
  db: Database,
  collection: CollectionName,
  id: string,
): Promise<Result<Removed, StorageError>> {
  return inOneTransaction(db, async () => {
    const records = [];
    for (const name of await withChildren(db, { collection, id })) {
      const state = await readState(db, name);
      if (!isEmpty(state)) {
        records.push({ ...name, values: shownValues(state) });
        await putState(db, name, removeFields(state, await writerOf(db)));
      }
    }
    return { records };
  });
}

/**
 * Undoes a removal with new writes. Of a record that came back by another way, only what nobody has written since
 * is filled in.
 */
export function restoreRecord(db: Database, removed: Removed): Promise<Result<void, StorageError>> {
  return inOneTransaction(db, async () => {
    for (const { values, ...name } of removed.records) {
      const state = await readState(db, name);
      const missing = Object.entries(values).filter(([field]) => cellsOf(state, field).length === 0);
      await saveInTransaction(db, name, Object.fromEntries(missing), null);
    }
    // Only now: a parent that is among the records must come back as it was.
    for (const name of removed.records) {
      await keepParent(db, name);
    }
  });
}

/**
 * Runs `work` in one transaction over all tables: all of it is kept, or nothing. A connection that the browser
 * lost (iOS) is opened again and `work` repeated once, so `work` must bear running twice.
 */
export async function inOneTransaction<T>(
  db: Database,
  work: () => Promise<T>,
): Promise<Result<T, StorageError>> {
  const first = await tryTransaction(db, work);
  if (first.ok || first.error.type !== 'ConnectionLost') {
    return first;
  }
  db.close({ disableAutoOpen: false });
  try {
    await db.open();
  } catch (error) {
    return err(toStorageError(error));
  }
  return tryTransaction(db, work);
}

/** `saveRecord` for use inside `inOneTransaction`, without looking after the parent. */
export async function saveInTransaction(
  db: Database,
  name: RecordName,
  fields: object,
  opened: object | null,
): Promise<void> {
  const state = await readState(db, name);
  const given = toFields(name.collection, fields);
  const changes = isEmpty(state)
    ? firstValues(given)
    : changedValues(shownValues(state), given, opened && toFields(name.collection, opened));
  if (Object.keys(changes).length > 0) {
    await putState(db, name, writeFields(state, await writerOf(db), changes));
  }
}

/** The stored state of a record, `EMPTY_STATE` when it was never written. */
export async function readState(db: Database, name: RecordName): Promise<RecordState> {
  const stored = await db.recordState.get([name.collection, name.id]);
  return stored === undefined ? EMPTY_STATE : { vv: stored.vv, f: stored.f };
}

/** Stores a state that no server has yet, and the row it shows. Only inside `inOneTransaction`. */
export async function putState(
  db: Database,
  { collection, id }: RecordName,
  state: RecordState,
): Promise<void> {
  const name = { collection, id };
  await storeStates(db, [{ ...name, state }]);
  await markUnsent(db, name);
}

/** Notes that the server does not have a record as it is here. Only inside `inOneTransaction`. */
export async function markUnsent(
  db: Database,
  { collection, id }: RecordName,
  by?: Pick<Unsent, 'merged'>,
): Promise<void> {
  await db.unsent.put({ collection, id, generation: base64url(db.randomBytes(6)), ...by });
}

/** Stores states and the rows they show, each record once. The only place that writes either. */
export async function storeStates(
  db: Database,
  records: readonly (RecordName & { readonly state: RecordState })[],
): Promise<void> {
  await db.recordState.bulkPut(
    records.map(({ collection, id, state }) => ({ collection, id, vv: state.vv, f: state.f })),
  );
  for (const collection of new Set(records.map((record) => record.collection))) {
    const own = records.filter((record) => record.collection === collection);
    const shown = own.filter(({ state }) => !isEmpty(state));
    const gone = own.filter(({ state }) => isEmpty(state));
    await db[collection].bulkPut(shown.map(({ id, state }) => ({ ...shownValues(state), id })));
    await db[collection].bulkDelete(gone.map(({ id }) => id));
  }
}

/** Who writes now. After another tab erased everything, a new device: its numbers begin again at 1. */
export async function writerOf(db: Database): Promise<Writer> {
  const era = (await db.flags.get('era'))?.value ?? '';
  if (db.era !== null && db.era !== era) {
    db.me = newDeviceId(db.randomBytes);
  }
  db.era = era;
  return { me: db.me, now: db.now() + db.clockOffset };
}

async function tryTransaction<T>(db: Database, work: () => Promise<T>): Promise<Result<T, StorageError>> {
  try {
    return ok(await db.transaction('rw', db.tables, work));
  } catch (error) {
    return err(toStorageError(error));
  }
}

/** The record and its descendants, children before their parent. */
async function withChildren(db: Database, name: RecordName): Promise<RecordName[]> {
  const names: RecordName[] = [];
  for (const collection of ENTRIES) {
    const parent = PARENTS[collection];
    if (parent?.collection === name.collection) {
      for (const id of await db[collection].where(parent.field).equals(name.id).primaryKeys()) {
        names.push(...(await withChildren(db, { collection, id })));
      }
    }
  }
  return [...names, name];
}

/**
 * Makes sure that the parent of a record is there: a child whose parent was removed in another tab would be kept but
 * never shown.
 */
export async function keepParent(db: Database, name: RecordName): Promise<void> {
  const parent = PARENTS[name.collection];
  const row = parent && (await db[name.collection].get(name.id));
  const id = parent && row?.[parent.field];
  if (parent === undefined || typeof id !== 'string') {
    return;
  }
  const parentName = { collection: parent.collection, id };
  const state = await readState(db, parentName);
  if (isEmpty(state)) {
    // A field of no form: undoing the removal of the parent can still fill in all others.
    await putState(db, parentName, writeFields(state, await writerOf(db), { kept: true }));
    await keepParent(db, parentName);
  }
}

/**
 * One phone may have deleted a contract while another added a page to it: the page lives, so the contract comes back, as
 * it was last shown (`known`, by `nameText`). Receipts first, for their payments belong to an agency in turn. Only
 * inside `inOneTransaction`, when everything that arrived together is stored.
 */
export async function keepParents(db: Database, known: ReadonlyMap<string, Fields>): Promise<void> {
  for (const collection of [...ENTRIES].reverse()) {
    const parent = PARENTS[collection];
    const ids = parent === undefined ? [] : await db[collection].orderBy(parent.field).uniqueKeys();
    for (const id of ids) {
      const name = typeof id === 'string' && parent ? { collection: parent.collection, id } : null;
      const state = name && (await readState(db, name));
      const values = name && (known.get(nameText(name)) ?? (state && isEmpty(state) ? { kept: true } : null));
      if (name && state && values && isBare(state)) {
        await putState(db, name, writeFields(state, await writerOf(db), values));
      }
    }
  }
}

/** Not there, or there only for what belongs to it: the phone that brought it back knew nothing of it any more. */
export function isBare(state: RecordState): boolean {
  return Object.keys(state.f).every((field) => field === 'kept');
}

/** A record in one word, to find it in a map. */
export function nameText(name: RecordName): string {
  return `${name.collection} ${name.id}`;
}

/** A new record needs at least one value, for a record without any counts as removed. */
function firstValues(fields: Fields): Fields {
  const filled = Object.entries(fields).filter(([, value]) => value !== null);
  return filled.length > 0 ? Object.fromEntries(filled) : fields;
}

function changedValues(shown: Fields, fields: Fields, opened: Fields | null): Fields {
  const changed = Object.entries(fields).filter(([field, value]) => {
    const touched = opened === null || (opened[field] ?? null) !== value;
    return touched && (shown[field] ?? null) !== value;
  });
  return Object.fromEntries(changed);
}

/**
 * Everything but the id; empty text means not filled in. Throws when a value does not fit its field: a mistake in a
 * form, not of the worker, and a copy with such a value could not be read back.
 */
function toFields(collection: CollectionName, values: object): Fields {
  const fields: Record<string, FieldValue> = {};
  for (const [field, value] of Object.entries(values)) {
    if (field !== 'id' && value !== undefined) {
      fields[field] = toFieldValue(collection, field, value === '' ? null : value);
    }
  }
  return fields;
}

function toFieldValue(collection: CollectionName, field: string, value: unknown): FieldValue {
  const fits = value === null || ['string', 'boolean'].includes(typeof value) || Number.isFinite(value);
  if (!fits || !isFieldOf(collection, field, value)) {
    throw new TypeError(`${collection}.${field} cannot hold this value`);
  }
  return value as FieldValue;
}
