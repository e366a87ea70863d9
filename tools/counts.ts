import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StepResult } from './step.ts';

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const build = fileURLToPath(new URL('../.build', import.meta.url));

/** Where Vitest writes its results, and where `npm test` leaves its counts for .ci/run. */
export const testsReport = join(build, 'tests.json');
const countsFile = join(build, 'counts.txt');

/** Forgets the last run, so that a run which dies early cannot be taken for it. */
export function clearReports(): void {
  for (const file of [testsReport, countsFile]) rmSync(file, { force: true });
}

/**
 * Adds what Vitest reported to the other steps, each of which counts as one. Whatever makes a step fail without
 * a failed test (a file that does not load, no report, no test at all) counts as one failure.
 */
export function countResults(
  report: string | null,
  vitest: StepResult,
  others: readonly StepResult[],
): Counts {
  const {
    numPassedTests = 0,
    numFailedTests = 0,
    numPendingTests = 0,
    numTodoTests = 0,
  } = report ? (JSON.parse(report) as Record<string, number>) : {};
  const isUnexplained = numFailedTests === 0 && (!vitest.ok || numPassedTests === 0);
  return {
    passed: numPassedTests + others.filter((step) => step.ok).length,
    failed: numFailedTests + (isUnexplained ? 1 : 0) + others.filter((step) => !step.ok).length,
    skipped: numPendingTests + numTodoTests,
  };
}

export function readReport(): string | null {
  return existsSync(testsReport) ? readFileSync(testsReport, 'utf8') : null;
}

export function writeCounts({ passed, failed }: Counts): void {
  mkdirSync(dirname(countsFile), { recursive: true });
  writeFileSync(countsFile, `${passed} passed, ${failed} failed\n`);
}
