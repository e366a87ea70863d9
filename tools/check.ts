import { buildIfStale } from './build.ts';
import { staticChecks } from './checks.ts';
import { printStep, runStep, type StepResult } from './step.ts';

const started = performance.now();
const results: StepResult[] = [];

// All checks run, so that one push shows everything there is to mend.
for (const check of staticChecks) results.push(await runStep(check));
results.push(await build());
results.push(
  await runStep({ name: 'tests', command: ['vitest', 'run', '--project=unit', '--project=build'] }),
);
results.push(await runStep({ name: 'sizes', command: [process.execPath, 'tools/sizes.ts'] }));

console.log('');
for (const result of results) printStep(result);
const failed = results.filter((result) => !result.ok);
const seconds = ((performance.now() - started) / 1000).toFixed(0);
const verdict =
  failed.length === 0 ? 'All in order' : `Failed: ${failed.map((result) => result.name).join(', ')}`;
console.log(`\n${verdict} (${seconds} s). Browser journeys run in npm test.`);
process.exit(failed.length === 0 ? 0 : 1);

async function build(): Promise<StepResult> {
  const begun = performance.now();
  const output = await buildIfStale().then(
    () => '',
    (error: Error) => error.message,
  );
  return { name: 'build', ok: output === '', seconds: (performance.now() - begun) / 1000, output };
}
