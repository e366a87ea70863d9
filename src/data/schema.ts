import type { Dexie } from 'dexie';

/** Multiplied by 10 by Dexie: the browser's own version number of a database is 10 times this. */
export const SCHEMA_VERSION = 4;

// Index only ids, never content: indexed fields stay readable under the PIN lock (`docs/sync-design.md` §10).
const VERSION_1 = {
  contracts: 'id',
  pages: 'id, contractId, photoId',
  photos: 'id',
  agencies: 'id',
  agencyPeople: 'id, agencyId',
  promises: 'id, agencyId',
  payments: 'id, agencyId',
  receipts: 'id, paymentId, photoId',
  contacts: 'id',
  checklist: 'id',
  recordState: '[collection+id]',
};

// photoInfo: sizes without reading the photos, so that a copy can say how big it will be before it is made.
// flags: what the app has to remember about this phone, and nothing about the worker.
const VERSION_2 = { photoInfo: 'id', flags: 'name' };

// What the worker adds to a card.
const VERSION_3 = { cards: 'id' };

// The opt-in copy (`docs/sync-design.md` §6). Empty but for `unsent` until the worker agrees.
const VERSION_4 = {
  choice: 'id',
  unsent: '[collection+id]',
  syncState: 'id',
  // No index: it is written for every record of a restore, and read as a whole only after a choice or a wrong manifest.
  syncMeta: 'rid',
  held: 'rid',
  blobState: 'bid',
  removed: '[collection+id]',
};

/** Tells Dexie every schema there ever was. A published version never changes; a change is a new version. */
export function declareVersions(dexie: Dexie): void {
  dexie.version(1).stores(VERSION_1);
  dexie
    .version(2)
    .stores(VERSION_2)
    .upgrade(async (transaction) => {
      const info = transaction.table('photoInfo');
      // One photo at a time: all of them together do not fit into the memory of a small phone.
      for (const id of await transaction.table('photos').toCollection().primaryKeys()) {
        const photo = await transaction.table('photos').get(id);
        await info.put({ id, size: photo.bytes.byteLength, unused: null });
      }
    });
  dexie.version(3).stores(VERSION_3);
  dexie.version(4).stores(VERSION_4);
}
