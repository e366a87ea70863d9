import { expect, test } from 'vitest';
import { decodeRecord, encodeRecord } from './encoding.ts';
import { MAX_TIME, type RecordState } from './recordState.ts';

const STATE: RecordState = {
  vv: { zzzzzzzz: 12, aB3dE9xZ: 3 },
  f: {
    wage: [{ d: 'zzzzzzzz', n: 12, t: 1_795_219_200_000, v: 10.5 }],
    note: [
      { d: 'aB3dE9xZ', n: 2, t: 5, v: 'ក' },
      { d: 'zzzzzzzz', n: 12, t: 1_795_219_200_000, v: null },
    ],
  },
};
const NAME = { collection: 'contracts', id: 'c-7f3a' } as const;

test('writes a record as docs/sync-design.md §4 shows it', () => {
  expect(JSON.stringify(encodeRecord(NAME, STATE))).toBe(
    '{"v":1,"c":"contracts","i":"c-7f3a","D":["aB3dE9xZ","zzzzzzzz"],"V":[3,12],' +
      '"o":[[0,2,5],[1,12,1795219200000]],"f":{"note":[[0,"ក"],[1,null]],"wage":[[1,10.5]]}}',
  );
});

test('reads back what it wrote, also a deleted record and fields it does not know', () => {
  const deleted = { vv: { aB3dE9xZ: 4 }, f: {} };
  expect(decodeRecord(encodeRecord(NAME, deleted))).toEqual({ ...NAME, state: deleted });
  const newer = { ...STATE, f: { ...STATE.f, shoeSize: [{ d: 'aB3dE9xZ', n: 3, t: 6, v: true }] } };
  expect(decodeRecord(encodeRecord(NAME, newer))).toEqual({ ...NAME, state: newer });
});

const GOOD = encodeRecord(NAME, STATE);
const ONE = { D: ['aB3dE9xZ'], V: [3], o: [[0, 2, 5]], f: { note: [[0, 'x']] } };

test.each([
  ['not a record', null],
  ['a list', [GOOD]],
  ['a newer version', { ...GOOD, v: 2 }],
  ['an unknown collection', { ...GOOD, c: 'diary' }],
  ['a collection that is a word of JavaScript', { ...GOOD, c: 'constructor' }],
  ['an id with a path', { ...GOOD, i: '../x' }],
  ['an id with markup', { ...GOOD, i: '<b>' }],
  ['an empty id', { ...GOOD, i: '' }],
  ['no devices', { ...GOOD, D: [], V: [], o: [], f: {} }],
  ['a device twice', { ...GOOD, D: ['aB3dE9xZ', 'aB3dE9xZ'], V: [3, 12] }],
  ['a device name of the wrong length', { ...GOOD, D: ['aB3dE9x', 'zzzzzzzz'] }],
  ['fewer numbers than devices', { ...GOOD, V: [3] }],
  ['a number of 0', { ...GOOD, V: [0, 12] }],
  ['a number of 2^31', { ...GOOD, V: [2 ** 31, 12] }],
  ['a number with a fraction', { ...GOOD, V: [3.5, 12] }],
  ['too many devices', { ...GOOD, ...manyDevices(1001) }],
  ['a write of nobody', { ...GOOD, ...ONE, o: [[1, 2, 5]] }],
  ['a write of device "length"', { ...GOOD, ...ONE, o: [['length', 2, 5]] }],
  ['a write above the highest number seen', { ...GOOD, ...ONE, o: [[0, 4, 5]] }],
  ['a time before 1970', { ...GOOD, ...ONE, o: [[0, 2, -1]] }],
  ['a time that cannot be counted', { ...GOOD, ...ONE, o: [[0, 2, MAX_TIME + 1]] }],
  [
    'a write twice',
    {
      ...GOOD,
      ...ONE,
      o: [
        [0, 2, 5],
        [0, 2, 6],
      ],
    },
  ],
  ['a field called id', { ...GOOD, ...ONE, f: { id: [[0, 'x']] } }],
  ['a field called constructor', { ...GOOD, ...ONE, f: { constructor: [[0, 'x']] } }],
  ['a field called __proto__', { ...GOOD, ...ONE, f: JSON.parse('{"__proto__": [[0, "x"]]}') as object }],
  ['a field without values', { ...GOOD, ...ONE, f: { note: [] } }],
  ['a value of an unknown write', { ...GOOD, ...ONE, f: { note: [[1, 'x']] } }],
  [
    'one write twice in a field',
    {
      ...GOOD,
      ...ONE,
      f: {
        note: [
          [0, 'x'],
          [0, 'y'],
        ],
      },
    },
  ],
  ['a list as value', { ...GOOD, ...ONE, f: { note: [[0, ['x']]] } }],
  ['a number as fields', { ...GOOD, ...ONE, f: 5 }],
])('refuses %s', (_, value) => {
  expect(decodeRecord(value)).toBeNull();
});

test('takes the largest numbers that are allowed', () => {
  const most = { ...GOOD, ...manyDevices(1000), o: [[0, 2 ** 31 - 1, MAX_TIME]], f: { note: [[0, 'x']] } };
  expect(decodeRecord(most)).not.toBeNull();
});

function manyDevices(count: number) {
  const D = Array.from({ length: count }, (_, index) => String(index).padStart(8, '0'));
  return { D, V: D.map(() => 2 ** 31 - 1) };
}
