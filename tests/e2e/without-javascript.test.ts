import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { COUNTRIES, LANGUAGES } from '#i18n/languages.ts';
import { openApp, tapRight } from '#tests/support/browser.ts';
import { buildContent } from '#tools/content/build.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { packs } = buildContent(root, '2026-11-21');

describe('with JavaScript off', () => {
  test.each(LANGUAGES.flatMap((language) => COUNTRIES.map((country) => [language, country] as const)))(
    'the help page in %s for %s shows every number and dials it',
    async (language, country) => {
      const { page } = await openApp({ javaScriptEnabled: false });
      await page.goto(`/${language}/${country}/help`);
      const pack = packs.find(({ pack }) => pack.language === language && pack.country === country)?.pack;
      const phones = [...(pack?.contacts ?? []), ...(pack?.homeContacts ?? [])].flatMap(
        ({ phones }) => phones,
      );
      const text = (await page.locator('main').innerText()).replaceAll('\u200b', '');
      for (const { display } of phones) expect(text).toContain(display);
      const links = await page
        .locator('a[href^="tel:"], a[href^="sms:"]')
        .evaluateAll((all) => all.map((link) => link.getAttribute('href')?.replace(/^\w+:/, '')));
      for (const { dial } of phones) if (dial) expect(links).toContain(dial);
      for (const link of links) expect(link).toMatch(/^\+?\d{3,15}$/);
      expect(await page.locator('html').getAttribute('lang')).toBe(language);
    },
  );

  test('rights, their steps and the checklists can be read and reached by links', async () => {
    const { page } = await openApp({ javaScriptEnabled: false });
    await page.goto('/');
    await page.locator('a[href="/km"]').click();
    await page.locator('a[href="/km/my/start"]').click();
    await page.locator('main a[href="/km/my"]').first().click();
    await page.locator('nav a[href="/km/my/rights"]').click();
    await tapRight(page, '/km/my/rights/passport');
    expect(await page.locator('article ol li').count()).toBeGreaterThan(1);
    await page.goto('/km/my/checklist/before');
    expect(await page.locator('main ol > li').count()).toBeGreaterThan(5);
  });

  test('quick exit leads to the calculator', async () => {
    const { page } = await openApp({ javaScriptEnabled: false });
    await page.goto('/km/my/help');
    await page.locator('[data-quick-exit]').click();
    expect(await page.title()).toBe('Calculator');
  });
});
