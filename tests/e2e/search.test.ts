import { describe, expect, test } from 'vitest';
import { goOffline, openApp } from '#tests/support/browser.ts';

describe('a worker searches', () => {
  test('while typing, without a network, in Khmer, in Latin letters and by number', async () => {
    const app = await openApp();
    const { page } = app;
    await page.goto('/km/kr');
    await goOffline(app);
    await page.locator('main a[href="/km/kr/search"]').click();
    const field = page.getByRole('searchbox');
    const first = page.locator('main ul li').first();
    for (const [typed, wanted] of [
      ['លុយ', '/km/kr/paths/wage-not-paid'],
      ['loy', '/km/kr/paths/wage-not-paid'],
      ['여권', '/km/kr/paths/passport-held'],
      ['หนังสือเดินทาง', '/km/kr/paths/passport-held'],
      ['passport', '/km/kr/paths/passport-held'],
    ] as const) {
      await field.fill(typed);
      await page.locator(`main ul a[href="${wanted}"]`).first().waitFor();
    }
    await field.fill('១៥៧៧');
    await first.locator('a[href^="tel:1577"]').waitFor();
  });

  test('and gets the same results from a shared address, and from Back', async () => {
    const { page } = await openApp();
    await page.goto('/en/my/search?q=passport');
    await page.locator('a[href="/en/my/paths/passport-held"]').click();
    await page.locator('article h2').waitFor();
    await page.goBack();
    await page.locator('a[href="/en/my/paths/passport-held"]').waitFor();
    expect(await page.getByRole('searchbox').inputValue()).toBe('passport');
    await page.getByRole('button', { name: 'Clear' }).click();
    expect(new URL(page.url()).search).toBe('');
    // Nothing typed: what people ask most.
    await page.getByRole('heading', { name: 'Often asked' }).waitFor();
    expect(await page.locator('main ul a').count()).toBe(10);
  });

  test('for what is not there: a number to call instead of an empty screen', async () => {
    const { page } = await openApp();
    await page.goto('/en/th/search?q=xyzzyq');
    await page.getByText('Nothing found.').waitFor();
    expect(await page.locator('main a[href^="tel:"]').count()).toBeGreaterThan(0);
  });

  test('finds danger first', async () => {
    const { page } = await openApp();
    await page.goto('/en/kr/search?q=beaten');
    await page.locator('main ul li').first().getByText('Danger').waitFor();
  });

  test('opens the item of a checklist at its place', async () => {
    const { page } = await openApp();
    await page.goto('/en/kr/search?q=Claim your two insurances');
    await page.getByRole('link', { name: 'Claim your two insurances' }).click();
    await page.waitForURL('**/en/kr/checklist/return#return-job-centre');
    await expect.poll(() => page.locator('#return-job-centre').isVisible()).toBe(true);
  });
});

test('when the words of search cannot be had, the screen says what to do', async () => {
  // A worker of the service would answer from the phone.
  const app = await openApp({ serviceWorkers: 'block' });
  const { page } = app;
  app.expectError(/404|Failed to load resource/);
  await page.route(/\/packs\/(search-|index)/, (route) => route.fulfill({ status: 404, body: '' }));
  await page.goto('/en/kr');
  await page.locator('main a[href="/en/kr/search"]').click();
  await page.getByText('Search is not on the phone yet.').waitFor();
});
