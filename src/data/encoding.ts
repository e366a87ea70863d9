import { COLLECTIONS } from './database.ts';
import type { RecordName } from './records.ts';
import { type Cell, type FieldValue, MAX_TIME, type RecordState, seenOf } from './recordState.ts';

/** A record outside the database: in a copy, and later sealed for the server (`docs/sync-design.md` §4). */
export interface EncodedRecord {
  readonly v: 1;
  readonly c: string;
  readonly i: string;
  /** Devices, and the highest write number seen of each. */
  readonly D: readonly string[];
  readonly V: readonly number[];
  /** Writes: index into `D`, number, time. */
  readonly o: readonly (readonly [number, number, number])[];
  /** Fields as lists of index into `o`, value. */
  readonly f: Readonly<Record<string, readonly (readonly [number, FieldValue])[]>>;
}

export interface DecodedRecord extends RecordName {
  readonly state: RecordState;
}

const MAX_DEVICES = 1000;
const MAX_NUMBER = 2 ** 31 - 1;
const DEVICE_PATTERN = /^[A-Za-z0-9_-]{8}$/;
const ID_PATTERN = /^[A-Za-z0-9_-]{1,64}(\/[A-Za-z0-9_-]{1,64})?$/;
const FIELD_PATTERN = /^[a-z][A-Za-z0-9]{0,63}$/;

/** The state of a record in one fixed order: equal states give equal JSON. Never throws. */
export function encodeRecord(name: RecordName, state: RecordState): EncodedRecord {
  const D = Object.keys(state.vv).sort();
  const fields = Object.keys(state.f).sort();
  const writes = new Map<string, readonly [number, number, number]>();
  for (const cell of Object.values(state.f).flat()) {
    writes.set(writeKey(cell), [D.indexOf(cell.d), cell.n, cell.t]);
  }
  const sorted = [...writes].sort(([, a], [, b]) => a[0] - b[0] || a[1] - b[1]);
  const indexByWrite = new Map(sorted.map(([key], index) => [key, index]));
  const indexed = (cell: Cell) => [indexByWrite.get(writeKey(cell)) ?? 0, cell.v] as const;
  return {
    v: 1,
    c: name.collection,
    i: name.id,
    D,
    V: D.map((device) => seenOf(state, device)),
    o: sorted.map(([, write]) => write),
    f: Object.fromEntries(
      fields.map((field) => [field, (state.f[field] ?? []).map(indexed).sort((a, b) => a[0] - b[0])]),
    ),
  };
}

/** Reads what `encodeRecord` made. `null` when anything does not fit; never throws, whatever it is given. */
export function decodeRecord(value: unknown): DecodedRecord | null {
  if (!isObject(value) || value['v'] !== 1) {
    return null;
  }
  const { c, i, D, V, o, f } = value;
  const collection = COLLECTIONS.find((known) => known === c);
  if (collection === undefined || typeof i !== 'string' || !ID_PATTERN.test(i)) {
    return null;
  }
  const vv = decodeDevices(D, V);
  const writes = vv && decodeWrites(o, Object.entries(vv));
  const fields = writes && decodeFields(f, writes);
  return vv && fields ? { collection, id: i, state: { vv, f: fields } } : null;
}

function decodeDevices(D: unknown, V: unknown): Record<string, number> | null {
  if (!Array.isArray(D) || !Array.isArray(V) || D.length !== V.length) {
    return null;
  }
  if (D.length === 0 || D.length > MAX_DEVICES || new Set(D).size !== D.length) {
    return null;
  }
  const fits = D.every((d) => typeof d === 'string' && DEVICE_PATTERN.test(d)) && V.every(isNumber);
  return fits ? Object.fromEntries(D.map((device, index) => [device, V[index]])) : null;
}

type Write = Omit<Cell, 'v'>;

function decodeWrites(o: unknown, devices: readonly [string, number][]): Write[] | null {
  if (!Array.isArray(o)) {
    return null;
  }
  const writes: Write[] = [];
  for (const entry of o) {
    const [index, n, t] = Array.isArray(entry) && entry.length === 3 ? entry : [];
    const [d, seen] = (Number.isInteger(index) && devices[index]) || [];
    // A write above the highest number seen of its device would vanish in the next merge.
    if (d === undefined || seen === undefined || !isNumber(n) || n > seen || !isTime(t)) {
      return null;
    }
    writes.push({ d, n, t });
  }
  return new Set(writes.map(writeKey)).size === writes.length ? writes : null;
}

function decodeFields(f: unknown, writes: readonly Write[]): Record<string, Cell[]> | null {
  if (!isObject(f)) {
    return null;
  }
  const fields: Record<string, Cell[]> = {};
  for (const [field, entries] of Object.entries(f)) {
    // `id` would hide the id of the row; `constructor` and the like already mean something on every object.
    if (!FIELD_PATTERN.test(field) || field === 'id' || field in Object.prototype) {
      return null;
    }
    const cells = Array.isArray(entries) ? entries.map((entry) => decodeCell(entry, writes)) : [];
    if (cells.length === 0 || new Set(cells.map((cell) => cell && writeKey(cell))).size < cells.length) {
      return null;
    }
    if (!cells.every((cell) => cell !== null)) {
      return null;
    }
    fields[field] = cells;
  }
  return fields;
}

function decodeCell(entry: unknown, writes: readonly Write[]): Cell | null {
  if (!Array.isArray(entry) || entry.length !== 2 || !Number.isInteger(entry[0])) {
    return null;
  }
  const write = writes[entry[0]];
  const v: unknown = entry[1];
  return write !== undefined && isFieldValue(v) ? { ...write, v } : null;
}

function isFieldValue(v: unknown): v is FieldValue {
  return v === null || ['string', 'boolean'].includes(typeof v) || Number.isFinite(v);
}

function isNumber(n: unknown): n is number {
  return typeof n === 'number' && Number.isInteger(n) && n >= 1 && n <= MAX_NUMBER;
}

function isTime(t: unknown): t is number {
  return typeof t === 'number' && Number.isInteger(t) && t >= 0 && t <= MAX_TIME;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function writeKey(write: Write): string {
  return `${write.d} ${write.n}`;
}
