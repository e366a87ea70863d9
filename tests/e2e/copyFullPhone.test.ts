import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { saveContact } from '#data/contacts.ts';
import { saveContract } from '#data/contracts.ts';
import type { Database } from '#data/database.ts';
import { addPages } from '#data/pages.ts';
import { randomBytes, valueOf } from '#tests/data/phone.ts';
import { type App, openApp, waitUntilStored } from '#tests/support/browser.ts';
import { aContact, aContract, aPhoto } from '#tests/support/builders.ts';
import { button, COPY, lookByCode, PAPERS, restoreByCode } from '#tests/support/copy.ts';
import { entriesFromAfar, saveFromAfar, startCopyServer } from '#tests/support/copyServer.ts';
import { entriesIn, halvesIn, readTables } from '#tests/support/tables.ts';

const FULL = 'The phone is full.';

/** A contract with a photo of 1.5 MB, and so many people to trust, with names of so many bytes. */
const write = (people: number, bytes: number) => async (db: Database) => {
  valueOf(await saveContract(db, 'contract', aContract()));
  valueOf(await addPages(db, { id: 'contract', ...aContract() }, [aPhoto({ size: 1_500_000 })]));
  for (let person = 0; person < people; person++) {
    // Nothing that a database could press together.
    const name = Buffer.from(randomBytes(bytes)).toString('latin1');
    valueOf(await saveContact(db, `person-${person}`, aContact({ name, position: person })));
  }
};

/**
 * Leaves so many bytes of room on a phone, and gives the function that makes more. Before anything is written: Chromium
 * remembers for half a minute how much room there was.
 */
async function leaveRoom({ context, page, baseUrl }: App, bytes: number): Promise<() => Promise<void>> {
  const browser = await context.newCDPSession(page);
  const origin = new URL(baseUrl).origin;
  const usage = await page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
  await browser.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + bytes });
  return async () => {
    await browser.send('Storage.overrideQuotaForOrigin', { origin });
    await browser.detach();
  };
}

/** A phone with so much room that begins to bring the copy that another one wrote. */
async function bringTo(bytes: number, write: (db: Database) => Promise<void>) {
  const server = await startCopyServer();
  const far = await saveFromAfar(server.url, write);
  const phone = await openApp({ baseURL: server.url });
  const { page } = phone;
  await page.goto('/en/kr');
  await waitUntilStored(page);
  await lookByCode(phone, far.groups);
  await page.getByText('Last saved on').waitFor();
  const makeRoom = await leaveRoom(phone, bytes);
  await button(page, 'Bring it to this phone').click();
  return { far, page, makeRoom };
}

const wordsOf = (page: Page) => page.getByText(FULL).first();

describe('a phone without room', () => {
  test('says so before it joins a copy, and takes it when there is room', async () => {
    const { far, page, makeRoom } = await bringTo(0, write(20, 20));
    await wordsOf(page).waitFor();
    const tables = await readTables(page);
    expect(tables['syncState']).toEqual([]);
    expect(entriesIn(tables)).toEqual({});

    await makeRoom();
    await button(page, 'Bring it to this phone').click();
    await page.getByText('22 entries are on this phone.').waitFor();
    expect(entriesIn(await readTables(page))).toEqual(await entriesFromAfar(far));
  });

  test('keeps what came before it was full, says so, and goes on from there', async () => {
    const { far, page, makeRoom } = await bringTo(900_000, write(300, 2000));
    await wordsOf(page).waitFor();
    const half = await readTables(page);
    expect(halvesIn({ ...half, photos: [{ id: half['pages']?.[0]?.['photoId'] }] })).toEqual([]);
    const here = Object.keys(entriesIn(half)).length;
    expect(here).toBeGreaterThan(0);
    expect(here).toBeLessThan(302);
    await button(page, 'Bring it to this phone').waitFor();

    await makeRoom();
    await page.goto(COPY);
    await page.getByText('Saved just now').waitFor({ timeout: 20_000 });
    const tables = await readTables(page);
    expect(entriesIn(tables)).toEqual(await entriesFromAfar(far));
    await expect.poll(async () => (await readTables(page))['photos']?.length, { timeout: 20_000 }).toBe(1);
    expect(halvesIn(await readTables(page))).toEqual([]);
  });

  test('has all entries although a photo does not fit, and fetches it when there is room', async () => {
    const { far, page, makeRoom } = await bringTo(900_000, write(3, 20));
    await page.getByText('5 entries are on this phone.').waitFor();
    await page.getByRole('link', { name: 'There is a problem with the copy. See why.' }).click();
    await wordsOf(page).waitFor();
    expect(entriesIn(await readTables(page))).toEqual(await entriesFromAfar(far));
    expect((await readTables(page))['photos']).toEqual([]);
    await makeRoom();
    await button(page, 'Try now').click();
    await page.getByText('Saved just now').waitFor();
    expect(halvesIn(await readTables(page))).toEqual([]);
  });
});

test('a phone that was erased offers to bring the papers back', async () => {
  const server = await startCopyServer();
  const far = await saveFromAfar(server.url, write(3, 20));
  const phone = await openApp({ baseURL: server.url });
  const { page } = phone;
  await restoreByCode(phone, far.groups);
  await page.getByText('Kim Farm').first().waitFor();
  const browser = await phone.context.newCDPSession(page);
  await page.goto('about:blank');
  await browser.send('Storage.clearDataForOrigin', {
    origin: new URL(server.url).origin,
    storageTypes: 'all',
  });
  await page.goto(PAPERS);
  await page.getByRole('link', { name: 'I have a code already' }).click();
  await button(page, 'Type the digits').waitFor();
  await restoreByCode(phone, far.groups);
  await page.getByText('Kim Farm').first().waitFor();
  await expect
    .poll(async () => entriesIn(await readTables(page)), { timeout: 20_000 })
    .toEqual(await entriesFromAfar(far));
});
