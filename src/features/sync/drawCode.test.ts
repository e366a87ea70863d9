import { expect, test } from 'vitest';
import { wrapText } from './drawCode.ts';

const oneEach = (text: string): number => Array.from(text).length;

test('breaks the lines of the picture between words', () => {
  expect(wrapText('Whoever has this code can open the copy.', 'en', oneEach, 14)).toEqual([
    'Whoever has',
    'this code can',
    'open the copy.',
  ]);
});

test('breaks Khmer between words too, and loses no letter', () => {
  const text = 'អ្នកណាមានលេខកូដនេះអាចបើកច្បាប់ចម្លងបាន';
  const lines = wrapText(text, 'km', oneEach, 14);
  expect(lines.length).toBeGreaterThan(1);
  expect(lines.join('')).toBe(text);
  // A line never begins with a vowel or sign of the letter before.
  expect(lines.filter((line) => /^[\u17b4-\u17d3]/.test(line))).toEqual([]);
});

test('keeps a word that is too long whole', () => {
  expect(wrapText('mitra.example.org', 'en', oneEach, 4).join('')).toBe('mitra.example.org');
});
