import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openApp } from '#tests/support/browser.ts';
import { buildContent } from '#tools/content/build.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const pack = buildContent(root, '2026-11-21').packs.find(
  ({ pack }) => pack.language === 'en' && pack.country === 'th',
)?.pack;

test('a number that rests on one source carries its label on the help screen and stands below the others', async () => {
  const { page } = await openApp({ javaScriptEnabled: false });
  await page.goto('/en/th/help');
  const phones = [...(pack?.contacts ?? []), ...(pack?.homeContacts ?? [])].flatMap(
    (contact) => contact.phones,
  );
  const unproven = phones.filter((phone) => phone.verifyFirst).length;
  expect(unproven).toBeGreaterThan(5);
  // The heading of the last section says it once more.
  expect(await page.getByText('Ask first, not confirmed', { exact: true }).count()).toBe(unproven + 1);
  const headings = await page.locator('main h2').allInnerTexts();
  expect(headings.at(-1)).toBe('Ask first, not confirmed');
});

test('beside a right, a number that works from here is chosen, and an unproven one says so', async () => {
  const { page } = await openApp({ javaScriptEnabled: false });
  const right = pack?.rights.find(({ contacts }) =>
    contacts.some((id) => pack.contacts.find((contact) => contact.id === id)?.verifyFirst),
  );
  await page.goto(`/en/th/rights/${right?.id}`);
  expect(right, 'a right names an unproven contact').toBeDefined();
  expect(await page.getByText('Ask first, not confirmed', { exact: true }).count()).toBeGreaterThan(0);
});
