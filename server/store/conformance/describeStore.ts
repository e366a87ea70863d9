import { afterAll, beforeAll, describe } from 'vitest';
import type { Store } from '#server/store/store.ts';
import { describeAccounts } from './accounts.ts';
import { describeCodes } from './codes.ts';
import type { TestDatabase } from './database.ts';
import { describeDeletion } from './deletion.ts';
import { describePhotos } from './photos.ts';
import { describeRecords } from './records.ts';
import { describeSweeps } from './sweeps.ts';
import type { Setting } from './setting.ts';

/** What every engine must do, in the same words for all. */
export function describeStore(name: string, makeDatabase: () => Promise<TestDatabase>): void {
  describe(name, () => {
    let database: TestDatabase;
    let store: Store;
    beforeAll(async () => {
      database = await makeDatabase();
      store = await database.open();
    });
    afterAll(async () => {
      await store.close();
      await database.remove();
    });

    const setting: Setting = {
      getStore: () => store,
      withOwnDatabase: async (work) => {
        const own = await makeDatabase();
        try {
          await work(own);
        } finally {
          await own.remove();
        }
      },
    };
    describeAccounts(setting);
    describeRecords(setting);
    describePhotos(setting);
    describeCodes(setting);
    describeDeletion(setting);
    describeSweeps(setting);
  });
}
