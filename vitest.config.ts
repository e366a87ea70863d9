import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { launchOptions } from '#tools/chromium.ts';

/** Of the opt-in copy, what every push runs. */
const QUICK_SYNC = 'tests/sync/{copy,upgrade,simulation}.test.ts';

export default defineConfig({
  test: {
    // `.only` left in a file would turn every other test off without a word.
    allowOnly: false,
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: [
            '{src,shared,tools,server}/**/*.test.{ts,tsx}',
            'tests/{content,data}/**/*.test.ts',
            QUICK_SYNC,
          ],
          exclude: ['**/*.engines.test.ts'],
          setupFiles: ['tests/support/setup-node.ts', 'tests/support/setup-console.ts'],
          // A busy machine needs longer for the same work.
          testTimeout: 30_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        // The same data tests, on a real IndexedDB.
        test: {
          name: 'browser',
          include: ['src/data/**/*.test.ts'],
          setupFiles: ['tests/support/setup-console.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: launchOptions() }),
            instances: [{ browser: 'chromium' }],
          },
          sequence: { groupOrder: 2 },
        },
      },
      {
        // The opt-in copy against everything that can go wrong; too long for every push.
        test: {
          name: 'sync',
          environment: 'node',
          include: ['tests/sync/**/*.test.ts'],
          exclude: [QUICK_SYNC],
          setupFiles: ['tests/support/setup-node.ts', 'tests/support/setup-console.ts'],
          testTimeout: 60_000,
          sequence: { groupOrder: 6 },
        },
      },
      {
        // The server on a real PostgreSQL and a real S3 store, with real phones too, and killed in mid-write.
        test: {
          name: 'engines',
          environment: 'node',
          include: ['server/**/*.engines.test.ts', 'tests/engines/**/*.engines.test.ts'],
          globalSetup: ['tests/support/setup-engines.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 5 },
        },
      },
      {
        test: {
          name: 'build',
          environment: 'node',
          include: ['tests/build/**/*.test.ts'],
          globalSetup: ['tests/support/setup-build.ts'],
          sequence: { groupOrder: 3 },
        },
      },
      {
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/support/setup-e2e.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // Each file drives its own Chromium, and a loaded machine makes waiting tests lie.
          maxWorkers: 2,
          sequence: { groupOrder: 4 },
        },
      },
    ],
  },
});
