import {
  type Cell,
  cellsOf,
  isDeleted,
  type RecordState,
  seenOf,
  shownValues,
  type Writer,
  writeFields,
} from './recordState.ts';

/** What became of a received state. `unsent`: the other side does not know all of it yet. */
export interface Received {
  readonly state: RecordState;
  readonly unsent: boolean;
}

/** Yes when `x` has seen every write that `y` has seen. */
export function covers(x: RecordState, y: RecordState): boolean {
  return Object.keys(y.vv).every((device) => seenOf(x, device) >= seenOf(y, device));
}

/**
 * Puts a state from elsewhere together with the local one (`docs/sync-design.md` §4). Never throws and never drops
 * a value that the other side has not seen. The local state must be read in the transaction that writes the answer.
 */
export function receive(local: RecordState, received: RecordState, writer: Writer): Received {
  if (covers(received, local)) {
    return { state: received, unsent: false };
  }
  if (covers(local, received)) {
    return { state: local, unsent: true };
  }
  return { state: keepEdited(local, received, mergeStates(local, received), writer), unsent: true };
}

/** All values of both that the other side has not replaced. The order of the two does not matter. */
export function mergeStates(a: RecordState, b: RecordState): RecordState {
  const vv: Record<string, number> = {};
  for (const device of [...Object.keys(a.vv), ...Object.keys(b.vv)].sort()) {
    vv[device] = Math.max(seenOf(a, device), seenOf(b, device));
  }
  const f: Record<string, readonly Cell[]> = {};
  for (const field of [...Object.keys(a.f), ...Object.keys(b.f)].sort()) {
    const ofA = survivors(a, b, field);
    const ofB = survivors(b, a, field).filter((cell) => !ofA.some((other) => isSameWrite(cell, other)));
    const cells = [...ofA, ...ofB].sort(byWrite);
    if (cells.length > 0) {
      f[field] = cells;
    }
  }
  return { vv, f };
}

function survivors(of: RecordState, against: RecordState, field: string): Cell[] {
  const others = cellsOf(against, field);
  return cellsOf(of, field).filter(
    (cell) => cell.n > seenOf(against, cell.d) || others.some((other) => isSameWrite(cell, other)),
  );
}

/** An edit beats a deletion, and beats it whole: fields that the deletion took from the edited side come back. */
function keepEdited(a: RecordState, b: RecordState, merged: RecordState, writer: Writer): RecordState {
  if (isDeleted(a) === isDeleted(b) || isDeleted(merged)) {
    return merged;
  }
  const edited = Object.entries(shownValues(isDeleted(a) ? b : a));
  const dropped = edited.filter(([field]) => cellsOf(merged, field).length === 0);
  return dropped.length > 0 ? writeFields(merged, writer, Object.fromEntries(dropped)) : merged;
}

function isSameWrite(a: Cell, b: Cell): boolean {
  return a.d === b.d && a.n === b.n;
}

function byWrite(a: Cell, b: Cell): number {
  return a.d === b.d ? a.n - b.n : a.d < b.d ? -1 : 1;
}
