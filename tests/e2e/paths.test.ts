import { describe, expect, test } from 'vitest';
import { goOffline, openApp } from '#tests/support/browser.ts';
import { idsOf } from '#tests/support/routes.ts';

const TEN = [
  'wage-not-paid',
  'passport-held',
  'hurt',
  'beaten-or-locked',
  'leave-employer',
  'no-papers',
  'agency-took-money',
  'arrested',
  'going-home',
  'family-missing',
];

test.each(['kr', 'th', 'my'] as const)(
  'a worker in %s finds what has happened in one of ten pictures',
  (country) => {
    expect(idsOf('paths', country)).toEqual(TEN.toSorted());
  },
);

describe('a worker who was not paid', () => {
  test('presses the picture, sees whom to call first, what to do, and shows a card, without a network', async () => {
    const app = await openApp();
    const { page } = app;
    await page.goto('/en/kr/rights');
    await goOffline(app);
    await page.getByRole('link', { name: 'My wage is not paid' }).click();
    await page.getByRole('heading', { name: 'What you can do' }).waitFor();
    // Whom to call stands above the steps.
    const order = await page
      .locator('article h3')
      .evaluateAll((all) => all.map(({ textContent }) => textContent));
    expect(order.indexOf('Who to call')).toBeLessThan(order.indexOf('What you can do'));
    expect(order).toEqual(
      expect.arrayContaining(['Keep as proof', 'Time limits', 'What happens next', 'It is different for']),
    );
    expect(await page.locator('article a[href="tel:15770071"]').count()).toBe(1);
    await page.getByRole('link', { name: 'I have not been paid.' }).click();
    await page.locator('h1[lang="ko"]').waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'What you can do' }).waitFor();
  });

  test('reads it in two languages line by line, and in another language without losing the place', async () => {
    const { page } = await openApp();
    await page.goto('/en/th/paths/wage-not-paid');
    await page.getByRole('button', { name: 'ไทย' }).click();
    const steps = await page.locator('article ol > li').count();
    await page
      .locator('article ol span[lang="th"]')
      .nth(steps - 1)
      .waitFor();
    await page.getByRole('button', { name: 'ខ្មែរ' }).click();
    await page.locator('article ol span[lang="km"]').first().waitFor();
    expect(await page.locator('article ol span[lang="th"]').count()).toBe(0);
    await page.getByRole('button', { name: 'Show one language only' }).click();
    expect(await page.locator('article ol span[lang="km"]').count()).toBe(0);
    await page.getByRole('link', { name: 'Language and country' }).click();
    await page.getByRole('link', { name: 'Bahasa Melayu' }).click();
    await page.waitForURL('**/ms/th/paths/wage-not-paid');
    await page.locator('html[lang="ms"]').waitFor();
  });
});

test('a number that works in Cambodia only never stands before one that can be dialled from here', async () => {
  const { page } = await openApp({ javaScriptEnabled: false });
  await page.goto('/en/kr/paths/agency-took-money');
  const lines = await page.locator('section[aria-labelledby="call"] > div').allInnerTexts();
  const inside = lines.map((line) => line.includes('Works inside Cambodia only'));
  expect(inside).toContain(true);
  expect(inside.indexOf(true)).toBeGreaterThan(lines.findIndex((line) => line.includes('1577-0071')));
});

describe('the list of rights', () => {
  test('shows only what fits the work and papers of the reader, and Back keeps the choice', async () => {
    const { page } = await openApp();
    await page.goto('/en/kr/rights');
    await page.getByLabel('My work').selectOption('Fishing');
    await page.getByLabel('My papers').selectOption('I have no papers');
    await page.waitForURL('**/en/kr/rights?work=fishing&papers=without');
    await page.locator('a[href="/en/kr/rights/fishing-boat"]').waitFor();
    // Only for those with papers, and only for building sites and factories.
    expect(await page.locator('a[href="/en/kr/rights/employer-blocks-change"]').count()).toBe(0);
    expect(await page.locator('a[href="/en/kr/rights/heights-and-ladders"]').count()).toBe(0);
    await page.locator('a[href="/en/kr/rights/fishing-boat"]').click();
    await page.locator('article ol li').first().waitFor();
    await page.goBack();
    expect(await page.getByLabel('My work').inputValue()).toBe('fishing');
  });

  test('can be read and opened with JavaScript off', async () => {
    const { page } = await openApp({ javaScriptEnabled: false });
    await page.goto('/km/th/rights');
    await page.locator('a[href="/km/th/paths/hurt"]').click();
    expect(await page.locator('article a[href="tel:1669"]').count()).toBe(1);
    expect(await page.locator('article ol li').count()).toBeGreaterThan(2);
    await page.goto('/km/th/rights');
    await page.locator('details summary').last().click();
    await page.locator('details[open] a').last().click();
    expect(await page.locator('article ol li').count()).toBeGreaterThan(0);
  });
});

test('the promises between countries say who has agreed and lead to the rights that rest on them', async () => {
  const { page } = await openApp();
  await page.goto('/en/th/promises');
  await page.getByText('ASEAN promise to protect migrant workers').click();
  const open = page.locator('details[open]');
  await open.getByText('It is a promise. It binds no court.').waitFor();
  await open.getByText('not a member').waitFor();
  await open.locator('a[href^="/en/th/rights/"]').first().click();
  await page.locator('article').waitFor();
  await page.getByText('Law and sources').click();
  await page.getByText('Countries have promised this').waitFor();
});
