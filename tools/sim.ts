import { parseArgs } from 'node:util';
import { fail } from './fail.ts';
import { runStep } from './step.ts';

/* Longer simulations of the opt-in copy than those of the tests, or the same one again by its seed. */

const USAGE = 'Usage: npm run sim -- [--seed N] [--operations 100000] [--phones 2..5]';

try {
  const { values } = parseArgs({
    options: { seed: { type: 'string' }, operations: { type: 'string' }, phones: { type: 'string' } },
  });
  const numbers = Object.values(values).map(Number);
  if (!numbers.every((number) => Number.isInteger(number) && number > 0)) throw new Error(USAGE);
  // One seed again, or three new ones with two to five phones.
  const seeds = values.seed
    ? [Number(values.seed)]
    : [1, 2, 3].map(() => 1 + Math.floor(Math.random() * 1e9));
  for (const [index, seed] of seeds.entries()) {
    const { ok } = await runStep({
      name: `seed ${seed}`,
      command: ['vitest', 'run', '--project=unit', 'tests/sync/simulation.test.ts'],
      live: true,
      env: {
        SIM_SEED: String(seed),
        SIM_OPERATIONS: values.operations ?? '100000',
        SIM_PHONES: values.phones ?? String(2 + ((index * 3) % 4)),
      },
    });
    if (!ok) fail(new Error(`Failed. The same run again: npm run sim -- --seed ${seed}`));
  }
} catch (error) {
  fail(error instanceof TypeError ? new Error(USAGE) : error);
}
