import { describe, expect, test } from 'vitest';
import { readPhoneNumber } from './phoneNumber.ts';

describe('phone number of a person the worker trusts', () => {
  test('takes Khmer and Thai digits and keeps them as 0-9', () => {
    expect(readPhoneNumber('០១២ ៣៤៥ ៦៧៨')).toEqual({ text: '012 345 678', isDialable: true });
    expect(readPhoneNumber('๐๘๑-๒๓๔-๕๖๗๘')).toEqual({ text: '081-234-5678', isDialable: true });
  });

  test('keeps the country code', () => {
    expect(readPhoneNumber('+855 12 345 678')).toEqual({ text: '+855 12 345 678', isDialable: true });
  });

  test.each(['', 'ម្ដាយ', '12', '+', '1234567890123456', '012/345'])('does not dial %j', (text) => {
    expect(readPhoneNumber(text).isDialable).toBe(false);
  });
});
