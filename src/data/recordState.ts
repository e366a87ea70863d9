/** What one field of a record can hold. `null` means cleared. */
export type FieldValue = string | number | boolean | null;

/** One value of one field, with the write that made it: device, write number, time. */
export interface Cell {
  readonly d: string;
  readonly n: number;
  readonly t: number;
  readonly v: FieldValue;
}

/**
 * The history of one record, as little of it as merging needs (`docs/sync-design.md` §4).
 * `vv`: highest write number seen of each device. `f`: the values of each field that no later write replaced.
 */
export interface RecordState {
  readonly vv: Readonly<Record<string, number>>;
  readonly f: Readonly<Record<string, readonly Cell[]>>;
}

/** Who writes, and when. */
export interface Writer {
  readonly me: string;
  readonly now: number;
}

export const MAX_TIME = Number.MAX_SAFE_INTEGER - 1;

/** The state of a record that nobody has written yet. */
export const EMPTY_STATE: RecordState = { vv: {}, f: {} };

/** Yes when the record was written and then removed. A record that never existed is not deleted. */
export function isDeleted(state: RecordState): boolean {
  return isEmpty(state) && Object.keys(state.vv).length > 0;
}

/** Yes when there is nothing to show: never written, or removed. */
export function isEmpty(state: RecordState): boolean {
  return Object.keys(state.f).length === 0;
}

/** The highest write number seen of a device, 0 when none. Own keys only: a device may be called `toString`. */
export function seenOf(state: RecordState, device: string): number {
  return Object.hasOwn(state.vv, device) ? (state.vv[device] ?? 0) : 0;
}

/** The values of one field, side by side; empty when the field was never written. */
export function cellsOf(state: RecordState, field: string): readonly Cell[] {
  return Object.hasOwn(state.f, field) ? (state.f[field] ?? []) : [];
}

/** The values on the screen: of each field the one with the largest `(t, d)`. */
export function shownValues(state: RecordState): Record<string, FieldValue> {
  const values: Record<string, FieldValue> = {};
  for (const field of Object.keys(state.f)) {
    const shown = cellsOf(state, field).reduce((a, b) => (isLater(b, a) ? b : a));
    values[field] = shown.v;
  }
  return values;
}

/** A write by `writer`: each given field becomes one cell in place of the old ones. */
export function writeFields(
  state: RecordState,
  writer: Writer,
  values: Readonly<Record<string, FieldValue>>,
): RecordState {
  const n = seenOf(state, writer.me) + 1;
  const t = Math.min(Math.max(writer.now, latestTime(state) + 1), MAX_TIME);
  const f: Record<string, readonly Cell[]> = { ...state.f };
  for (const [field, v] of Object.entries(values)) {
    f[field] = [{ d: writer.me, n, t, v }];
  }
  return { vv: { ...state.vv, [writer.me]: n }, f };
}

/** A removal by `writer`: no field stays, but what was seen does. */
export function removeFields(state: RecordState, writer: Writer): RecordState {
  return { vv: { ...state.vv, [writer.me]: seenOf(state, writer.me) + 1 }, f: {} };
}

function isLater(a: Cell, b: Cell): boolean {
  return a.t === b.t ? a.d > b.d : a.t > b.t;
}

function latestTime(state: RecordState): number {
  let latest = -1;
  for (const cells of Object.values(state.f)) {
    for (const cell of cells) {
      latest = Math.max(latest, cell.t);
    }
  }
  return latest;
}
