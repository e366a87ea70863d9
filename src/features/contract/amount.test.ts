import { expect, test } from 'vitest';
import { parseAmount } from './amount.ts';

test('understands an amount in every way a worker types it', () => {
  expect(parseAmount('2156880')).toBe(2_156_880);
  expect(parseAmount('2,156,880')).toBe(2_156_880);
  expect(parseAmount('2 156 880')).toBe(2_156_880);
  expect(parseAmount('2.156.880')).toBe(2_156_880);
  expect(parseAmount('១០០០')).toBe(1000);
  expect(parseAmount('១.៥០០')).toBe(1500);
  expect(parseAmount('๔๐๐')).toBe(400);
});

test('keeps the decimals of an amount', () => {
  expect(parseAmount('8.72')).toBe(8.72);
  expect(parseAmount('0.500')).toBe(0.5);
});

test('waits while an amount is being typed', () => {
  expect(parseAmount('12.')).toBe(12);
  expect(parseAmount('1,')).toBe(1);
});

test('refuses what is no amount', () => {
  const wrong = ['', '.', 'ten', '12 won', '-5', '1.2.3', '9'.repeat(400)];
  expect(wrong.map(parseAmount)).toEqual(wrong.map(() => null));
});
