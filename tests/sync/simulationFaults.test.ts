import { expect, test, vi } from 'vitest';
import { simulate, type SimulationOptions, type SimulationResult } from './simulation.ts';

/* The tests of the test: with a fault put in, the simulation must find it. */

vi.setConfig({ testTimeout: 120_000 });

/** How much one of some runs finds; they end with the first that finds anything. */
async function findWith(
  fault: NonNullable<SimulationOptions['fault']>,
  measure: (result: SimulationResult) => number,
): Promise<number> {
  for (let seed = 1; seed <= 24; seed++) {
    const found = measure(await simulate({ seed, operations: 1500, phones: 3, fault }));
    if (found > 0) return found;
  }
  return 0;
}

test('a server that ignores If-Match is found', async () => {
  expect(await findWith('IgnoredIfMatch', ({ lost }) => lost)).toBeGreaterThan(0);
});

test('a copied phone that keeps its device id is found', async () => {
  expect(await findWith('SameDevice', ({ lost, diverged }) => lost + diverged)).toBeGreaterThan(0);
});
