import { describe, expect, test } from 'vitest';
import {
  formatBytes,
  formatClock,
  formatDay,
  formatMeasure,
  formatMoney,
  parseNumber,
  toDialable,
} from './format.ts';

const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

describe('days', () => {
  test.each([
    ['km', '21 វិច្ឆិកា 2026'],
    ['th', '21 พฤศจิกายน 2026'],
    ['ko', '2026년 11월 21일'],
    ['ms', '21 November 2026'],
    ['en', '21 November 2026'],
  ] as const)('in %s', (language, text) => {
    expect(plain(formatDay('2026-11-21', language))).toBe(text);
  });

  test('a Thai office reads both years, and everyone the day of the week', () => {
    expect(plain(formatDay('2026-11-21', 'th', { bothYears: true }))).toBe('21 พฤศจิกายน 2026 (พ.ศ. 2569)');
    expect(plain(formatDay('2026-11-21', 'km', { weekday: true }))).toBe('ថ្ងៃសៅរ៍ 21 វិច្ឆិកា 2026');
    expect(plain(formatDay('2026-11-23', 'ko', { weekday: true }))).toBe('2026년 11월 23일 월요일');
    expect(plain(formatDay('2026-11-22', 'ms', { weekday: true }))).toBe('Ahad, 22 November 2026');
  });
});

test.each([
  ['km', '08:30', '8:30 ព្រឹក'],
  ['km', '17:00', '5 ល្ងាច'],
  ['km', '24:00', '12 យប់'],
  ['th', '08:30', '08:30 น.'],
  ['ko', '09:00', '오전 9시'],
  ['ko', '18:30', '오후 6시 30분'],
  ['ms', '08:30', '8.30 pagi'],
  ['ms', '17:00', '5 petang'],
  ['en', '08:30', '08:30'],
] as const)('clock time in %s: %s', (language, time, text) => {
  expect(plain(formatClock(time, language))).toBe(text);
});

describe('money and measures', () => {
  test('carry the currency as it is said', () => {
    expect(plain(formatMoney(10320, 'KRW', 'km'))).toBe('10,320 វ៉ុន');
    expect(formatMoney(10320, 'KRW', 'ko')).toBe('10,320원');
    expect(formatMoney(1700, 'MYR', 'ms')).toBe('RM1,700');
    expect(plain(formatMoney(1234567.5, 'KHR', 'en'))).toBe('1,234,567.5 riel');
  });

  test('carry the unit, in English also its plural', () => {
    expect(plain(formatMeasure(8, 'hour', 'km'))).toBe('8 ម៉ោង');
    expect(formatMeasure(8, 'hour', 'ko')).toBe('8시간');
    expect(plain(formatMeasure(1, 'day', 'en'))).toBe('1 day');
    expect(plain(formatMeasure(14, 'day', 'en'))).toBe('14 days');
    expect(formatMeasure(50, 'percent', 'th')).toBe('50%');
    expect(formatMeasure(39, 'age', 'ko')).toBe('39세');
  });

  test('say how big a file is', () => {
    expect(plain(formatBytes(318_000))).toBe('318 kB');
    expect(plain(formatBytes(1_449_000))).toBe('1.4 MB');
  });
});

describe('numbers as the worker types them', () => {
  test.each([
    ['១០,៣២០', 10320],
    ['๔๐๐', 400],
    ['1 700.50', 1700.5],
    ['0', 0],
  ])('%s', (text, value) => {
    expect(parseNumber(text)).toBe(value);
  });

  test.each(['', '10,320 won', '-5', '1.2.3', 'ដប់'])('%j is not one', (text) => {
    expect(parseNumber(text)).toBeNull();
  });

  test('a phone number is dialled in 0-9', () => {
    expect(toDialable('+855 23 997 919')).toBe('+85523997919');
    expect(toDialable('02-3785-1041')).toBe('0237851041');
    expect(toDialable('០១២ ៣៤៥ ៦៧៨')).toBe('012345678');
  });
});
