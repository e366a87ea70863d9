import { describe, expect, test } from 'vitest';
import { openApp, tapRight, waitUntilStored } from '#tests/support/browser.ts';

describe('a new worker', () => {
  test('reaches the home screen with three taps, and the app remembers', async () => {
    const { page } = await openApp();
    await page.goto('/');
    await page.getByRole('link', { name: 'ខ្មែរ' }).click();
    await page.locator('a[href="/km/kr/start"]').click();
    await page.locator('main a[href="/km/kr"]').first().click();
    await page.waitForURL('**/km/kr');
    await page.locator('nav a[href="/km/kr/help"]').waitFor();

    await page.goto('/');
    await page.locator('a[href="/km/kr"]').click();
    await page.waitForURL('**/km/kr');
  });

  test('changes the language in two taps and stays on the same right', async () => {
    const { page } = await openApp();
    await page.goto('/km/kr/rights/passport');
    // Before the app has taken the page over, the link leads to a page of its own.
    await waitUntilStored(page);
    await page.locator('header a[aria-haspopup="dialog"]').click();
    await page.locator('dialog a[lang="th"]').click();
    await page.waitForURL('**/th/kr/rights/passport');
    await page.locator('article[lang="th"] h2').waitFor();
  });

  test('Back leads to where they came from, and the new screen has the focus on its heading', async () => {
    const { page } = await openApp();
    await page.goto('/en/th');
    await page.locator('nav a[href="/en/th/rights"]').click();
    await tapRight(page, '/en/th/rights/wage');
    await page.locator('article h2').waitFor();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
    await page.goBack();
    // The group is still open.
    await page.locator('a[href="/en/th/rights/wage"]').waitFor();
    await page.goBack();
    await page.waitForURL('**/en/th');
  });

  test('an address that does not exist says so and leads to the start', async () => {
    const { page } = await openApp();
    await page.goto('/km/kr/rights/no-such-right');
    await page.locator('main [role="alert"]').waitFor();
    await page.locator('main a[href="/km/kr/rights"]').click();
    await page.locator('a[href="/km/kr/paths/hurt"]').waitFor();
  });
});

test('dates are in Khmer words and in the Christian year, also on a Thai phone', async () => {
  const { page } = await openApp({ locale: 'th-TH' });
  await page.goto('/km/kr/help');
  const text = (await page.locator('article summary:visible').first().innerText()).replaceAll('\u200b', '');
  expect(text).toContain('វិច្ឆិកា 2026');
  expect(await page.locator('main').innerText()).not.toMatch(/25[67]\d/);
});

test('a fact whose next check has passed says on the phone that it may have changed', async () => {
  const { page } = await openApp();
  await page.goto('/en/kr/help');
  await page.locator('a[href="tel:112"]').first().waitFor();
  expect(await page.getByText('This may have changed.').count()).toBe(0);
  await page.clock.setFixedTime(new Date('2027-06-01T08:00:00Z'));
  await page.reload();
  await page.getByText('This may have changed. Ask before you act.').nth(3).waitFor();
  expect(await page.locator('a[href="tel:112"]').first().isVisible()).toBe(true);
});
