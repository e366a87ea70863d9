import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { type App, openApp, waitUntilStored } from '#tests/support/browser.ts';
import { type PictureFile, seePictures, takePicture } from '#tests/support/pictures.ts';

const COPY = '/en/kr/more/sync';
const PAPERS = '/en/kr/papers';

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

/** A contract with two photos, a person to trust and a tick, on an empty phone. */
async function writePapers({ page }: App): Promise<string> {
  await page.goto(`${PAPERS}/contract/new`);
  await page.getByLabel('Choose from the phone').waitFor({ state: 'attached' });
  const pictures = [await takePicture(page, 'red'), await takePicture(page, 'blue')];
  await page.getByLabel('Choose from the phone').setInputFiles(pictures);
  await page.locator('main ol li').nth(1).locator('img').waitFor();
  await page.getByLabel('Employer name').fill('Kim Farm');
  await page.locator('[data-saved="true"]').waitFor();
  const contract = new URL(page.url()).pathname;
  await page.goto('/en/kr/checklist/before');
  await page.getByRole('checkbox').first().click();
  await page.goto(`${PAPERS}/contacts`);
  await button(page, 'Add a person').click();
  await page.getByLabel('Name').fill('Srey Mom');
  await page.getByLabel('Phone number').fill('012 345 678');
  await button(page, 'Done').click();
  await page.getByText('Srey Mom').first().waitFor();
  return contract;
}

/** Agrees, keeps the picture of the code and types two groups back. */
async function agree({ page }: App): Promise<{ groups: string[]; picture: PictureFile }> {
  await page.goto(COPY);
  await page.getByText('Send photos only on Wi-Fi').click();
  await button(page, 'Yes, save a locked copy').click();
  const groups = await readGroups(page);
  const picture = await keepPicture(page);
  await button(page, 'I have kept it').click();
  await typeTwoGroups(page, groups);
  await page.getByText('Saved just now').waitFor();
  return { groups, picture };
}

async function readGroups(page: Page): Promise<string[]> {
  const items = page.getByRole('list', { name: 'The digits of the code' }).getByRole('listitem');
  await items.nth(7).waitFor();
  return (await items.allTextContents()).map((text) => text.replace(/\D/g, '').slice(1, 6));
}

async function keepPicture(page: Page): Promise<PictureFile> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    button(page, 'Save as picture').click(),
  ]);
  const buffer = await readFile(await download.path());
  return { name: download.suggestedFilename(), mimeType: 'image/png', buffer };
}

async function typeTwoGroups(page: Page, groups: string[]): Promise<void> {
  const fields = page.getByRole('textbox', { name: /^Group \d/ });
  await fields.nth(1).waitFor();
  for (const field of await fields.all()) {
    const label = (await field.evaluate((input: HTMLInputElement) => input.labels?.[0]?.textContent)) ?? '';
    await field.fill(groups[Number(/\d/.exec(label)?.[0]) - 1] ?? '');
  }
  await button(page, 'Done').click();
}

/** Brings the copy of a picture onto an empty phone. */
async function restore({ page }: App, picture: PictureFile): Promise<void> {
  await page.goto(`${COPY}/restore`);
  await page.getByLabel('Choose a picture of the code').setInputFiles(picture);
  await page.getByText('Last saved on').waitFor();
  await button(page, 'Bring it to this phone').click();
  await page.getByText('on this phone.').first().waitFor();
  await page.getByRole('link', { name: 'See my papers' }).click();
}

async function typeCode({ page }: App, groups: string[]): Promise<void> {
  await button(page, 'Type the digits').click();
  const fields = page.getByRole('textbox', { name: /^Group \d/ });
  for (const [index, group] of groups.entries()) await fields.nth(index).fill(group);
  await button(page, 'Go on').click();
}

async function saveNow({ page }: App): Promise<void> {
  await page.goto(COPY);
  await button(page, 'Save now').click();
  await page.getByText('Saved just now').waitFor();
  await button(page, 'Save now').waitFor();
}

async function fillContract({ page }: App, contract: string, label: string, text: string): Promise<void> {
  await page.goto(contract);
  await page.getByLabel(label).fill(text);
  await page.locator('[data-saved="true"]').waitFor();
}

describe('a locked copy on the server', () => {
  test('goes from one phone to a second and to the family, comes together, and ends', {
    timeout: 240_000,
  }, async () => {
    const a = await openApp();
    const contract = await writePapers(a);
    const { picture } = await agree(a);

    const b = await openApp();
    await restore(b, picture);
    await b.page.getByRole('link', { name: 'Kim Farm 2 pages' }).waitFor();
    await b.page.getByText('Srey Mom').first().waitFor();
    await b.page.goto(contract);
    await expect
      .poll(async () => (await seePictures(b.page, 'main ol img')).length, { timeout: 30_000 })
      .toBe(2);

    // Both are offline and write; one field differs.
    for (const phone of [a, b]) {
      await phone.page.goto(contract);
      await waitUntilStored(phone.page);
      // Where both write at the same moment, one is told to look first (412).
      phone.expectError(/ERR_INTERNET_DISCONNECTED|412/);
      await phone.context.setOffline(true);
    }
    await fillContract(a, contract, 'Employer phone', '02 111');
    await fillContract(b, contract, 'Employer phone', '02 222');
    await fillContract(b, contract, 'My note', 'from B');
    for (const phone of [a, b]) await phone.context.setOffline(false);
    for (const phone of [a, b, a]) await saveNow(phone);
    await a.page.goto(contract);
    await a.page.getByText('Two phones, two answers').waitFor();
    await expect.poll(() => a.page.getByLabel('My note').inputValue()).toBe('from B');
    await button(a.page, 'Take: 02 111').or(button(a.page, 'Keep: 02 111')).click();
    await a.page.getByText('Two phones, two answers').waitFor({ state: 'detached' });
    for (const phone of [a, b]) await saveNow(phone);
    await b.page.goto(contract);
    await expect.poll(() => b.page.getByLabel('Employer phone').inputValue()).toBe('02 111');

    // The family reads, keeps what is deleted, and can be sent away.
    await a.page.goto(`${COPY}/family`);
    await button(a.page, 'Add a family copy').click();
    await a.page.getByLabel('For whom?').fill('Mother');
    await button(a.page, 'Make the code').click();
    const family = await readGroups(a.page);
    await button(a.page, 'I have given it').click();
    const c = await openApp();
    await c.page.goto(`${COPY}/restore`);
    await typeCode(c, family);
    await button(c.page, 'Bring the family copy').click();
    await c.page.getByRole('link', { name: 'See the family copy' }).click();
    await c.page.getByRole('heading', { name: 'Kim Farm' }).waitFor();
    await c.page.goto(PAPERS);
    expect(await c.page.getByText('Kim Farm').count()).toBe(0);

    await a.page.goto(`${PAPERS}/contacts`);
    await button(a.page, 'Delete Srey Mom').click();
    await saveNow(a);
    await c.page.goto('/en/kr/more/family');
    await c.page.getByText(/Deleted by its owner/).waitFor({ timeout: 30_000 });
    await a.page.goto(`${COPY}/family`);
    await button(a.page, 'Take away: Mother').click();
    await button(a.page, 'Yes, take it away').click();
    await a.page.getByText('Nobody has a family copy yet.').waitFor();
    c.expectError(/401/);
    await c.page.reload();
    await c.page.getByRole('heading', { name: 'Kim Farm' }).waitFor();

    // The end: proved on A, said on B, and every paper stays.
    await a.page.goto(`${COPY}/stop`);
    a.expectError(/410/);
    await button(a.page, 'Delete the copy').click();
    await button(a.page, 'Yes, delete it').click();
    await a.page.getByText('Mitra has checked').waitFor();
    b.expectError(/410/);
    await b.page.goto(PAPERS);
    await b.page.getByText('Someone with your code deleted the copy').waitFor({ timeout: 30_000 });
    for (const phone of [a, b]) {
      await phone.page.goto(PAPERS);
      await phone.page.getByRole('link', { name: 'Kim Farm 2 pages' }).waitFor();
    }
  });
});
