import { describe, expect, inject, test } from 'vitest';
import {
  createProfile,
  goOffline,
  openApp,
  openPhone,
  tapRight,
  waitUntilStored,
} from '#tests/support/browser.ts';
import { wordsOf } from '#tests/support/copy.ts';

/** The number that saves a life, a page of rights, and the number for work problems, by country. */
const COUNTRIES = [
  { country: 'kr', police: '112', right: 'passport', work: '15770071' },
  { country: 'th', police: '191', right: 'passport', work: '1506' },
  { country: 'my', police: '999', right: 'passport', work: '0380008000' },
  { country: 'kh', police: '117', right: 'licensed-agency', work: '1297' },
];

describe('after one visit, in aeroplane mode', () => {
  test.each(COUNTRIES)(
    'a cold start shows and dials the numbers of $country in Khmer',
    async ({ country, police, right, work }) => {
      const profile = await createProfile();
      const visit = await openPhone(profile);
      await visit.page.goto(`/km/${country}/help`);
      await waitUntilStored(visit.page);
      visit.assertOwnOriginOnly();
      await visit.context.close();

      const phone = await openPhone(profile, { offline: true });
      phone.expectError(/ERR_INTERNET_DISCONNECTED/);
      const { page } = phone;
      await page.goto(`/km/${country}/help`);
      await page.locator(`a[href="tel:${police}"]`).first().waitFor();
      expect(await page.locator(`a[href="tel:${work}"]`).count()).toBeGreaterThan(0);

      // A deep link that was never opened before, then a reload of it.
      await page.goto(`/km/${country}/rights/${right}`);
      await page.locator('article ol li').first().waitFor();
      await page.reload();
      await page.locator('article ol li').first().waitFor();
      expect(await page.locator('html').getAttribute('lang')).toBe('km');
    },
  );

  test('every screen opens, by its address and by tapping', async () => {
    const app = await openApp();
    const { page } = app;
    await page.goto('/km/kr/help');
    await goOffline(app);
    // The locked file on the screen of copies was never used here, so it is not on the phone.
    app.expectError(/ERR_FAILED/);
    for (const path of [
      '',
      '/start',
      '/help',
      '/rights',
      '/rights/wage',
      '/rights/burn',
      '/paths/hurt',
      '/cards',
      '/cards/help-me',
      '/search?q=loy',
      '/promises',
      '/checklist/before',
      '/checklist/return',
      '/papers',
      '/papers/agency',
      '/papers/contacts',
      '/more',
      '/more/storage',
      '/more/backup',
      '/more/about',
      '/more/due',
      '/more/install',
    ]) {
      await page.goto(`/km/kr${path}`);
      await page.locator('h1').waitFor();
      expect(await page.locator('main [role="alert"]').count(), path).toBe(0);
    }
    await page.goto('/km/kr/more/backup');
    await page.getByText(wordsOf('km').sync.errors.Offline).waitFor();
    await page.goto('/km/kr');
    await page.locator('nav a[href="/km/kr/rights"]').click();
    await tapRight(page, '/km/kr/rights/passport');
    await page.locator('article ol li').first().waitFor();
  });

  test('a right can be shown in the language of the officer', async () => {
    const app = await openApp();
    const { page } = app;
    await page.goto('/km/kr/rights/passport');
    await goOffline(app);
    await page.getByRole('button', { name: /한국어/ }).click();
    const steps = page.locator('article ol span[lang="ko"]');
    await steps.nth(3).waitFor();
    expect(await steps.first().innerText()).toMatch(/[\uac00-\ud7a3]/);
  });

  test('a language that was never opened says that it is not on the phone, and the way back works', async () => {
    const app = await openApp();
    const { page } = app;
    await page.goto('/km/kr/help');
    await goOffline(app);
    app.expectError(/ERR_FAILED|Failed to fetch/);
    await page.goto('/ms/th/help');
    await page.locator('main [role="alert"]').waitFor();
    await page.goBack();
    await page.locator('a[href="tel:112"]').first().waitFor();
  });
});

describe('a file of the app that cannot be had', () => {
  // Also after an update of the server, when a page from before asks for a file that is no more.
  test.each([
    { file: 'PersonalScreen', link: '/km/kr/papers' },
    { file: 'Reference', link: '/km/kr/cards' },
  ])('is missing in words on the screen that needs $file, with two ways out', async ({ file, link }) => {
    const app = await openApp({ serviceWorkers: 'block' });
    app.expectError(/ERR_FAILED|Failed to fetch/);
    const { page } = app;
    await page.route(`**/assets/${file}-*.js`, (route) => route.abort());
    await page.goto('/km/kr');
    await page.locator(`a[href="${link}"]`).first().click();
    const { failure } = wordsOf('km');
    await page.getByRole('alert').getByText(failure.contentMissing).waitFor();
    await page.getByRole('link', { name: failure.toStart }).waitFor();
    await page.unroute(`**/assets/${file}-*.js`);
    await page.getByRole('button', { name: failure.tryAgain }).click();
    await page.locator('h1').waitFor();
    await page.getByRole('alert').waitFor({ state: 'detached' });
  });

  test('is not missed on a public page, which only lacks what the worker wrote', async () => {
    const app = await openApp({ serviceWorkers: 'block' });
    app.expectError(/ERR_FAILED|Failed to fetch/);
    const { page } = app;
    await page.route('**/assets/Personal-*.js', (route) => route.abort());
    const asked = page.waitForEvent('requestfailed');
    await page.goto('/km/kr/help');
    await asked;
    await page.locator('a[href="tel:112"]').first().waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });
});

test('the browser can install the app', async () => {
  const { context, page } = await openApp();
  await page.goto('/km/kr/help');
  await waitUntilStored(page);
  const devtools = await context.newCDPSession(page);
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  // A private window, which every test phone is, cannot install anything.
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual(
    [],
  );
  const manifest = await page.request.get(`${inject('baseUrl')}/manifest.webmanifest`);
  expect((await manifest.json()) as object).toMatchObject({ name: 'Mitra', start_url: '/' });
});
