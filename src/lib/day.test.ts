import { expect, test } from 'vitest';
import { addDays, dayOf, daysBetween, isDay } from './day.ts';

test('knows days that exist from days that do not', () => {
  expect(['2026-11-21', '2028-02-29', '0001-01-01'].every(isDay)).toBe(true);
  const wrong = ['2026-02-30', '2026-13-01', '2026-00-10', '21.11.2026', '2026-1-2', '', null, 20261121];
  expect(wrong.some(isDay)).toBe(false);
});

test('counts days over a leap day, a new year and a change of clocks', () => {
  expect(addDays('2028-02-28', 2)).toBe('2028-03-01');
  expect(addDays('2027-01-01', -1)).toBe('2026-12-31');
  expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
  expect(daysBetween('2026-11-21', '2026-11-20')).toBe(-1);
  expect(daysBetween('2026-11-21', addDays('2026-11-21', 1000))).toBe(1000);
});

test('takes the day from the calendar on the wall, not from UTC', () => {
  expect(dayOf(new Date(2026, 10, 21, 0, 30).getTime())).toBe('2026-11-21');
  expect(dayOf(new Date(2026, 10, 21, 23, 30).getTime())).toBe('2026-11-21');
});

test('refuses to count with something that is not a day', () => {
  expect(() => addDays('soon', 1)).toThrow(TypeError);
});
