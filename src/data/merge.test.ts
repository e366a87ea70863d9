import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { covers, mergeStates, receive } from './merge.ts';
import {
  EMPTY_STATE,
  isDeleted,
  type RecordState,
  removeFields,
  shownValues,
  writeFields,
} from './recordState.ts';
import { decodeRecord, encodeRecord } from './encoding.ts';

const DEVICES = ['phone-A0', 'phone-B0', 'toString'] as const;
const FIELDS = ['wage', 'note', 'employer'] as const;
const NAME = { collection: 'contracts', id: 'c1' } as const;

test('takes over what the other phone changed', () => {
  const here = writeFields(EMPTY_STATE, by(0), { wage: 10, note: 'old' });
  const there = writeFields(here, by(1), { wage: 12 });
  expect(receive(here, there, by(0))).toEqual({ state: there, unsent: false });
  expect(receive(there, here, by(1))).toEqual({ state: there, unsent: true });
});

test('keeps both when two phones changed different fields', () => {
  const start = writeFields(EMPTY_STATE, by(0), { wage: 10, note: 'old' });
  const here = writeFields(start, by(0), { wage: 12 });
  const there = writeFields(start, by(1), { note: 'new' });
  expect(shownValues(receive(here, there, by(0)).state)).toEqual({ wage: 12, note: 'new' });
});

test('keeps two different values of one field side by side until the next write', () => {
  const start = writeFields(EMPTY_STATE, by(0), { wage: 10 });
  const here = writeFields(start, by(0, 500), { wage: 12 });
  const there = writeFields(start, by(1, 900), { wage: 13 });
  const { state, unsent } = receive(here, there, by(0));
  expect(unsent).toBe(true);
  expect(state.f['wage']?.map((cell) => cell.v)).toEqual([12, 13]);
  expect(shownValues(state)).toEqual({ wage: 13 });
  expect(writeFields(state, by(0), { wage: 14 }).f['wage']).toHaveLength(1);
});

test.each(['the phone that deleted', 'the phone that edited'])(
  'keeps the whole entry when one phone deletes and the other edits: %s hears of it first',
  (first) => {
    const start = writeFields(EMPTY_STATE, by(0), { wage: 10, note: 'dormitory', employer: 'Kim' });
    const deleted = removeFields(start, by(0));
    const edited = writeFields(start, by(1), { wage: 12 });
    const heard =
      first === 'the phone that deleted'
        ? receive(deleted, edited, by(0)).state
        : receive(edited, deleted, by(1)).state;
    const other = first === 'the phone that deleted' ? edited : deleted;
    const answer = receive(other, heard, by(2));
    expect(answer).toEqual({ state: heard, unsent: false });
    expect(shownValues(heard)).toEqual({ wage: 12, note: 'dormitory', employer: 'Kim' });
  },
);

test('a deletion that has seen the edit stays a deletion', () => {
  const edited = writeFields(EMPTY_STATE, by(0), { wage: 10 });
  const deleted = removeFields(edited, by(1));
  expect(receive(edited, deleted, by(0)).state).toEqual(deleted);
  expect(isDeleted(receive(deleted, edited, by(1)).state)).toBe(true);
});

test('two phones that both deleted agree that it is deleted', () => {
  const start = writeFields(EMPTY_STATE, by(0), { wage: 10 });
  const merged = receive(removeFields(start, by(0)), removeFields(start, by(1)), by(0)).state;
  expect(merged).toEqual({ vv: { 'phone-A0': 2, 'phone-B0': 1 }, f: {} });
});

test('puts histories together in any order, grouping and number of times', () => {
  fc.assert(
    fc.property(histories(40), (steps) => {
      const [a, b, c] = play(steps, receiveState).phones;
      expect(mergeStates(a, b)).toEqual(mergeStates(b, a));
      expect(mergeStates(mergeStates(a, b), c)).toEqual(mergeStates(a, mergeStates(b, c)));
      expect(mergeStates(a, a)).toEqual(sorted(a));
      expect(mergeStates(mergeStates(a, b), b)).toEqual(mergeStates(a, b));
    }),
    { numRuns: 3000 },
  );
});

test('loses no value, and all phones come to agree', () => {
  fc.assert(
    fc.property(histories(40), (steps) => {
      expect(lostAfter(steps, receiveState)).toEqual([]);
    }),
    { numRuns: 3000 },
  );
});

test('the check above notices when the last writer wins', () => {
  const lastWriterWins: Receive = (local, received) => {
    const latest = (state: RecordState) =>
      Math.max(-1, ...Object.values(state.f).flatMap((cells) => cells.map((cell) => cell.t)));
    return latest(received) > latest(local) ? received : local;
  };
  const runs = fc.sample(histories(40), { numRuns: 200, seed: 7 });
  expect(runs.some((steps) => lostAfter(steps, lastWriterWins).length > 0)).toBe(true);
});

test('writes equal states as equal bytes and reads them back', () => {
  fc.assert(
    fc.property(histories(30), (steps) => {
      for (const state of play(steps, receiveState).phones) {
        const encoded = encodeRecord(NAME, state);
        const decoded = decodeRecord(JSON.parse(JSON.stringify(encoded)));
        // A record that nobody ever wrote is none.
        expect(decoded).toEqual(Object.keys(state.vv).length === 0 ? null : { ...NAME, state });
        expect(JSON.stringify(encodeRecord(NAME, sorted(state)))).toBe(JSON.stringify(encoded));
      }
    }),
    { numRuns: 1000 },
  );
});

interface Step {
  readonly kind: 'write' | 'remove' | 'receive';
  readonly phone: number;
  readonly from: number;
  readonly fields: readonly string[];
  readonly clock: number;
}

type Receive = (local: RecordState, received: RecordState, phone: number) => RecordState;
type Phones = [RecordState, RecordState, RecordState];

function histories(maxLength: number): fc.Arbitrary<Step[]> {
  const phone = fc.integer({ min: 0, max: DEVICES.length - 1 });
  const step = fc.record({
    kind: fc.constantFrom('write', 'write', 'write', 'remove', 'receive', 'receive', 'receive'),
    phone,
    from: phone,
    fields: fc.uniqueArray(fc.constantFrom(...FIELDS), { minLength: 1 }),
    clock: fc.integer({ min: 0, max: 1000 }),
  });
  return fc.array(step, { maxLength }) as fc.Arbitrary<Step[]>;
}

/** Three phones with one record each; every written value is its own. `replaced`: seen by who overwrote it. */
function play(steps: readonly Step[], receiveOne: Receive) {
  const phones: Phones = [EMPTY_STATE, EMPTY_STATE, EMPTY_STATE];
  const written: unknown[] = [];
  const replaced = new Set<unknown>();
  for (const [index, step] of steps.entries()) {
    const state = phones[step.phone] ?? EMPTY_STATE;
    const seen = step.kind === 'remove' ? Object.keys(state.f) : step.fields;
    if (step.kind === 'receive') {
      phones[step.phone] = receiveOne(state, phones[step.from] ?? EMPTY_STATE, step.phone);
      continue;
    }
    for (const cell of seen.flatMap((field) => state.f[field] ?? [])) {
      replaced.add(cell.v);
    }
    const values = Object.fromEntries(step.fields.map((field) => [field, `${field} ${index}`]));
    if (step.kind === 'write') {
      written.push(...Object.values(values));
    }
    const writer = by(step.phone, step.clock);
    phones[step.phone] =
      step.kind === 'write' ? writeFields(state, writer, values) : removeFields(state, writer);
  }
  return { phones, written, replaced };
}

/** Values that are nowhere in the end although nobody who had seen them replaced them. */
function lostAfter(steps: readonly Step[], receiveOne: Receive): unknown[] {
  const { phones, written, replaced } = play(steps, receiveOne);
  for (let round = 0; round < 3; round += 1) {
    for (const [to, from] of [
      [0, 1],
      [0, 2],
      [1, 0],
      [2, 0],
    ] as const) {
      phones[to] = receiveOne(phones[to], phones[from], to);
    }
  }
  const kept = new Set(Object.values(phones[0].f).flatMap((cells) => cells.map((cell) => cell.v)));
  const agreed = phones.every((state) => covers(state, phones[0]) && covers(phones[0], state));
  const same = new Set(phones.map((state) => JSON.stringify(encodeRecord(NAME, state)))).size === 1;
  const lost = written.filter((value) => !kept.has(value as string) && !replaced.has(value));
  return agreed && same ? lost : [...lost, 'the phones differ'];
}

function receiveState(local: RecordState, received: RecordState, phone: number): RecordState {
  return receive(local, received, by(phone)).state;
}

function by(phone: number, now = 1000) {
  return { me: DEVICES[phone] ?? 'phone-X0', now };
}

function sorted(state: RecordState): RecordState {
  return mergeStates(state, EMPTY_STATE);
}
