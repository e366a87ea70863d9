import { Dexie } from 'dexie';

// Frozen: the tables as version 1 made them, written out here so that no later change can touch them.
const TABLES = {
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

const PHONE = 'firstPhn';
const TIME = 1_790_000_000_000;

const contract = { id: 'contract-one', country: 'kr', employer: 'Kim Farm', wage: 2_000_000, note: null };
const page = { id: 'page-one', contractId: 'contract-one', photoId: 'photo-one', position: 1 };
const photo = {
  id: 'photo-one',
  bytes: Uint8Array.of(0xff, 0xd8, 0xff, 1, 2, 3),
  type: 'image/jpeg',
  width: 10,
  height: 20,
  takenAt: TIME,
};

function stateOf({ id: _, ...values }: object & { id: string }) {
  const cells = Object.entries(values).map(([field, v]) => [field, [{ d: PHONE, n: 1, t: TIME, v }]]);
  return { vv: { [PHONE]: 1 }, f: Object.fromEntries(cells) };
}

/** Makes a database as version 1 of the app left it: one contract with one page. */
export async function fillVersion1(name: string, options: { keepOpen?: boolean } = {}) {
  const dexie = new Dexie(name, { chromeTransactionDurability: 'strict' });
  dexie.version(1).stores(TABLES);
  // An old tab that does not hear that somebody wants to upgrade.
  dexie.on('versionchange', () => false);
  await dexie.open();
  await dexie.table('contracts').put(contract);
  await dexie.table('pages').put(page);
  await dexie.table('photos').put(photo);
  const state = stateOf(contract);
  await dexie.table('recordState').put({ collection: 'contracts', id: contract.id, ...state });
  await dexie.table('recordState').put({ collection: 'pages', id: page.id, ...stateOf(page) });
  const close = () => dexie.close();
  if (options.keepOpen !== true) {
    close();
  }
  return { contract, page, photo, state, close };
}
