import { parseArgs } from 'node:util';
import { fail } from './fail.ts';
import { runStep } from './step.ts';

/* Longer simulations of the opt-in copy than those of the tests, or the same one again by its seed. */

const USAGE = 'Usage: npm run sim -- [--seed N] [--operations 100000] [--phones 2..5]';

const PHONES = [2, 5, 4];

try {
  const given = readArguments();
  // One seed again, or three new ones with two to five phones.
  const seeds = given.seed ? [given.seed] : PHONES.map(() => 1 + Math.floor(Math.random() * 1e9));
  const operations = given.operations ?? 100_000;
  for (const [index, seed] of seeds.entries()) {
    const phones = given.phones ?? PHONES[index] ?? 3;
    const { ok } = await runStep({
      name: `seed ${seed}`,
      command: ['vitest', 'run', '--project=unit', 'tests/sync/simulation.test.ts'],
      live: true,
      env: { SIM_SEED: String(seed), SIM_OPERATIONS: String(operations), SIM_PHONES: String(phones) },
    });
    const again = `npm run sim -- --seed ${seed} --operations ${operations} --phones ${phones}`;
    if (!ok) fail(new Error(`Failed. The same run again: ${again}`));
  }
} catch (error) {
  fail(error);
}

type Given = Partial<Record<'seed' | 'operations' | 'phones', number>>;

/** Throws with how it is called. */
function readArguments(): Given {
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({ options: { seed: text, operations: text, phones: text } });
    const numbers = Object.entries(values).map(([name, value]) => [name, Number(value)] as const);
    if (numbers.every(([, number]) => Number.isInteger(number) && number > 0))
      return Object.fromEntries(numbers);
  } catch {
    // An option that there is not.
  }
  throw new Error(USAGE);
}
