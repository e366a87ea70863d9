import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { createProfile, openApp, openPhone } from '#tests/support/browser.ts';

const AGENCIES = '/en/kr/papers/agency';

function button(page: Page, name: string | RegExp) {
  return page.getByRole('button', { name });
}

async function addAgency(page: Page, name: string): Promise<void> {
  await page.goto(`${AGENCIES}/new`);
  await page.getByLabel('Agency name').fill(name);
  await button(page, 'Done').click();
  await page.getByRole('heading', { name }).waitFor();
}

async function addPayment(page: Page, amount: string, money: string): Promise<void> {
  await button(page, 'Add a payment').click();
  await page.getByLabel('Amount').fill(amount);
  await page.getByText(money, { exact: true }).click();
  await button(page, 'Done').click();
  await button(page, 'Add a payment').waitFor();
}

/** Photographs a receipt: a JPEG of the size a phone takes, drawn in the page. */
async function photographReceipt(page: Page): Promise<void> {
  const jpeg = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 2400;
    canvas.height = 3200;
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('This browser cannot draw.');
    context.fillStyle = '#fff';
    context.fillRect(0, 0, 2400, 3200);
    context.fillStyle = '#222';
    context.font = '300px sans-serif';
    context.fillText('RECEIPT', 300, 600);
    return canvas.toDataURL('image/jpeg').slice('data:image/jpeg;base64,'.length);
  });
  await page
    .getByLabel('Photo of the receipt')
    .setInputFiles({ name: 'receipt.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(jpeg, 'base64') });
  await button(page, 'See the receipt large').waitFor();
}

/** How wide the picture really is, once it is drawn. */
function pictureWidth(page: Page, selector: string): Promise<number> {
  return page.locator(selector).evaluate(async (image: HTMLImageElement) => {
    await image.decode();
    return image.naturalWidth;
  });
}

describe('recruitment agency', () => {
  test('keeps an agency with a payment and its receipt when the phone restarts', async () => {
    const profile = await createProfile();
    const first = await openPhone(profile);
    const { page } = first;
    await page.goto(AGENCIES);
    await page.getByRole('link', { name: 'Add an agency' }).click();
    await page.getByLabel('Agency name').fill('Lotus Road Agency');
    await page.getByLabel('Licence number').fill('000/26');
    await page.getByLabel('Phone').fill('០១២ ៣៤៥ ៦៧៨');
    await button(page, 'Done').click();

    await button(page, 'Add a payment').click();
    await page.getByLabel('Amount').fill('១៥០០');
    await page.getByText('US dollars', { exact: true }).click();
    await page.getByLabel('Day').fill('2026-03-12');
    await page.getByText('12 March 2026').waitFor();
    await photographReceipt(page);
    await button(page, 'Visa').click();
    await page.getByLabel('Paid to').fill('Mr. Dara');
    // No "Done": leaving in the middle loses nothing.
    await page.getByText('Saved', { exact: true }).waitFor();
    await first.context.close();

    const { page: again } = await openPhone(profile);
    await again.goto(AGENCIES);
    const card = again.getByRole('link', { name: /Lotus Road Agency/ });
    expect(await card.innerText()).toMatch(/1,500.US dollars/);
    await card.click();
    await again.getByText('Licence number: 000/26').waitFor();
    expect(await again.getByRole('link', { name: /012 345 678/ }).getAttribute('href')).toBe('tel:012345678');
    const payment = again.locator('li[data-item]');
    expect(await payment.innerText()).toMatch(/1,500.US dollars\s+Visa\s+Paid to Mr. Dara\s+12.March 2026/);
    await button(again, /^Change: 1,500/).click();
    await button(again, 'See the receipt large').click();
    // Made small before it was kept: 1600 px on the longer side.
    expect(await pictureWidth(again, 'dialog img')).toBe(1200);
  });

  test('adds up what was paid, each money for itself, and brings a deleted payment back', async () => {
    const { page } = await openApp();
    await addAgency(page, 'Lotus Road Agency');
    await addPayment(page, '1,000', 'US dollars');
    await addPayment(page, '250.50', 'US dollars');
    await addPayment(page, '๔๐๐๐', 'baht');
    const total = page.getByText('Paid so far').locator('..');
    await expect.poll(() => total.innerText()).toMatch(/4,000.baht\s+1,250.5.US dollars/);

    await button(page, /^Change: 250.5/).click();
    await photographReceipt(page);
    await button(page, 'Delete this payment').click();
    await expect.poll(() => total.innerText()).toMatch(/4,000.baht\s+1,000.US dollars/);
    await button(page, 'Undo').click();
    await expect.poll(() => total.innerText()).toMatch(/1,250.5.US dollars/);

    await button(page, /^Change: 250.5/).click();
    await button(page, 'See the receipt large').click();
    await button(page, 'Delete this photo').click();
    await button(page, 'See the receipt large').waitFor({ state: 'detached' });
    await button(page, 'Undo').click();
    await button(page, 'See the receipt large').waitFor();
  });

  test('brings a deleted agency back on the list with its people and promises', async () => {
    const { page } = await openApp();
    await addAgency(page, 'Lotus Road Agency');
    await button(page, 'Add a promise').click();
    await page.getByRole('textbox', { name: 'Promise' }).fill('Free housing');
    await button(page, 'Done').click();
    await button(page, 'Add a person').click();
    await page.getByLabel('Name', { exact: true }).fill('Mr. Dara');
    await button(page, 'Broker').click();
    await button(page, 'Done').click();

    await button(page, 'Delete this agency').click();
    await page.getByText('No agency yet.').waitFor();
    // Nothing of what was deleted may lie in the history, which the browser keeps in files.
    expect(await page.evaluate(() => history.state as unknown)).toBeNull();
    await button(page, 'Undo').click();
    await page.getByRole('link', { name: 'Lotus Road Agency' }).click();
    await page.getByText('Free housing').waitFor();
    await button(page, 'Change: Mr. Dara').waitFor();
    await page.getByText('Broker').waitFor();
  });

  test('does not save what is not a number, and leaves it on the screen', async () => {
    const { page } = await openApp();
    await addAgency(page, 'Lotus Road Agency');
    await addPayment(page, '100', 'riel');
    await button(page, /^Change: 100/).click();
    const amount = page.getByLabel('Amount');
    await amount.fill('1000');
    await amount.fill('hundred');
    await button(page, 'Done').click();
    await page.getByText('This is not a number.').waitFor();
    expect(await amount.inputValue()).toBe('hundred');
    // Back to what it was when the form opened: that is a change too.
    await amount.fill('100');
    await button(page, 'Done').click();
    await button(page, 'Add a payment').waitFor();
    await page.reload();
    await button(page, /^Change: 100.riel/).waitFor();
  });

  test('says that the phone is full, keeps what was typed, and saves it later', async () => {
    const { page } = await openApp();
    await addAgency(page, 'Lotus Road Agency');
    await button(page, 'Add a promise').click();
    await page.evaluate(() => {
      const { put } = IDBObjectStore.prototype;
      IDBObjectStore.prototype.put = () => {
        throw new DOMException('Full', 'QuotaExceededError');
      };
      Object.assign(window, { makeRoom: () => Object.assign(IDBObjectStore.prototype, { put }) });
    });
    const promise = page.getByRole('textbox', { name: 'Promise' });
    await promise.fill('Free housing');
    await page.getByText('The phone is full.').waitFor();
    expect(await promise.inputValue()).toBe('Free housing');
    await page.evaluate('makeRoom()');
    await button(page, 'Try again').click();
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.reload();
    await page.getByText('Free housing').waitFor();
  });
});
