import { Dexie } from 'dexie';

// Frozen: the tables as version 3 left them, written out here so that no later change can touch them.
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
  photoInfo: 'id',
  flags: 'name',
  cards: 'id',
};

const PHONE = 'thirdPhn';
const TIME = 1_790_000_000_000;

const contract = { id: 'contract-one', country: 'th', employer: 'Somchai Farm', wage: 400, wageUnit: 'day' };
const card = { id: 'blood-group', words: 'O+' };

function stateOf({ id: _, ...values }: object & { id: string }) {
  const cells = Object.entries(values).map(([field, v]) => [field, [{ d: PHONE, n: 1, t: TIME, v }]]);
  return { vv: { [PHONE]: 1 }, f: Object.fromEntries(cells) };
}

/** Makes a database as version 3 of the app left it: a contract, words on a card, and something deleted. */
export async function fillVersion3(name: string) {
  const dexie = new Dexie(name, { chromeTransactionDurability: 'strict' });
  dexie.version(3).stores(TABLES);
  await dexie.open();
  await dexie.table('contracts').put(contract);
  await dexie.table('cards').put(card);
  await dexie.table('recordState').bulkPut([
    { collection: 'contracts', id: contract.id, ...stateOf(contract) },
    { collection: 'cards', id: card.id, ...stateOf(card) },
    { collection: 'contacts', id: 'gone', vv: { [PHONE]: 2 }, f: {} },
  ]);
  dexie.close();
  return { contract, card };
}
