import { describe, expect, test } from 'vitest';
import { fold, orderKhmer } from './fold.ts';

describe('two ways of writing one word', () => {
  test.each([
    ['Khmer subscripts typed in another order', 'ស្ត្រី', 'ស្រ្តី'],
    ['a Khmer vowel typed before the subscript', 'ស្ត្រី', 'ស្រី្ត'],
    ['coeng DA and coeng TA', 'បណ្ដាញ', 'បណ្តាញ'],
    ['a Khmer vowel built from two signs', 'បើក', 'បេីក'],
    ['a long vowel for a short one', 'ប៉ូលិស', 'ប៉ូលីស'],
    ['three spellings of "give"', 'ឲ្យ', 'អោយ'],
    ['zero-width spaces', 'ប្រាក់\u200bខែ', 'ប្រាក់ខែ'],
    ['a space between Khmer words', 'ប្រាក់ ខែ', 'ប្រាក់ខែ'],
    ['Khmer digits', '១២៩៧', '1297'],
    ['Thai digits', '๑๕๔๖', '1546'],
    ['a Thai tone mark left out', 'ค่าจ้าง', 'คาจาง'],
    ['sara am in two signs', 'ทํางาน', 'ทำงาน'],
    ['sara ae typed as two sara e', 'แรงงาน', 'เเรงงาน'],
    ['Thai words with a space', 'หนังสือ เดินทาง', 'หนังสือเดินทาง'],
    ['Korean spacing', '출국 만기 보험', '출국만기보험'],
    ['capital letters and hyphens', 'E-9 Visa', 'e 9 visa'],
  ])('%s', (_name, one, other) => {
    expect(fold(one)).toBe(fold(other));
  });

  test('a Korean word is found while its last syllable is half typed', () => {
    expect(fold('여권').startsWith(fold('여궈'))).toBe(true);
  });

  test('different words stay different', () => {
    expect(fold('ប្រាក់ខែ')).not.toBe(fold('ប្រាក់កក់'));
    expect(fold('ค่าจ้าง')).not.toBe(fold('นายจ้าง'));
    expect(fold('job offer')).not.toBe(fold('joboffer'));
  });
});

test('folding a folded text changes nothing', () => {
  for (const text of ['ស្រី្ត ១២', 'ค่าจ้าง ขั้นต่ำ', '임금 체불', "Boss's E-9"])
    expect(fold(fold(text))).toBe(fold(text));
});

test('ordering Khmer leaves a text that is in order as it is', () => {
  expect(orderKhmer('ប្រាក់ឈ្នួល ស្ត្រី ញ៉ាំ ប៊ឺ')).toBe('ប្រាក់ឈ្នួល ស្ត្រី ញ៉ាំ ប៊ឺ');
});
