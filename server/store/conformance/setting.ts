import type { Store } from '#server/store/store.ts';
import type { TestDatabase } from './database.ts';

/** Where the tests of one engine run. */
export interface Setting {
  /** One store for all: each test has accounts of its own. */
  readonly getStore: () => Store;
  /** For tests that look at whole tables, or close the store. */
  readonly withOwnDatabase: (work: (own: TestDatabase) => Promise<void>) => Promise<void>;
}
