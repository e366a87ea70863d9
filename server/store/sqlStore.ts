import { createAccounts } from './accounts.ts';
import { createBlobs } from './blobs.ts';
import { createCodes } from './codes.ts';
import { createDeletions } from './deletions.ts';
import type { Engine } from './engine.ts';
import { createRecords } from './records.ts';
import type { Store } from './store.ts';
import { createSweeps } from './sweeps.ts';

/** Everything a store does, on either database. The tables must be there: `migrations.ts`. */
export function createSqlStore(engine: Engine): Store {
  return {
    ...createAccounts(engine),
    ...createRecords(engine),
    ...createBlobs(engine),
    ...createCodes(engine),
    ...createDeletions(engine),
    ...createSweeps(engine),
    close: engine.close,
  };
}
