import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { saveAgency } from '#data/agencies.ts';
import { saveAgencyPerson } from '#data/agencyPeople.ts';
import { saveCard } from '#data/cards.ts';
import { saveMark } from '#data/checklist.ts';
import { saveContact } from '#data/contacts.ts';
import { saveContract } from '#data/contracts.ts';
import type { Database } from '#data/database.ts';
import { savePayment } from '#data/payments.ts';
import { savePromise } from '#data/promises.ts';
import { valueOf } from '#tests/data/phone.ts';
import { type App, openApp } from '#tests/support/browser.ts';
import { button, COPY, PAPERS, readGroups, restoreByCode, saveNow, typeCode } from '#tests/support/copy.ts';
import { joinFromAfar, saveFromAfar, startCopyServer } from '#tests/support/copyServer.ts';
import { hostileTexts } from '#tests/support/hostileTexts.ts';

const TEXTS = hostileTexts(200);
const PEOPLE = 60;
const CONTRACTS = 20;

/** Every text in some field; people and employers get those that begin at `shift`. */
async function write(db: Database, shift: number): Promise<void> {
  let next = shift;
  const text = (): string => TEXTS[next++ % TEXTS.length] ?? '';
  for (let index = 0; index < PEOPLE; index++) {
    valueOf(await saveContact(db, `person-${index}`, { name: text(), position: index }));
  }
  for (let index = 0; index < CONTRACTS; index++) {
    valueOf(
      await saveContract(db, `contract-${index}`, { employer: text(), workplace: text(), country: 'kr' }),
    );
  }
  const agencyId = 'agency';
  valueOf(await saveAgency(db, agencyId, { name: text(), licence: text(), address: text(), note: text() }));
  for (let index = 0; index < 40; index++) {
    valueOf(await savePromise(db, `promise-${index}`, { agencyId, text: text() }));
    valueOf(await saveAgencyPerson(db, `helper-${index}`, { agencyId, name: text(), role: 'broker' }));
  }
  for (let index = 0; index < 16; index++) {
    valueOf(
      await savePayment(db, `payment-${index}`, { agencyId, amount: 5, currency: 'USD', paidTo: text() }),
    );
  }
  // Numbers that are none, and notes where notes are shown.
  valueOf(await saveContact(db, 'person-0', { phone: 'javascript:window.hurt=1' }));
  valueOf(await saveContact(db, 'person-1', { phone: '"><script>window.hurt=1</script>' }));
  valueOf(await saveMark(db, 'kr', 'before-contract', { note: text() }));
  valueOf(await saveMark(db, 'kr', 'an-item-of-a-newer-app', { done: true, note: text() }));
  valueOf(await saveCard(db, 'blood-group', { words: text(), kept: null } as never));
}

/** Reports what the policy of the app had to stop. */
async function watchPolicy({ context }: App, violations: string[]): Promise<void> {
  await context.exposeFunction('reportViolation', (what: string) => violations.push(what));
  await context.addInitScript(() => {
    const { reportViolation } = window as unknown as { reportViolation: (what: string) => void };
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      reportViolation(`${violatedDirective}: ${blockedURI}`),
    );
  });
}

/** All that can be read on a screen: its text and what stands in its fields. */
const readScreen = (page: Page): Promise<string> =>
  page.evaluate(() =>
    [
      document.body.textContent,
      ...[...document.querySelectorAll<HTMLInputElement>('input, textarea')].map(({ value }) => value),
    ].join('\n'),
  );

/** What of a screen is markup that no file of ours has written. */
const foreignMarkup = (page: Page): Promise<string[]> =>
  page.evaluate(() => [
    ...[
      ...document.querySelectorAll(
        'body script, body style, body link, body meta, body base, iframe, object, embed, math, body [onload], [onerror], [onfocus], [onmouseover], [ontoggle], a[href^="javascript" i], img[src="x"], img[src^="http"], form[action*="//"]',
      ),
    ].map(({ outerHTML }) => outerHTML.slice(0, 200)),
    ...('hurt' in window ? ['something ran'] : []),
  ]);

async function lookAt(page: Page, seen: Set<string>): Promise<void> {
  expect(await foreignMarkup(page), page.url()).toEqual([]);
  const width = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(width, `${page.url()} runs off the side`).toBeLessThanOrEqual(0);
  const screen = await readScreen(page);
  for (const text of TEXTS) if (screen.includes(text)) seen.add(text);
}

test('whatever is written stays text: on both phones, where they differ, and in the family view', {
  timeout: 180_000,
}, async () => {
  const server = await startCopyServer();
  const a = await saveFromAfar(server.url, async (db) => {
    for (let index = 0; index < PEOPLE; index++) {
      valueOf(await saveContact(db, `person-${index}`, { name: 'before', position: index }));
    }
  });
  const b = await joinFromAfar(server.url, a.groups);
  // Both write while they do not know of each other.
  await write(a.db, 0);
  await write(b.db, 7);
  for (const phone of [a, b, a]) await phone.sync();

  const violations: string[] = [];
  const owner = await openApp({ baseURL: server.url });
  await watchPolicy(owner, violations);
  await restoreByCode(owner, a.groups);
  const { page } = owner;
  const seen = new Set<string>();
  await page.locator('main a[href*="contract-"], main a[href*="contract/"]').first().waitFor();
  await lookAt(page, seen);
  await page.goto(`${PAPERS}/contacts`);
  await page.getByText('Two phones, two answers').waitFor();
  await expect
    .poll(() => page.getByRole('button', { name: /^Keep: / }).count())
    .toBeGreaterThanOrEqual(PEOPLE - 5);
  await lookAt(page, seen);
  for (const path of [
    '/en/kr/help',
    `${PAPERS}/contract/contract-0`,
    `${PAPERS}/contract/contract-19`,
    `${PAPERS}/agency`,
    `${PAPERS}/agency/agency`,
    '/en/kr/checklist/before',
    '/en/kr/cards/blood-group',
    '/en/kr/more/storage',
  ]) {
    await page.goto(path);
    await page.locator('h1').waitFor();
    await page.locator('[aria-busy="true"]').waitFor({ state: 'detached' });
    if (/contract-|agency\/agency|checklist|cards/.test(path))
      await page.getByText('Two phones, two answers').waitFor();
    await lookAt(page, seen);
  }
  // One of two answers is taken, the other kept.
  await page.goto(`${PAPERS}/contacts`);
  await page.getByText('Two phones, two answers').waitFor();
  for (const choice of [/^Take: /, /^Keep: /]) {
    const before = await page.getByRole('button', { name: /^Keep: / }).count();
    await page.getByRole('button', { name: choice }).first().click();
    await expect
      .poll(() => page.getByRole('button', { name: /^Keep: / }).count(), { timeout: 10_000 })
      .toBe(before - 1);
  }
  await saveNow(owner);

  // The name of a family copy, in a heading, a list and a question.
  const label = '<img src=x onerror=window.hurt=1>{{name}}$t(sync.title)$&';
  await page.goto(`${COPY}/family`);
  await button(page, 'Add a family copy').click();
  await page.getByLabel('For whom?').fill(label);
  await button(page, 'Make the code').click();
  const groups = await readGroups(page);
  await page.getByText(`Give this code to ${label}.`).waitFor();
  await lookAt(page, seen);
  await button(page, 'I have given it').click();
  await button(page, `Take away: ${label}`).click();
  await page.getByText(`Take the copy away from ${label}?`).waitFor();
  await lookAt(page, seen);
  await button(page, 'No, keep it').click();

  const family = await openApp({ baseURL: server.url });
  await watchPolicy(family, violations);
  await family.page.goto(`${COPY}/restore`);
  await typeCode(family, groups);
  await button(family.page, 'Bring the family copy').click();
  await family.page.getByRole('link', { name: 'See the family copy' }).click();
  await family.page.locator('article').nth(100).waitFor();
  const seenByFamily = new Set<string>();
  await lookAt(family.page, seenByFamily);

  const missing = TEXTS.filter((text) => !seen.has(text) && !seenByFamily.has(text)).map((text) =>
    JSON.stringify(text).slice(0, 80),
  );
  expect(missing, 'texts that stand on no screen').toEqual([]);
  expect(seenByFamily.size).toBeGreaterThan(120);
  expect(violations, 'violations of the policy').toEqual([]);
  console.log(
    `${TEXTS.length} texts, ${seenByFamily.size} of them in the family view, no markup, no violation`,
  );
});
