import { afterEach, beforeEach, expect, vi } from 'vitest';

// A console.error is a fault nobody would see on a phone, so it fails the test that caused it.
const said: unknown[][] = [];

beforeEach(() => {
  said.length = 0;
  vi.spyOn(console, 'error').mockImplementation((...words: unknown[]) => {
    said.push(words);
  });
});

afterEach(() => {
  expect(said, 'console.error was called').toEqual([]);
});
