import { expect, test, vi } from 'vitest';
import { simulate } from './simulation.ts';

/* The tests of the test: with a fault put in, the simulation must find it. */

vi.setConfig({ testTimeout: 60_000 });

test('a server that ignores If-Match is found', async () => {
  const results = [];
  for (const seed of [1, 2, 3]) {
    results.push(await simulate({ seed, operations: 1500, phones: 3, fault: 'IgnoredIfMatch' }));
  }
  expect(results.reduce((sum, { lost }) => sum + lost, 0)).toBeGreaterThan(0);
});

test('a copied phone that keeps its device id is found', async () => {
  const results = [];
  for (const seed of [1, 2, 3]) {
    results.push(await simulate({ seed, operations: 1500, phones: 3, fault: 'SameDevice' }));
  }
  expect(results.reduce((sum, { lost, diverged }) => sum + lost + diverged, 0)).toBeGreaterThan(0);
});
