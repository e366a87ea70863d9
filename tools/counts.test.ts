import { expect, test } from 'vitest';
import { countResults } from './counts.ts';

const step = (ok: boolean) => ({ name: 'step', ok, seconds: 0, output: '' });
const report = (passed: number, failed: number) =>
  JSON.stringify({ numPassedTests: passed, numFailedTests: failed, numPendingTests: 1, numTodoTests: 0 });

test('counts every test and every other check once', () => {
  expect(countResults(report(10, 0), step(true), [step(true), step(true)])).toEqual({
    passed: 12,
    failed: 0,
    skipped: 1,
  });
  expect(countResults(report(10, 2), step(false), [step(false)])).toEqual({
    passed: 10,
    failed: 3,
    skipped: 1,
  });
});

test('is red when the tests stop without a failed test', () => {
  expect(countResults(report(10, 0), step(false), []).failed).toBe(1);
  expect(countResults(null, step(false), []).failed).toBe(1);
});

test('is red when no test ran', () => {
  expect(countResults(report(0, 0), step(true), []).failed).toBe(1);
  expect(countResults(null, step(true), []).failed).toBe(1);
});
