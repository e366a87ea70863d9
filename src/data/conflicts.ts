import type { Result } from '#lib/result.ts';
import type { Database } from './database.ts';
import { inOneTransaction, putState, type RecordName, readState, writerOf } from './records.ts';
import { cellsOf, type FieldValue, shownValues, writeFields } from './recordState.ts';
import type { StorageError } from './storageError.ts';

/** One field that two phones filled in differently without knowing of each other. */
export interface Conflict {
  readonly field: string;
  /** What stands on the screen: the later of the two, as far as the clocks tell. */
  readonly shown: FieldValue;
  /** Each other value once. */
  readonly others: readonly FieldValue[];
}

/** What was also entered on another phone for this record (`docs/sync-design.md` §4). Equal values are no conflict. */
export async function listConflicts(db: Database, name: RecordName): Promise<Conflict[]> {
  const state = await readState(db, name);
  const shown = shownValues(state);
  return Object.keys(state.f)
    .sort()
    .flatMap((field) => {
      const value = shown[field] ?? null;
      const others = new Set(cellsOf(state, field).map(({ v }) => v));
      others.delete(value);
      return others.size > 0 ? [{ field, shown: value, others: [...others] }] : [];
    });
}

/** Decides for one value, on all phones: a new write in place of all of them. A record that was removed stays so. */
export function settleConflict(
  db: Database,
  name: RecordName,
  field: string,
  value: FieldValue,
): Promise<Result<void, StorageError>> {
  return inOneTransaction(db, async () => {
    const state = await readState(db, name);
    if (cellsOf(state, field).length > 0) {
      await putState(db, name, writeFields(state, await writerOf(db), { [field]: value }));
    }
  });
}
