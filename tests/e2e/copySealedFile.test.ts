import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startServer } from '#server/startServer.ts';
import { type App, openApp, waitUntilStored } from '#tests/support/browser.ts';
import { addPerson, button, readGroups, writePapers } from '#tests/support/copy.ts';
import type { PictureFile } from '#tests/support/pictures.ts';
import { releaseAnew } from '#tests/support/release.ts';
import { entriesIn, halvesIn, readTables } from '#tests/support/tables.ts';
import { distFolder } from '#tools/build.ts';

const BACKUP = '/en/kr/more/backup';

interface Sealed {
  readonly file: PictureFile;
  readonly groups: string[];
}

/** Makes a locked file, keeps its code, and takes the file off the phone. */
async function makeFile({ page }: App): Promise<Sealed> {
  await page.goto(BACKUP);
  await button(page, 'Make a locked file').click();
  const groups = await readGroups(page);
  // The file comes only after the code was kept.
  expect(await page.locator('a[download]').count()).toBe(0);
  await button(page, 'I have kept the code').click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('a[download]').click()]);
  const name = download.suggestedFilename();
  const buffer = await readFile(await download.path());
  return { file: { name, mimeType: 'application/octet-stream', buffer }, groups };
}

const part = (page: Page) => page.locator('section').filter({ hasText: 'You need the file and its code.' });

async function chooseFile({ page }: App, file: PictureFile): Promise<void> {
  await page.goto(BACKUP);
  await part(page).locator('input[type="file"]').first().setInputFiles(file);
  await page.getByText('Now its code.').waitFor();
  await button(page, 'Type the digits').click();
}

async function giveCode({ page }: App, groups: readonly string[]): Promise<void> {
  await page
    .getByRole('textbox', { name: /^Group \d/ })
    .first()
    .fill(groups.join(' '));
  await button(page, 'Go on').click();
}

const rowsOf = async ({ page }: App) => entriesIn(await readTables(page));

describe('a locked file', () => {
  test('made on one phone brings everything to another with its code, and with no other', {
    timeout: 120_000,
  }, async () => {
    const a = await openApp();
    await writePapers(a);
    const mine = await makeFile(a);
    expect(mine.file.name).toMatch(/^mitra-\d{4}-\d{2}-\d{2}\.mitra$/);
    const words = ['Kim Farm', 'Srey Mom', 'contract', '012345678'];
    expect(words.filter((word) => mine.file.buffer.includes(word))).toEqual([]);

    const b = await openApp();
    await addPerson(b.page, 'Dara', '011 111 111');
    const theirs = await makeFile(b);
    const before = await rowsOf(b);
    await chooseFile(b, mine.file);
    await giveCode(b, theirs.groups);
    await b.page.getByText('This code does not open this file.').waitFor();
    expect(await rowsOf(b)).toEqual(before);
    // The file is still chosen: only the code is typed again.
    await giveCode(b, mine.groups);
    await b.page.getByText(/^Done\. \d+ new, 0 changed\./).waitFor();
    const after = await rowsOf(b);
    expect(after).toMatchObject(await rowsOf(a));
    expect(Object.keys(after)).toHaveLength(Object.keys(before).length + Object.keys(await rowsOf(a)).length);
    expect(halvesIn(await readTables(b.page))).toEqual([]);

    await chooseFile(b, mine.file);
    await giveCode(b, mine.groups);
    await b.page.getByText('Everything in this file was already on the phone.').waitFor();
    expect(await rowsOf(b)).toEqual(after);
  });

  test.each([
    ['a photo', () => Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]), 'not made by Mitra'],
    ['half of a locked file', (file: Buffer) => file.subarray(0, file.length / 2), 'This file is damaged'],
    ['one with a changed byte', (file: Buffer) => flipped(file, file.length - 100), 'This file is damaged'],
    [
      'the file of a newer app',
      (file: Buffer) => Buffer.concat([Buffer.from('MITRA2'), file.subarray(6)]),
      'newer',
    ],
  ])('%s is refused with a reason, and what is there stays', async (_name, spoil, reason) => {
    const phone = await openApp();
    await addPerson(phone.page, 'Dara', '011 111 111');
    const { file, groups } = await makeFile(phone);
    const before = await rowsOf(phone);
    await chooseFile(phone, { ...file, buffer: spoil(file.buffer) });
    await giveCode(phone, groups);
    await part(phone.page).getByRole('alert').getByText(reason).waitFor();
    expect(await rowsOf(phone)).toEqual(before);
    await button(phone.page, 'Choose another file').waitFor();
  });

  test('can be made and read without a network once the phone has done it, also after an update', {
    timeout: 120_000,
  }, async () => {
    const dist = await mkdtemp(join(tmpdir(), 'mitra-dist-'));
    await cp(distFolder, dist, { recursive: true });
    const server = await startServer({ dist, port: 0 });
    onTestFinished(async () => {
      await server.close();
      await rm(dist, { recursive: true, force: true });
    });
    const a = await openApp({ baseURL: server.url });
    const { page } = a;
    await page.goto('/en/kr');
    await waitUntilStored(page);
    await addPerson(page, 'Dara', '011 111 111');
    // Once with a network: from then on the files of the copy are kept.
    await makeFile(a);
    a.expectError(/ERR_INTERNET_DISCONNECTED/);
    await a.context.setOffline(true);
    const first = await makeFile(a);
    await chooseFile(a, first.file);
    await giveCode(a, first.groups);
    await page.getByText('Everything in this file was already on the phone.').waitFor();

    await a.context.setOffline(false);
    releaseAnew(dist);
    await page.goto('/en/kr/help');
    await page.getByText('A newer Mitra is ready.').waitFor();
    await Promise.all([page.waitForEvent('load'), button(page, 'Update now').click()]);
    await page.locator('a[href="tel:112"]').first().waitFor();
    const isNew = () =>
      page.evaluate(() => [...document.scripts].every(({ src }) => !src || /[XY]\.js$/.test(src)));
    expect(await isNew()).toBe(true);
    await a.context.setOffline(true);
    const second = await makeFile(a);
    await chooseFile(a, second.file);
    await giveCode(a, second.groups);
    await page.getByText('Everything in this file was already on the phone.').waitFor();
    await chooseFile(a, first.file);
    await giveCode(a, first.groups);
    await page.getByText('Everything in this file was already on the phone.').waitFor();
  });

  test('that cannot be opened without a network says what to do', async () => {
    const a = await openApp();
    await addPerson(a.page, 'Dara', '011 111 111');
    const mine = await makeFile(a);
    const b = await openApp();
    await b.page.goto(BACKUP);
    await waitUntilStored(b.page);
    await b.page.reload();
    await button(b.page, 'Make a locked file').waitFor();
    b.expectError(/ERR_INTERNET_DISCONNECTED/);
    // The service worker has not kept the client: nobody has used it on this phone yet.
    b.expectError(/ERR_FAILED .*createSyncClient/);
    await b.context.setOffline(true);
    await chooseFile(b, mine.file);
    await giveCode(b, mine.groups);
    await part(b.page).getByRole('alert').getByText('Connect to the internet once').waitFor();
    await b.context.setOffline(false);
    await giveCode(b, mine.groups);
    await b.page.getByText('Done. 1 new, 0 changed.').waitFor();
  });
});

function flipped(file: Buffer, at: number): Buffer {
  const copy = Buffer.from(file);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}
