import { buildIfStale } from './build.ts';
import { staticChecks } from './checks.ts';
import { installChromium } from './chromium.ts';
import { clearReports, countResults, readReport, testsReport, writeCounts } from './counts.ts';
import { installEngines } from './engines.ts';
import { fail } from './fail.ts';
import { printStep, runStep, type StepResult } from './step.ts';

clearReports();
try {
  process.env['CHROME_PATH'] = await installChromium();
  await installEngines();
  await buildIfStale();
} catch (error) {
  fail(error);
}

const checks: StepResult[] = [];
for (const check of staticChecks) {
  const result = await runStep(check);
  printStep(result);
  checks.push(result);
}

const vitest = await runStep({
  name: 'tests',
  command: ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${testsReport}`],
  live: true,
});

const counts = countResults(readReport(), vitest, checks);
writeCounts(counts);
const failedChecks = checks.filter((check) => !check.ok).map((check) => check.name);
if (failedChecks.length > 0) console.log(`Failed besides the tests: ${failedChecks.join(', ')}`);
if (counts.skipped > 0) console.log(`${counts.skipped} skipped (each says why and until when)`);
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exit(counts.failed === 0 ? 0 : 1);
