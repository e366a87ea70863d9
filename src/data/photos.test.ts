import { expect, test } from 'vitest';
import { aContract, aPhoto } from '#tests/support/builders.ts';
import { aPhone, HOUR, type Phone, valueOf } from '#tests/data/phone.ts';
import { type Database, newId } from './database.ts';
import { addPages, countPages, listPages, movePage, removePage } from './pages.ts';
import { addReceipt, listReceipts } from './receipts.ts';
import { emptyPayment } from './payments.ts';
import { getPhoto, photoBytes, purgeUnusedPhotos } from './photos.ts';
import { restoreRecord } from './records.ts';

test('keeps the pages in the order they were photographed', async () => {
  const { db, contract } = await contractWithPages(3);
  const pages = await listPages(db, contract.id);
  expect(pages.map((page) => page.position)).toEqual([1, 2, 3]);
  const [more] = valueOf(await addPages(db, contract, [aPhoto({ seed: 9 })]));
  expect((await listPages(db, contract.id)).at(-1)?.id).toBe(more);
  expect(await countPages(db)).toEqual(new Map([[contract.id, 4]]));
  expect(await photoBytes(db)).toBe(2400);
});

test('moves a page by changing that page only', async () => {
  const { db, contract } = await contractWithPages(4);
  const before = await listPages(db, contract.id);
  const [a, b, c, d] = before.map((page) => page.id);
  await move(db, contract.id, 3, 1);
  expect(await ids(db, contract.id)).toEqual([a, d, b, c]);
  await move(db, contract.id, 0, 3);
  expect(await ids(db, contract.id)).toEqual([d, b, c, a]);
  await move(db, contract.id, 2, 0);
  expect(await ids(db, contract.id)).toEqual([c, d, b, a]);
  const after = await listPages(db, contract.id);
  expect(after.find((page) => page.id === b)).toEqual(before[1]);
});

test('moves pages a thousand times without losing the order', async () => {
  const { db, contract } = await contractWithPages(3);
  const order = await ids(db, contract.id);
  for (let i = 0; i < 150; i += 1) {
    await move(db, contract.id, 2, 1);
    order.splice(1, 0, ...order.splice(2, 1));
  }
  expect(await ids(db, contract.id)).toEqual(order);
});

test('brings a removed page back where it was, with its photo, also after a restart', async () => {
  const { phone, db, contract } = await contractWithPages(3);
  const pages = await listPages(db, contract.id);
  const removed = valueOf(await removePage(db, pages[1]?.id ?? ''));
  expect(await listPages(db, contract.id)).toHaveLength(2);
  const after = await phone.restart();
  expect(valueOf(await purgeUnusedPhotos(after))).toBe(0);
  valueOf(await restoreRecord(after, removed));
  expect(await listPages(after, contract.id)).toEqual(pages);
  expect(await getPhoto(after, pages[1]?.photoId ?? '')).not.toBeNull();
});

test('deletes the photo of a removed page a day later, and no other', async () => {
  const { phone, db, contract } = await contractWithPages(2);
  const [first, second] = await listPages(db, contract.id);
  valueOf(await removePage(db, first?.id ?? ''));
  valueOf(await purgeUnusedPhotos(db));
  phone.clock.now += 25 * HOUR;
  const after = await phone.restart();
  expect(valueOf(await purgeUnusedPhotos(after))).toBe(1);
  expect(await getPhoto(after, first?.photoId ?? '')).toBeNull();
  expect(await getPhoto(after, second?.photoId ?? '')).not.toBeNull();
  expect(await photoBytes(after)).toBe(600);
});

test('deletes no photo while the app is running, however long', async () => {
  const { phone, db, contract } = await contractWithPages(1);
  const [page] = await listPages(db, contract.id);
  const removed = valueOf(await removePage(db, page?.id ?? ''));
  for (let days = 0; days < 3; days += 1) {
    expect(valueOf(await purgeUnusedPhotos(db))).toBe(0);
    phone.clock.now += 30 * HOUR;
  }
  valueOf(await restoreRecord(db, removed));
  expect(await getPhoto(db, page?.photoId ?? '')).not.toBeNull();
});

test('counts the day anew when a photo was brought back, or the clock was wrong', async () => {
  const { phone, db, contract } = await contractWithPages(1);
  const [page] = await listPages(db, contract.id);
  const removed = valueOf(await removePage(db, page?.id ?? ''));
  phone.clock.now += 1000 * HOUR;
  valueOf(await purgeUnusedPhotos(db));
  phone.clock.now -= 1000 * HOUR;
  const second = await phone.restart();
  expect(valueOf(await purgeUnusedPhotos(second))).toBe(0);
  valueOf(await restoreRecord(second, removed));
  valueOf(await purgeUnusedPhotos(second));
  valueOf(await removePage(second, page?.id ?? ''));
  phone.clock.now += 25 * HOUR;
  const third = await phone.restart();
  expect(valueOf(await purgeUnusedPhotos(third))).toBe(0);
  expect(await getPhoto(third, page?.photoId ?? '')).not.toBeNull();
});

test('never deletes the photo of a receipt', async () => {
  const phone = aPhone();
  const db = await phone.open();
  const payment = { id: newId(db), ...emptyPayment('agency'), amount: 500 };
  valueOf(await addReceipt(db, payment, aPhoto()));
  for (let days = 0; days < 3; days += 1) {
    valueOf(await purgeUnusedPhotos(await phone.restart()));
    phone.clock.now += 30 * HOUR;
  }
  const after = await phone.restart();
  const [receipt] = await listReceipts(after, payment.id);
  expect(await getPhoto(after, receipt?.photoId ?? '')).not.toBeNull();
});

async function contractWithPages(count: number) {
  const phone: Phone = aPhone();
  const db = await phone.open();
  const contract = { id: newId(db), ...aContract() };
  const photos = Array.from({ length: count }, (_, index) => aPhoto({ seed: index }));
  valueOf(await addPages(db, contract, photos));
  return { phone, db, contract };
}

async function move(db: Database, contractId: string, from: number, to: number) {
  const page = (await listPages(db, contractId))[from];
  if (page === undefined) {
    throw new Error('No such page');
  }
  valueOf(await movePage(db, page, to));
}

async function ids(db: Database, contractId: string): Promise<string[]> {
  return (await listPages(db, contractId)).map((page) => page.id);
}
