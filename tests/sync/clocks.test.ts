import { expect, test } from 'vitest';
import { listConflicts } from '#data/conflicts.ts';
import { getContact, saveContact } from '#data/contacts.ts';
import { saveContract } from '#data/contracts.ts';
import { newId } from '#data/database.ts';
import { addPages } from '#data/pages.ts';
import { readSyncState, syncOverview } from '#data/syncQueries.ts';
import { syncOnce } from '#sync/run.ts';
import { HOUR, START, valueOf } from '#tests/data/phone.ts';
import { aContact, aContract, aPhoto } from '#tests/support/builders.ts';
import { anEngine } from '#tests/support/engine.ts';
import { aFreshPhone, aQuickPhone, aSecondPhone, entriesOf, expectEqual, isEqual, newsOf } from './quick.ts';
import { aWorld, expectDone, type Wire } from './world.ts';

/* Phones whose clocks are years off: it changes what is shown first, and never what is kept (docs/sync-design.md §4). */

const MINUTE = HOUR / 60;
const TEN_YEARS = 3653 * 24 * HOUR;
const CLOCKS = [-TEN_YEARS, TEN_YEARS, -START, 8e15 - START];

test.for(CLOCKS)('a clock that is %d ms off refuses nothing and loses nothing', async (off) => {
  const world = await aWorld();
  const a = await aQuickPhone(world);
  const id = newId(a.db);
  valueOf(await saveContact(a.db, id, aContact({ name: 'Right clock' })));
  await expectDone(a);
  const b = await aSecondPhone(world, a.credential);
  b.clock.now = START + off;
  valueOf(await saveContact(b.db, id, { phone: 'Wrong clock' }));
  valueOf(await saveContact(b.db, newId(b.db), aContact({ name: 'Other' })));
  await expectEqual(b, a);
  // The right clock edits after it: that edit counts, however far ahead the other one was.
  valueOf(await saveContact(a.db, id, { phone: 'Later' }));
  await expectEqual(a, b);
  for (const phone of [a, b]) expect(await getContact(phone.db, id)).toMatchObject({ phone: 'Later' });
  expect(isEqual(await entriesOf(a.db), await entriesOf(b.db))).toBe(true);
  for (const phone of [a, b]) {
    expect(await syncOverview(phone.db)).toMatchObject({ entriesLeft: 0, problem: null });
    expect(await newsOf(phone)).toEqual([]);
  }
});

test.for(CLOCKS)('the clock of the server puts one right that is %d ms off', async (off) => {
  const world = await aWorld({});
  const a = await aQuickPhone(world);
  const id = newId(a.db);
  valueOf(await saveContact(a.db, id, aContact()));
  await expectDone(a);
  const b = await aSecondPhone(world, a.credential);
  // The server answers with the true time, as its `Date` says.
  const trueTime = START + 100 * HOUR;
  for (const phone of [a, b]) {
    phone.wire = async (address, init, send) => {
      const response = await send(address, init);
      const headers = new Headers(response.headers);
      headers.set('Date', new Date(trueTime).toUTCString());
      const bytes = await response.arrayBuffer();
      return new Response(bytes.byteLength > 0 ? bytes : null, { status: response.status, headers });
    };
  }
  a.clock.now = trueTime;
  b.clock.now = trueTime + off;
  await expectEqual(a, b);
  expect((await readSyncState(b.db))?.clockOffset).toBe(-off);
  expect((await readSyncState(a.db))?.clockOffset).toBe(0);
  // Both enter the same field offline, the one with the right clock later: it is what is shown.
  valueOf(await saveContact(b.db, id, { phone: 'Wrong clock, earlier' }));
  a.clock.now += HOUR;
  valueOf(await saveContact(a.db, id, { phone: 'Right clock, later' }));
  a.clock.now -= HOUR;
  await expectEqual(a, b);
  for (const phone of [a, b]) {
    expect(await getContact(phone.db, id)).toMatchObject({ phone: 'Right clock, later' });
    expect(await listConflicts(phone.db, { collection: 'contacts', id })).toMatchObject([
      { field: 'phone', others: ['Wrong clock, earlier'] },
    ]);
  }
});

test('a server with an impossible date changes nothing but the order', async () => {
  const world = await aWorld();
  const a = await aQuickPhone(world);
  const dates = ['Fri, 31 Dec 9999 23:59:59 GMT', 'Mon, 01 Jan 0001 00:00:00 GMT', 'no date', ''];
  for (const date of dates) {
    a.wire = async (address, init, send) => {
      const response = await send(address, init);
      const headers = new Headers(response.headers);
      headers.set('Date', date);
      return new Response(await response.arrayBuffer(), { status: response.status, headers });
    };
    valueOf(await saveContact(a.db, newId(a.db), aContact({ name: date })));
    await expectDone(a);
  }
  a.wire = null;
  await expectDone(a);
  const check = await aSecondPhone(world, a.credential);
  expect(isEqual(await entriesOf(check.db), await entriesOf(a.db))).toBe(true);
});

test('a clock that is set back a day does not stop saving', async () => {
  const world = await aWorld();
  const a = await aQuickPhone(world);
  for (const step of [TEN_YEARS, -2 * TEN_YEARS, TEN_YEARS]) {
    a.clock.now += step;
    valueOf(await saveContact(a.db, newId(a.db), aContact()));
    await expectDone(a);
    expect(await syncOverview(a.db)).toMatchObject({ entriesLeft: 0, problem: null, savedAt: a.clock.now });
  }
});

/** A server whose clock is right. `body` is called when a body is read, before it comes. */
function withTrueDate(date: () => number, body: (address: string) => void = () => {}): Wire {
  return async (address, init, send) => {
    const response = await send(address, init);
    const headers = new Headers(response.headers);
    headers.set('Date', new Date(date()).toUTCString());
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (bytes.length === 0) return new Response(null, { status: response.status, headers });
    // Nothing is ready before somebody reads.
    const slow = new ReadableStream<Uint8Array>(
      {
        pull: (controller) => {
          body(address);
          controller.enqueue(bytes);
          controller.close();
        },
      },
      { highWaterMark: 0 },
    );
    return new Response(slow, { status: response.status, headers });
  };
}

test('a wrong clock stays corrected when a run finds no network, also after a new start', async () => {
  const world = await aWorld();
  const a = await aQuickPhone(world);
  a.wire = withTrueDate(() => a.clock.now + TEN_YEARS);
  await expectDone(a);
  expect((await readSyncState(a.db))?.clockOffset).toBe(TEN_YEARS);
  // The app starts again: no answer has come yet.
  const offline = anEngine(a.db, () => Promise.reject(new TypeError('Failed to fetch')));
  expect(await syncOnce(offline, false)).toMatchObject({ problem: { type: 'Offline' } });
  expect((await readSyncState(a.db))?.clockOffset).toBe(TEN_YEARS);
  expect(a.db.clockOffset).toBe(TEN_YEARS);
});

test('an answer that takes minutes to come says nothing wrong about the clock', async () => {
  const world = await aWorld();
  const a = await aQuickPhone(world);
  const contract = { id: newId(a.db), ...aContract() };
  valueOf(await saveContract(a.db, contract.id, contract));
  valueOf(await addPages(a.db, contract, [aPhoto()]));
  await expectDone(a);
  const b = await aFreshPhone(world, a.credential);
  b.wire = withTrueDate(
    () => b.clock.now,
    (address) => {
      if (address.startsWith('/v1/blobs/')) b.clock.now += 3 * MINUTE;
    },
  );
  await expectDone(b);
  expect(await b.db.photos.count()).toBe(1);
  expect((await readSyncState(b.db))?.clockOffset).toBe(0);
});
