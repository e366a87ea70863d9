import type { Result } from '#lib/result.ts';
import type { Database } from './database.ts';
import { saveRecord } from './records.ts';
import type { StorageError } from './storageError.ts';

/** What the worker adds to a card by hand: a number to call, a blood group, a medicine. The card itself is content. */
export interface CardFields {
  readonly words: string | null;
}

/** A card to which nothing was added. */
export function emptyCard(): CardFields {
  return { words: null };
}

/** What was added to a card, by the id of the card: the same on every phone. */
export async function getCard(db: Database, id: string): Promise<CardFields> {
  const row = await db.cards.get(id);
  return { ...emptyCard(), ...row };
}

/** Saves what was added; see `saveRecord` for `opened`. */
export function saveCard(
  db: Database,
  id: string,
  fields: CardFields,
  opened: CardFields | null = null,
): Promise<Result<void, StorageError>> {
  return saveRecord(db, 'cards', id, { ...fields }, opened && { ...opened });
}
