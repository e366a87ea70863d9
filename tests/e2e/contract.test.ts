import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { createProfile, openApp, openPhone } from '#tests/support/browser.ts';
import { readStoredPhotos, seePictures, takePicture, turnSideways } from '#tests/support/pictures.ts';

const NEW = '/en/kr/papers/contract/new';
const PAGES = 'main ol img';

async function addPages(page: Page, ...colours: string[]): Promise<void> {
  const pictures = [];
  for (const colour of colours) pictures.push(await takePicture(page, colour));
  await page.getByLabel('Choose from the phone').setInputFiles(pictures);
  await page
    .locator('main ol li')
    .nth(colours.length - 1)
    .locator('img')
    .waitFor();
}

async function expectOrder(page: Page, colours: string): Promise<void> {
  const order = async () => (await seePictures(page, PAGES)).map(({ top }) => top).join(' ');
  // A cold start of the browser on a loaded machine takes longer than the usual second.
  await expect.poll(order, { timeout: 20_000 }).toBe(colours);
}

function saved(page: Page) {
  return page.locator('[data-saved="true"]').waitFor();
}

describe('a contract on the phone', () => {
  test('stays with its pages and fields when the page is loaded again and when the phone restarts', async () => {
    const profile = await createProfile();
    const { page, context } = await openPhone(profile);
    await page.goto(NEW);
    await page.getByLabel('Choose from the phone').waitFor({ state: 'attached' });
    const pictures = [turnSideways(await takePicture(page, 'red')), await takePicture(page, 'lime')];
    await page.getByLabel('Choose from the phone').setInputFiles(pictures);
    await page.getByLabel('Take a photo').setInputFiles(await takePicture(page, 'blue'));
    await page.locator('main ol li').nth(2).locator('img').waitFor();

    await page.getByText('Farm', { exact: true }).click();
    await page.getByLabel('Employer name').fill('Kim Farm');
    await page.getByLabel('Employer phone').fill('០២ ០០០០');
    await page.getByLabel('First day').fill('2026-03-01');
    await page.getByLabel('Last day').fill('2026-02-01');
    await page.getByText('The last day is before the first day').waitFor();
    await page.getByLabel('Pay', { exact: true }).fill('២,១៥៦,៨៨០');
    await page.getByText('2,156,880 won').waitFor();
    await page.getByText('month', { exact: true }).click();
    await page.getByRole('group', { name: 'Hours a day' }).getByRole('button', { name: 'More' }).click();
    await page.getByRole('group', { name: 'Hours a day' }).getByRole('button', { name: 'More' }).click();
    await page.getByRole('group', { name: 'Housing' }).getByText('Taken from pay').click();
    await page.getByLabel('Taken for housing each month').fill('150000');
    await page.getByLabel('My note').fill('ផ្ទះនៅជិតចម្ការ');
    await saved(page);

    await page.reload();
    await expectEverything(page);
    const address = new URL(page.url()).pathname;
    await context.close();

    const again = await openPhone(profile);
    await again.page.goto(address);
    await expectEverything(again.page);
    await again.page.goto('/en/kr/papers');
    await again.page.getByRole('link', { name: 'Kim Farm 3 pages' }).waitFor();
  });

  test('shows the pages upright, not larger than needed, without the notes of the camera', async () => {
    const { page } = await openApp();
    await page.goto(NEW);
    await page.getByLabel('Choose from the phone').waitFor({ state: 'attached' });
    const picture = turnSideways(await takePicture(page, 'red'));
    expect(picture.buffer.includes('GPS')).toBe(true);
    await page.getByLabel('Choose from the phone').setInputFiles(picture);
    await page.locator(PAGES).waitFor();
    expect(await seePictures(page, PAGES)).toEqual([{ width: 1200, height: 1600, top: 'red' }]);
    const [stored = ''] = await readStoredPhotos(page);
    expect([stored.includes('Exif'), stored.includes('GPS')]).toEqual([false, false]);
    await page.getByRole('button', { name: 'See page 1 large' }).click();
    await page.getByRole('dialog').getByRole('img', { name: 'Page 1 of 1' }).waitFor();
    await page.getByRole('button', { name: 'Close the photo' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  test('puts the pages in another order, and brings a deleted page back', async () => {
    const { page } = await openApp();
    await page.goto(NEW);
    await addPages(page, 'red', 'lime', 'blue');
    await page.getByRole('button', { name: 'Move page 3 earlier' }).click();
    await expectOrder(page, 'red blue lime');
    // The focus goes along, so that the same key moves it on.
    await page.locator('[aria-label="Move page 2 earlier"]:focus').waitFor();
    await page.keyboard.press('Enter');
    await expectOrder(page, 'blue red lime');
    await page.getByRole('button', { name: 'Delete page 2' }).click();
    await expectOrder(page, 'blue lime');
    await page.getByRole('button', { name: 'Delete page 2' }).click();
    await expectOrder(page, 'blue');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expectOrder(page, 'blue red lime');
    await page.reload();
    await expectOrder(page, 'blue red lime');
  });

  test('loses nothing when the worker leaves in the middle', async () => {
    const { page } = await openApp();
    await page.goto(NEW);
    await page.getByLabel('Choose from the phone').waitFor({ state: 'attached' });
    const pictures = [await takePicture(page, 'red'), await takePicture(page, 'lime')];
    await page.getByLabel('Choose from the phone').setInputFiles(pictures);
    await page.getByLabel('Employer name').pressSequentially('Half a na');
    await page.getByRole('link', { name: 'Back' }).click();
    await page.getByRole('link', { name: 'Half a na 2 pages' }).click();
    await expectOrder(page, 'red lime');
    expect(await page.getByLabel('Employer name').inputValue()).toBe('Half a na');
  });

  test('comes back when it was deleted by mistake', async () => {
    const { page } = await openApp();
    await page.goto(NEW);
    await addPages(page, 'red');
    await page.getByLabel('Employer name').fill('Kim Farm');
    await page.getByRole('button', { name: 'Delete this contract' }).click();
    await page.getByText('Contract deleted').waitFor();
    expect(await page.getByText('Kim Farm').count()).toBe(0);
    expect(await page.evaluate(() => history.state as unknown)).toBeNull();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('link', { name: 'Kim Farm 1 page' }).click();
    await expectOrder(page, 'red');
  });
});

async function expectEverything(page: Page): Promise<void> {
  await expectOrder(page, 'red lime blue');
  expect(await page.getByLabel('Employer name').inputValue()).toBe('Kim Farm');
  expect(await page.getByLabel('Employer phone').inputValue()).toBe('02 0000');
  expect(await page.getByLabel('Last day').inputValue()).toBe('2026-02-01');
  expect(await page.getByLabel('Pay', { exact: true }).inputValue()).toBe('2,156,880');
  expect(await page.getByText('8.5 hours').count()).toBe(1);
  expect(await page.getByLabel('Taken for housing each month').inputValue()).toBe('150,000');
  expect(await page.getByLabel('My note').inputValue()).toBe('ផ្ទះនៅជិតចម្ការ');
  expect(
    await page.locator('input:checked').evaluateAll((all) => all.map((one) => one.getAttribute('value'))),
  ).toEqual(['farm', 'month', 'deducted']);
}
