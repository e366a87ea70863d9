import { type CollectionName, type Database, newDeviceId } from './database.ts';
import { type RecordName, readState, saveInTransaction } from './records.ts';
import { cellsOf, type RecordState } from './recordState.ts';
import { type Choice, GROUP_OF, GROUPS } from './syncState.ts';

/** The one record that says what is saved (`docs/sync-design.md` §6); itself always saved. */
export const CHOICE: RecordName = { collection: 'choice', id: 'sync' };

const FIELDS = [...GROUPS, 'photos'] as const;

/** What is saved. What nobody has chosen yet is off; so is what two phones disagree about. */
export async function readChoice(db: Database): Promise<Choice> {
  return choiceOf(await readState(db, CHOICE));
}

/** Writes down what the worker chose; the rest stays. Only inside `inOneTransaction`. */
export async function saveChoice(db: Database, choice: Partial<Choice>): Promise<void> {
  await saveInTransaction(db, CHOICE, choice, null);
}

/**
 * What this phone chose for another copy says nothing about the one it joins: the two would disagree, which means off, and
 * that copy's entries would be forgotten. Only inside `inOneTransaction`.
 */
export async function forgetChoice(db: Database): Promise<void> {
  await db.recordState.delete([CHOICE.collection, CHOICE.id]);
  await db.choice.delete(CHOICE.id);
  // Its write numbers begin again at 1.
  db.me = newDeviceId(db.randomBytes);
}

/** Whether records of a collection go to the server. */
export function isChosen(choice: Choice, collection: CollectionName): boolean {
  return collection === 'choice' || choice[GROUP_OF[collection]];
}

/** Everything chosen: what the consent screen proposes. */
export const EVERYTHING_CHOSEN = Object.fromEntries(FIELDS.map((field) => [field, true])) as Choice;

/** Nothing chosen: what holds before the worker was asked. */
export const NOTHING_CHOSEN: Choice = choiceOf({ vv: {}, f: {} });

function choiceOf(state: RecordState): Choice {
  const isOn = (field: string): boolean => {
    const cells = cellsOf(state, field);
    return cells.length > 0 && cells.every((cell) => cell.v === true);
  };
  return Object.fromEntries(FIELDS.map((field) => [field, isOn(field)])) as unknown as Choice;
}
