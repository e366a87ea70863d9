import type { Result } from '#lib/result.ts';
import type { Database, Row } from './database.ts';
import { byPosition, lastPosition, moveInTransaction } from './positions.ts';
import { inOneTransaction, type Removed, removeRecord, saveInTransaction } from './records.ts';
import type { StorageError } from './storageError.ts';

export type Relation = 'family' | 'friend' | 'coworker' | 'helper' | 'other';

/** One of the worker's own people. `null` means: not filled in. */
export interface ContactFields {
  readonly name: string | null;
  readonly phone: string | null;
  readonly relation: Relation | null;
  /** Set by saving; the smallest stands first. */
  readonly position: number | null;
}

export interface Contact extends ContactFields {
  readonly id: string;
}

/** A contact with nothing filled in. */
export function emptyContact(): ContactFields {
  return { name: null, phone: null, relation: null, position: null };
}

/** All contacts in the worker's order. */
export async function listContacts(db: Database): Promise<Contact[]> {
  return (await db.contacts.toArray()).map(toContact).sort(byPosition);
}

/** One contact, `null` when there is none with this id. */
export async function getContact(db: Database, id: string): Promise<Contact | null> {
  const row = await db.contacts.get(id);
  return row === undefined ? null : toContact(row);
}

/**
 * Saves what changed; see `saveRecord` for `opened`. A new contact brings its own id from `newId(db)` and goes
 * behind the others when it has no position.
 */
export function saveContact(
  db: Database,
  id: string,
  fields: Partial<ContactFields>,
  opened: Partial<ContactFields> | null = null,
): Promise<Result<void, StorageError>> {
  return inOneTransaction(db, async () => {
    const stored = await getContact(db, id);
    const position = fields.position ?? stored?.position ?? lastPosition(await listContacts(db));
    await saveInTransaction(db, { collection: 'contacts', id }, { ...fields, position }, opened);
  });
}

/** Moves a contact to `index` (0 = first). A contact that is gone stays gone. */
export function moveContact(db: Database, id: string, index: number): Promise<Result<void, StorageError>> {
  return inOneTransaction(db, async () => {
    await moveInTransaction(db, 'contacts', await listContacts(db), id, index);
  });
}

/** Removes a contact. `restoreRecord` brings them back. */
export function removeContact(db: Database, id: string): Promise<Result<Removed, StorageError>> {
  return removeRecord(db, 'contacts', id);
}

function toContact(row: Row): Contact {
  return { ...emptyContact(), ...row };
}
