import { expect, test } from 'vitest';
import { removeAgency, saveAgency } from '#data/agencies.ts';
import { removeContract, saveContract } from '#data/contracts.ts';
import { newId } from '#data/database.ts';
import { addPages, listPages, movePage } from '#data/pages.ts';
import { emptyPayment, removePayment, savePayment } from '#data/payments.ts';
import { addReceipt } from '#data/receipts.ts';
import { valueOf } from '#tests/data/phone.ts';
import { aContract, anAgency, aPhoto } from '#tests/support/builders.ts';
import {
  aQuickPhone,
  aSecondPhone,
  countOf,
  entriesOf,
  expectEqual,
  newsOf,
  type QuickPhone,
} from './quick.ts';
import { aWorld } from './world.ts';

/*
 * One phone removes a contract while another adds to it. Whatever the order in which they sync, also when a phone goes
 * away after every single record and a third one looks in between: what was added lives, and the whole contract with it.
 */

/** The phones that run one after the other. */
const ALL_ORDERS = [
  'ba',
  'acb',
  'bca',
  'bacba',
  'ab',
  'aba',
  'bab',
  'acbc',
  'bcac',
  'cab',
  'cba',
  'abcab',
] as const;
const ORDERS = ALL_ORDERS.slice(0, countOf(4, ALL_ORDERS.length));

/** Sends one record at a time and lets the third phone look after each. */
function oneByOne(phone: QuickPhone, between: () => Promise<void>): void {
  phone.engine.pushSize = 1;
  let isLooking = false;
  phone.wire = async (address, init, send) => {
    phone.engine.pushSize = 1;
    const response = await send(address, init);
    if (init.method === 'POST' && address === '/v1/records' && !isLooking) {
      isLooking = true;
      await between();
      isLooking = false;
    }
    return response;
  };
}

interface Case {
  readonly id: string;
  readonly remove: (phone: QuickPhone) => Promise<void>;
  readonly add: (phone: QuickPhone) => Promise<void>;
  readonly check: (phone: QuickPhone) => Promise<void>;
}

const CONTRACT = aContract();

async function aContractCase(a: QuickPhone, how: 'add' | 'move'): Promise<Case> {
  const contract = { id: newId(a.db), ...CONTRACT };
  valueOf(await saveContract(a.db, contract.id, contract));
  valueOf(await addPages(a.db, contract, [aPhoto(), aPhoto({ seed: 2 })]));
  const pages = await listPages(a.db, contract.id);
  return {
    id: contract.id,
    remove: async ({ db }) => void valueOf(await removeContract(db, contract.id)),
    add: async ({ db }) => {
      if (how === 'add') valueOf(await addPages(db, contract, [aPhoto({ seed: 3 })]));
      const [first] = pages;
      if (how === 'move' && first) valueOf(await movePage(db, first, 1));
    },
    check: async ({ db }) => {
      expect(await db.contracts.get(contract.id)).toMatchObject(filled(CONTRACT));
      expect((await listPages(db, contract.id)).length).toBeGreaterThan(0);
    },
  };
}

const AGENCY = anAgency();

async function anAgencyCase(a: QuickPhone, removed: 'agency' | 'payment'): Promise<Case> {
  const agencyId = newId(a.db);
  const paymentId = newId(a.db);
  const fields = { ...emptyPayment(agencyId), amount: 800, paidTo: 'Mr Lee' };
  valueOf(await saveAgency(a.db, agencyId, AGENCY));
  valueOf(await savePayment(a.db, paymentId, fields));
  valueOf(await addReceipt(a.db, { id: paymentId, ...fields }, aPhoto()));
  return {
    id: agencyId,
    remove: async ({ db }) =>
      void valueOf(await (removed === 'agency' ? removeAgency(db, agencyId) : removePayment(db, paymentId))),
    add: async ({ db }) => {
      valueOf(await addReceipt(db, { id: paymentId, ...fields }, aPhoto({ seed: 2 })));
    },
    check: async ({ db }) => {
      expect(await db.agencies.get(agencyId)).toMatchObject(filled(AGENCY));
      expect(await db.payments.get(paymentId)).toMatchObject(filled(fields));
      expect(await db.receipts.where('paymentId').equals(paymentId).count()).toBeGreaterThan(0);
    },
  };
}

function filled(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

const CASES: Readonly<Record<string, (a: QuickPhone) => Promise<Case>>> = {
  'a contract and a new page': (a) => aContractCase(a, 'add'),
  'a contract and a page that is moved': (a) => aContractCase(a, 'move'),
  'an agency and a new receipt of a payment': (a) => anAgencyCase(a, 'agency'),
  'a payment and a new receipt': (a) => anAgencyCase(a, 'payment'),
};

for (const isSplit of [false, true]) {
  const how = isSplit ? 'one record at a time' : 'all at once';
  test.for(Object.entries(CASES))(
    `%s, sent ${how}: what was added lives, and all it belongs to`,
    { timeout: 60_000 },
    async ([, make]) => {
      for (const order of ORDERS) {
        const world = await aWorld();
        const a = await aQuickPhone(world);
        const it = await make(a);
        await a.sync();
        const b = await aSecondPhone(world, a.credential);
        const c = await aSecondPhone(world, a.credential);
        const phones = { a, b, c };
        await it.remove(a);
        await it.add(b);
        if (isSplit) for (const phone of [a, b]) oneByOne(phone, async () => void (await c.sync()));
        for (const name of order) await phones[name as keyof typeof phones].sync();
        await expectEqual(a, b, c);
        for (const phone of [a, b, c]) {
          phone.wire = null;
          await it.check(phone).catch((error: unknown) => {
            throw new Error(`Order ${order}`, { cause: error });
          });
          expect(await newsOf(phone)).toEqual([]);
        }
        const [one, two] = [await entriesOf(a.db), await entriesOf(b.db)];
        for (const table of ['contracts', 'pages', 'agencies', 'payments', 'receipts']) {
          expect(one[table]).toEqual(two[table]);
        }
      }
    },
  );
}

test.for(ORDERS)('a contract that is removed stays away when nobody added anything: %s', async (order) => {
  for (const isSplit of [false, true]) {
    const world = await aWorld();
    const a = await aQuickPhone(world);
    const it = await aContractCase(a, 'add');
    const agency = await anAgencyCase(a, 'agency');
    await a.sync();
    const b = await aSecondPhone(world, a.credential);
    const c = await aSecondPhone(world, a.credential);
    const phones = { a, b, c };
    await it.remove(a);
    await agency.remove(b);
    if (isSplit) for (const phone of [a, b]) oneByOne(phone, async () => void (await c.sync()));
    for (const name of order) await phones[name as keyof typeof phones].sync();
    await expectEqual(a, b, c);
    for (const phone of [a, b, c]) {
      const { contracts, pages, agencies, payments, receipts } = await entriesOf(phone.db);
      expect([contracts, pages, agencies, payments, receipts]).toEqual([[], [], [], [], []]);
    }
  }
});
