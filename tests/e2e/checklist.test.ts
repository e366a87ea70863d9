import { expect, test } from 'vitest';
import { openApp } from '#tests/support/browser.ts';

test('checklist progress survives a language switch and a reload', async () => {
  const { page } = await openApp();
  await page.goto('/km/kr/checklist/before');
  const boxes = page.locator('main input[type="checkbox"]');
  await page.locator('main input[type="checkbox"]:enabled').first().waitFor();
  await boxes.nth(0).check();
  await boxes.nth(2).check();
  await page.locator('main progress[value="2"]').waitFor();

  await page.locator('header a[aria-haspopup="dialog"]').click();
  await page.locator('dialog a[lang="ko"]').click();
  await page.waitForURL('**/ko/kr/checklist/before');
  await page.locator('main progress[value="2"]').waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('ko');

  await page.reload();
  await page.locator('main progress[value="2"]').waitFor();
  expect(await boxes.nth(0).isChecked()).toBe(true);
  expect(await boxes.nth(1).isChecked()).toBe(false);
  expect(await boxes.nth(2).isChecked()).toBe(true);
});

test('a note and a day on an item are kept', async () => {
  const { page } = await openApp();
  await page.goto('/en/kh/checklist/before');
  await page.locator('main input[type="checkbox"]:enabled').first().waitFor();
  const item = page.locator('main ol > li').first();
  await item.locator('summary').click();
  await item.locator('input[type="date"]').fill('2026-12-05');
  await item.locator('textarea').fill('ទៅជាមួយម្ដាយ');
  // Another screen and back: what was typed is in the database, not only on the screen.
  await page.locator('nav a[href="/en/kh"]').click();
  await page.goto('/en/kh/checklist/before');
  await item.locator('summary').click();
  await page.locator('main input[type="checkbox"]:enabled').first().waitFor();
  expect(await item.locator('textarea').inputValue()).toBe('ទៅជាមួយម្ដាយ');
  expect(await item.locator('input[type="date"]').inputValue()).toBe('2026-12-05');
});

test('two windows stay in step', async () => {
  const { context, page } = await openApp();
  await page.goto('/en/my/checklist/arrival');
  await page.locator('main input[type="checkbox"]:enabled').first().waitFor();
  const second = await context.newPage();
  await second.goto('/en/my/checklist/arrival');
  await second.locator('main input[type="checkbox"]:enabled').first().check();
  await page.locator('main progress[value="1"]').waitFor();
  await page.locator('main input[type="checkbox"]').nth(1).check();
  await second.locator('main progress[value="2"]').waitFor();
});
