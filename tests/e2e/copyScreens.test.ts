import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { LANGUAGES, type Language } from '#i18n/languages.ts';
import { type App, openApp } from '#tests/support/browser.ts';
import { button, COPY, wordsOf } from '#tests/support/copy.ts';
import { copyScreens } from '#tests/support/routes.ts';

type Found = Record<string, string[]>;

/** A phone that has a copy, with a code that still waits to be kept. */
async function agreeOnly({ page }: App): Promise<void> {
  await page.goto(COPY);
  await button(page, 'Yes, save a locked copy').click();
  await button(page, 'I have kept it').waitFor();
}

/** Every screen of a copy, and what opens on them. */
async function walk(page: Page, language: Language, look: (name: string) => Promise<void>): Promise<void> {
  const { sync } = wordsOf(language);
  for (const screen of copyScreens) {
    await page.goto(`/${language}/kr/${screen}`);
    await page.locator('h1').waitFor();
    await page.locator('main button, main a').first().waitFor();
    if (screen.endsWith('family')) {
      await page.getByText(sync.family.none).waitFor();
      await look(screen);
      await button(page, sync.family.add).click();
      await look(`${screen}: for whom`);
      await page.getByLabel(sync.family.name).fill('ម៉ាក់');
      await button(page, sync.family.make).click();
      await button(page, sync.family.given).waitFor();
      await look(`${screen}: its code`);
    } else if (screen.endsWith('code')) {
      await look(screen);
      await button(page, sync.code.kept).click();
      await page.getByText(sync.code.checkTitle).waitFor();
      await look(`${screen}: two groups`);
    } else if (screen.endsWith('stop')) {
      await look(screen);
      await button(page, sync.stop.server).click();
      await button(page, sync.stop.serverNo).waitFor();
      await look(`${screen}: the question`);
    } else {
      await look(screen);
    }
  }
  await page.goto(`/${language}/kr/more/sync/restore`);
  await button(page, sync.restore.type).click();
  await page.getByRole('textbox').nth(7).waitFor();
  await page.getByRole('textbox').first().fill('11111');
  await look('restore: a wrong group');
}

async function violationsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`);
}

/** What runs off the side of a phone 320 px wide with text twice as large. */
async function widerThanPhone(page: Page): Promise<string[]> {
  await page.setViewportSize({ width: 320, height: 640 });
  const wide = await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%';
    const width = document.documentElement.scrollWidth;
    document.documentElement.style.fontSize = '';
    return width > window.innerWidth ? [`wide: ${width} px`] : [];
  });
  await page.setViewportSize({ width: 360, height: 740 });
  return wide;
}

test.each(LANGUAGES)(
  'every screen of a copy can be read and fits in %s',
  async (language) => {
    const phone = await openApp();
    await agreeOnly(phone);
    const found: Found = {};
    await walk(phone.page, language, async (name) => {
      const problems = [...(await violationsOf(phone.page)), ...(await widerThanPhone(phone.page))];
      if (problems.length > 0) found[name] = problems;
    });
    expect(found).toEqual({});
  },
  120_000,
);

test('every screen of a copy can be read in the dark', { timeout: 120_000 }, async () => {
  const phone = await openApp({ colorScheme: 'dark' });
  await agreeOnly(phone);
  const found: Found = {};
  await walk(phone.page, 'km', async (name) => {
    const problems = await violationsOf(phone.page);
    if (problems.length > 0) found[name] = problems;
  });
  expect(found).toEqual({});
});
