import { describe, expect, test } from 'vitest';
import { goOffline, openApp } from '#tests/support/browser.ts';

describe('quick exit', () => {
  test('shows a calculator, and Back does not return', async () => {
    const { page } = await openApp();
    await page.goto('/km/my');
    await page.locator('nav a[href="/km/my/help"]').click();
    await page.locator('h1').getByText(/./).waitFor();
    await page.locator('[data-quick-exit]').click();
    await page.waitForURL('**/calculator');
    expect(await page.title()).toBe('Calculator');
    await page.goBack();
    await page.locator('#keys button').first().waitFor();
    await page.waitForURL('**/calculator');
    await page.goForward();
    await page.locator('#keys button').first().waitFor();
    expect(new URL(page.url()).pathname).toBe('/calculator');
  });

  test('pressing Escape three times leaves from any screen', async () => {
    const { page } = await openApp();
    await page.goto('/km/kr/papers/contacts');
    await page.locator('main button').first().waitFor();
    for (const _ of [1, 2, 3]) await page.keyboard.press('Escape');
    await page.waitForURL('**/calculator');
  });

  test('is one tap away also where a dialog covers the screen', async () => {
    const { page } = await openApp();
    await page.goto('/km/kr/rights');
    await page.locator('header a[aria-haspopup="dialog"]').click();
    await page.locator('dialog [data-quick-exit]').click();
    await page.waitForURL('**/calculator');
  });

  test('works without a network, and the calculator calculates', async () => {
    const app = await openApp();
    const { page } = app;
    await page.goto('/km/th/rights');
    await goOffline(app);
    await page.locator('[data-quick-exit]').click();
    await page.waitForURL('**/calculator');
    for (const key of ['1', '2', '×', '8', '='])
      await page.locator('#keys button').getByText(key, { exact: true }).click();
    expect(await page.locator('#screen').innerText()).toBe('96');
    expect(await page.locator('body').innerText()).not.toMatch(/mitra/i);
  });

  test('opening the app again by its address works', async () => {
    const { page } = await openApp();
    await page.goto('/km/my/help');
    await page.locator('[data-quick-exit]').click();
    await page.waitForURL('**/calculator');
    await page.goto('/km/my/help');
    await page.locator('a[href="tel:999"]').first().waitFor();
    expect(new URL(page.url()).pathname).toBe('/km/my/help');
  });
});
