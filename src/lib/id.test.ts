import { expect, test } from 'vitest';
import { base64url, fromBase64url, randomId } from './id.ts';

test('makes ids of 22 characters that fit into a file name and an address', () => {
  expect(randomId((count) => new Uint8Array(count).fill(255))).toBe(`${'_'.repeat(21)}w`);
  expect(randomId((count) => crypto.getRandomValues(new Uint8Array(count)))).toMatch(/^[\w-]{22}$/);
});

test('writes bytes as base64url', () => {
  expect(base64url(new TextEncoder().encode('Mitra'))).toBe('TWl0cmE');
  expect(base64url(Uint8Array.of(0xfb, 0xef, 0xff))).toBe('--__');
  expect(base64url(new Uint8Array(0))).toBe('');
});

test('reads base64url back, and refuses anything else', () => {
  for (let length = 0; length < 50; length++) {
    const bytes = crypto.getRandomValues(new Uint8Array(length));
    expect(fromBase64url(base64url(bytes))).toEqual(bytes);
  }
  for (const wrong of ['A', 'AB', 'AA=', 'A A', 'é', '+/', 'AAAAA']) expect(fromBase64url(wrong)).toBeNull();
});
