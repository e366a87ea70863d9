import { expect, test } from 'vitest';
import { simulate } from './simulation.ts';

/* `npm run sim -- --seed N --operations M --phones K` runs one of these again, or a longer one. */

const { SIM_SEED, SIM_OPERATIONS, SIM_PHONES, CI } = process.env;

test('no value is lost and all phones become equal', { timeout: 3_600_000 }, async () => {
  const seed = Number(SIM_SEED ?? 20_261_122);
  // More where nobody waits for it.
  const operations = Number(SIM_OPERATIONS ?? (CI ? 20_000 : 4000));
  const phones = Number(SIM_PHONES ?? 3);
  const began = performance.now();
  const result = await simulate({ seed, operations, phones });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`simulation, seed ${seed}, ${phones} phones, ${seconds} s: ${JSON.stringify(result)}`);
  expect(result).toMatchObject({ lost: 0, diverged: 0, half: 0 });
});
