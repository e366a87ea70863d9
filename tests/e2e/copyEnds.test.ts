import { describe, expect, test } from 'vitest';
import { saveContract } from '#data/contracts.ts';
import { saveContact } from '#data/contacts.ts';
import type { Database } from '#data/database.ts';
import { valueOf } from '#tests/data/phone.ts';
import { openApp, waitUntilStored } from '#tests/support/browser.ts';
import { aContact, aContract } from '#tests/support/builders.ts';
import {
  addPerson,
  agreeAndType,
  button,
  COPY,
  fillContract,
  keepCode,
  lookByCode,
  PAPERS,
  restoreByCode,
  saveNow,
  typeCode,
  wordsOf,
} from '#tests/support/copy.ts';
import { entriesFromAfar, joinFromAfar, saveFromAfar, startCopyServer } from '#tests/support/copyServer.ts';
import { entriesIn, readTables } from '#tests/support/tables.ts';

const { sync: words } = wordsOf('en');

async function write(db: Database): Promise<void> {
  valueOf(await saveContract(db, 'contract', aContract()));
  valueOf(await saveContact(db, 'person', aContact({ name: 'Srey Mom' })));
}

const TEN_YEARS = 10 * 365.25 * 24 * 60 * 60 * 1000;

test.each([
  ['ten years behind', -TEN_YEARS],
  ['ten years ahead', TEN_YEARS],
])('a phone whose clock is %s brings a copy back, and its changes reach the others', async (_name, wrong) => {
  const server = await startCopyServer();
  const far = await saveFromAfar(server.url, write);
  const phone = await openApp({ baseURL: server.url });
  const { page } = phone;
  await page.clock.install({ time: Date.now() + wrong });
  await restoreByCode(phone, far.groups);
  expect(entriesIn(await readTables(page))).toEqual(await entriesFromAfar(far));
  // A change here, then one there: the later one is shown on both, whatever the clock said.
  await fillContract(phone, `${PAPERS}/contract/contract`, 'My note', 'from the wrong clock');
  await saveNow(phone);
  await far.sync();
  expect((await far.db.contracts.get('contract'))?.['note']).toBe('from the wrong clock');
  valueOf(await saveContract(far.db, 'contract', { note: 'from the right clock' }));
  await far.sync();
  await saveNow(phone);
  await page.goto(`${PAPERS}/contract/contract`);
  await expect.poll(() => page.getByLabel('My note').inputValue()).toBe('from the right clock');
  expect(await page.getByText('Two phones, two answers').count()).toBe(0);
});

test('an operator who asks for an invitation word gets it, and a wrong one is asked for again', async () => {
  const server = await startCopyServer({ ENROL_CODE: 'sunday-class-4' });
  const phone = await openApp({ baseURL: server.url });
  const { page } = phone;
  phone.expectError(/status of 403/);
  await addPerson(page, 'Srey Mom', '012 345 678');
  await page.goto(COPY);
  await button(page, 'Yes, save a locked copy').click();
  const groups = await keepCode(page);
  await page.getByText(words.consent.enrolTitle).waitFor();
  for (const word of ['monday', 'sunday-class-4']) {
    await page.getByLabel('Invitation word').fill(word);
    const asked = server.asked.length;
    await button(page, 'Go on').click();
    await expect.poll(() => server.asked.length, { timeout: 10_000 }).toBeGreaterThan(asked);
    if (word === 'monday') await page.getByLabel('Invitation word').waitFor();
  }
  await page.getByText('Saved just now').waitFor();
  expect(await page.getByLabel('Invitation word').count()).toBe(0);
  const far = await joinFromAfar(server.url, groups);
  expect(await entriesFromAfar(far)).toEqual(entriesIn(await readTables(page)));
});

describe('the end of a copy', () => {
  test('asked for without a network comes with the network', async () => {
    const server = await startCopyServer();
    const phone = await openApp({ baseURL: server.url });
    const { page } = phone;
    phone.expectError(/ERR_INTERNET_DISCONNECTED|status of 4(01|10)/);
    await addPerson(page, 'Srey Mom', '012 345 678');
    const groups = await agreeAndType(phone);
    await waitUntilStored(page);
    await phone.context.setOffline(true);
    await page.goto(`${COPY}/stop`);
    await button(page, 'Delete the copy').click();
    await button(page, 'Yes, delete it').click();
    await page.getByText(words.status.withdrawingLater).waitFor();
    // It stands also after a restart, and nothing is sent before.
    await page.goto(COPY);
    await page.getByText(words.status.withdrawingLater).waitFor();
    const before = server.asked.length;
    await phone.context.setOffline(false);
    await page.getByText(words.news.Deleted).waitFor();
    expect(server.asked.slice(before).map(({ method, path }) => `${method} ${path}`)).toEqual([
      'DELETE /v1/account',
      'GET /v1/account',
    ]);
    expect(Object.values(entriesIn(await readTables(page)))).toMatchObject([{ name: 'Srey Mom' }]);
    const tables = await readTables(page);
    for (const name of ['syncMeta', 'unsent', 'held', 'blobState']) expect(tables[name], name).toEqual([]);
    expect(tables['syncState']?.some(({ id }) => id === 'sync')).toBe(false);
    await expect(joinFromAfar(server.url, groups)).rejects.toThrow('Gone');
    // Told once.
    await button(page, 'OK').click();
    await page.getByText(words.news.Deleted).waitFor({ state: 'detached' });
  });

  test('on one phone only leaves the copy and the other phone alone', async () => {
    const server = await startCopyServer();
    const far = await saveFromAfar(server.url, write);
    const phone = await openApp({ baseURL: server.url });
    const { page } = phone;
    await restoreByCode(phone, far.groups);
    await page.goto(`${COPY}/stop`);
    await button(page, 'Stop on this phone').click();
    await button(page, 'Yes, stop here').click();
    await button(page, 'Yes, save a locked copy').waitFor();
    const asked = server.asked.length;
    await addPerson(page, 'Only here', '011 111 111');
    await page.goto('/en/kr');
    await page.goto(PAPERS);
    await page.getByText('Kim Farm').first().waitFor();
    expect(server.asked.length).toBe(asked);
    await far.sync();
    expect(Object.keys(await entriesFromAfar(far))).toHaveLength(2);
    // And the way back is open: what is here comes together with the copy.
    await lookByCode(phone, far.groups);
    await button(page, 'Put together').click();
    await page.getByText('3 entries are on this phone.').waitFor();
    await saveNow(phone);
    await far.sync();
    expect(Object.keys(await entriesFromAfar(far))).toHaveLength(3);
  });

  test('can be made from any phone with the code, without bringing anything there', async () => {
    const server = await startCopyServer();
    const far = await saveFromAfar(server.url, write);
    const owner = await openApp({ baseURL: server.url });
    await restoreByCode(owner, far.groups);
    const third = await openApp({ baseURL: server.url });
    third.expectError(/status of 410/);
    await third.page.goto(`${COPY}/stop`);
    await third.page.getByRole('link', { name: 'Delete with a code' }).click();
    await typeCode(third, far.groups);
    await button(third.page, 'No, keep it').click();
    await button(third.page, 'Go on').click();
    await button(third.page, 'Yes, delete it').click();
    await third.page.getByText(words.delete.done).waitFor();
    const tables = await readTables(third.page);
    expect(entriesIn(tables)).toEqual({});
    expect(tables['syncState']).toEqual([]);
    // Not again, and not back.
    await lookByCode(third, far.groups);
    await third.page.getByText(words.errors.Gone).waitFor();
    owner.expectError(/status of 410/);
    await owner.page.goto(COPY);
    await owner.page.getByText(words.news.StoppedElsewhere).waitFor();
    await owner.page.goto(PAPERS);
    await owner.page.getByText('Kim Farm').first().waitFor();
  });

  test('of a code that somebody saw: a new one opens the copy, and the old one nothing', async () => {
    const server = await startCopyServer();
    const far = await saveFromAfar(server.url, write);
    const phone = await openApp({ baseURL: server.url });
    const { page } = phone;
    await restoreByCode(phone, far.groups);
    await page.goto(`${COPY}/code`);
    await button(page, 'Make a new code').click();
    await button(page, 'Yes, make a new code').click();
    const groups = await keepCode(page);
    await saveNow(phone);
    const other = await openApp({ baseURL: server.url });
    other.expectError(/status of 401/);
    await lookByCode(other, far.groups);
    await other.page.getByText(words.errors.WrongCode).waitFor();
    await expect(far.sync()).rejects.toThrow('NotAuthorised');
    await other.page.goto(COPY);
    await restoreByCode(other, groups);
    expect(entriesIn(await readTables(other.page))).toEqual(await entriesFromAfar(far));
    // What is written from now on the old code cannot even read.
    await addPerson(page, 'After', '011 111 111');
    await saveNow(phone);
    await saveNow(other);
    await other.page.goto(`${PAPERS}/contacts`);
    await other.page.getByText('After').first().waitFor();
  });
});
