import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { COUNTRIES, LANGUAGES } from '#i18n/languages.ts';
import { openApp } from '#tests/support/browser.ts';
import { routesOf } from '#tests/support/routes.ts';

/** One of each kind stands for all: they have the same form. A part of the others is covered by the sideways test below. */
const EXAMPLES = ['passport', 'debt', 'passport-held', 'agency-took-money', 'want-passport', 'blood-group'];

const screensOf = (language: (typeof LANGUAGES)[number], country: (typeof COUNTRIES)[number]): string[] =>
  routesOf(language, country)
    .map(({ path }) => path)
    .filter((path) => {
      const [, , , kind = '', id] = path.split('/');
      return !id || !['rights', 'paths', 'cards'].includes(kind) || EXAMPLES.includes(id);
    });

/** Every screen, and every fifth of the entries and cards: another fifth in each language. */
function sampleOf(language: (typeof LANGUAGES)[number], country: (typeof COUNTRIES)[number]): string[] {
  const turn = LANGUAGES.indexOf(language);
  return routesOf(language, country)
    .map(({ path }) => path)
    .filter((path, index) => !/\/(rights|cards)\/./.test(path) || index % 5 === turn);
}

async function openScreen(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.locator('h1').waitFor();
  // Personal screens open the database first.
  await page.locator('[aria-busy="true"]').waitFor({ state: 'detached' });
}

async function violationsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`);
}

describe('no axe violation', () => {
  test.each(LANGUAGES)(
    'on any screen in %s',
    async (language) => {
      const { page } = await openApp();
      const found: Record<string, string[]> = {};
      for (const path of [
        '/',
        `/${language}`,
        ...screensOf(language, 'kr'),
        `/${language}/th/help`,
        `/${language}/th/rights`,
      ]) {
        await openScreen(page, path);
        const violations = await violationsOf(page);
        if (violations.length > 0) found[path] = violations;
      }
      expect(found).toEqual({});
    },
    180_000,
  );

  test('on any screen in the dark', async () => {
    const { page } = await openApp({ colorScheme: 'dark' });
    const found: Record<string, string[]> = {};
    for (const path of ['/', '/km', ...screensOf('km', 'th'), '/calculator']) {
      await openScreen(page, path);
      const violations = await violationsOf(page);
      if (violations.length > 0) found[path] = violations;
    }
    expect(found).toEqual({});
  }, 180_000);
});

describe('320 px wide with text twice as large', () => {
  test.each([
    ['km', 'kr'],
    ['th', 'th'],
    ['ko', 'kr'],
    ['ms', 'my'],
    ['en', 'kh'],
  ] as const)(
    'nothing runs off the side in %s',
    async (language, country) => {
      const { page } = await openApp({ viewport: { width: 320, height: 640 } });
      const wide: string[] = [];
      for (const path of sampleOf(language, country)) {
        await openScreen(page, path);
        const runsOff = await page.evaluate(() => {
          document.documentElement.style.fontSize = '200%';
          return document.documentElement.scrollWidth > window.innerWidth;
        });
        if (runsOff) wide.push(path);
      }
      expect(wide).toEqual([]);
    },
    180_000,
  );
});
