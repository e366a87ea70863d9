import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { addDays } from '#lib/day.ts';
import { openApp } from '#tests/support/browser.ts';
import { buildContent } from '#tools/content/build.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const pack = buildContent(root, '2026-11-22').packs.find(
  (built) => built.pack.language === 'en' && built.pack.country === 'kr',
)?.pack;
const wage = pack?.rights.find(({ id }) => id === 'wage');
const change = wage?.change;

/** A phone that was switched on on this day. */
async function openOn(day: string) {
  const app = await openApp();
  await app.page.clock.setFixedTime(new Date(`${day}T09:00:00+07:00`));
  return app;
}

describe('a changed fact', () => {
  test('is announced on the home screen and beside the right, around the day of the change', async () => {
    const { page } = await openOn(addDays(change?.from ?? '', 1));
    await page.goto('/en/kr');
    await page.getByText(change?.text ?? 'no announcement').click();
    await page.waitForURL('**/en/kr/rights/wage');
    await page.getByText(change?.text ?? 'no announcement').waitFor();
  });

  test.each([
    ['long before', -60],
    ['long after', 120],
  ])('is no news %s', async (_name, days) => {
    const { page } = await openOn(addDays(change?.from ?? '', days));
    await page.goto('/en/kr');
    await page.getByText('Checklist').waitFor();
    expect(await page.getByText(change?.text ?? 'no announcement').count()).toBe(0);
  });
});

test('after its day of check a right and a path say that they may have changed', async () => {
  const { page } = await openOn('2029-01-01');
  for (const address of ['/en/kr/rights/wage', '/en/kr/paths/wage-not-paid']) {
    await page.goto(address);
    await page.getByText('This may have changed. Ask before you act.').waitFor();
  }
});

test('maintainers see in the app what is due, the earliest first, with its sources', async () => {
  const { page } = await openOn('2029-01-01');
  await page.goto('/en/kr/more/about');
  await page.getByRole('link', { name: 'What must be checked again' }).click();
  await page.getByText('Overdue').first().waitFor();
  const days = await page.locator('main h2').allInnerTexts();
  expect(days.length).toBeGreaterThan(1);
  const facts = pack ? [...pack.rights, ...pack.paths, ...pack.contacts, ...pack.homeContacts] : [];
  const listed = await page.locator('main details').count();
  expect(listed).toBeGreaterThan(facts.length);
  const first = page.locator('main details').first();
  await first.locator('summary').click();
  expect(await first.locator('a[href^="http"]').count()).toBeGreaterThan(0);
});

test('a worker reports a wrong fact in a message that the app only prepares', async () => {
  const { page } = await openApp();
  await page.goto('/en/kr/rights/wage');
  await page.getByText('Is something wrong here?').click();
  const href = async (name: string) =>
    decodeURIComponent((await page.getByRole('link', { name }).getAttribute('href')) ?? '');
  for (const [name, start] of [
    ['By e-mail', 'mailto:'],
    ['By Telegram', 'https://t.me/share/url?'],
    ['By SMS', 'sms:'],
  ] as const) {
    const address = await href(name);
    expect(address.startsWith(start)).toBe(true);
    expect(address).toContain('Your wage has a legal minimum');
    expect(address).toContain('/en/kr/rights/wage');
    expect(address).toContain('21 November 2026');
    expect(address).not.toContain('\u200b');
  }
});
