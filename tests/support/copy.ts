import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright';
import type { Language } from '#i18n/languages.ts';
import type en from '#locales/en.json';
import type { App } from '#tests/support/browser.ts';
import { type PictureFile, takePicture } from '#tests/support/pictures.ts';

/* What the journeys of the locked copy do on its screens. */

export const COPY = '/en/kr/more/sync';
export const PAPERS = '/en/kr/papers';

export const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

/** A contract with two photos, a person to trust and a tick, on an empty phone. */
export async function writePapers({ page }: App): Promise<string> {
  await page.goto(`${PAPERS}/contract/new`);
  await page.getByLabel('Choose from the phone').waitFor({ state: 'attached' });
  const pictures = [await takePicture(page, 'red'), await takePicture(page, 'blue')];
  await page.getByLabel('Choose from the phone').setInputFiles(pictures);
  await page.locator('main ol li').nth(1).locator('img').waitFor();
  await page.getByLabel('Employer name').fill('Kim Farm');
  await page.locator('[data-saved="true"]').waitFor();
  const contract = new URL(page.url()).pathname;
  await page.goto('/en/kr/checklist/before');
  await page.getByRole('checkbox').first().click();
  await addPerson(page, 'Srey Mom', '012 345 678');
  return contract;
}

export async function addPerson(page: Page, name: string, phone: string): Promise<void> {
  await page.goto(`${PAPERS}/contacts`);
  await button(page, 'Add a person').click();
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Phone number').fill(phone);
  await button(page, 'Done').click();
  await page.getByText(name).first().waitFor();
}

/** Agrees, keeps the picture of the code and types two groups back. */
export async function agree({ page }: App): Promise<{ groups: string[]; picture: PictureFile }> {
  await sayYes(page);
  const groups = await readGroups(page);
  const picture = await keepPicture(page);
  await button(page, 'I have kept it').click();
  await typeTwoGroups(page, groups);
  await page.getByText('Saved just now').waitFor();
  return { groups, picture };
}

/** Agrees and types two groups back; no picture. */
export async function agreeAndType({ page }: App): Promise<string[]> {
  await sayYes(page);
  return keepCode(page);
}

async function sayYes(page: Page): Promise<void> {
  await page.goto(COPY);
  await page.getByText('Send photos only on Wi-Fi').click();
  await button(page, 'Yes, save a locked copy').click();
}

/** From the screen that shows a code to the one that says that it is kept. */
export async function keepCode(page: Page): Promise<string[]> {
  const groups = await readGroups(page);
  await button(page, 'I have kept it').click();
  await typeTwoGroups(page, groups);
  // Only then the phone has noted that it is kept.
  await page.waitForURL(`**${COPY}`);
  return groups;
}

export async function readGroups(page: Page): Promise<string[]> {
  const items = page.getByRole('list', { name: 'The digits of the code' }).getByRole('listitem');
  await items.nth(7).waitFor();
  return (await items.allTextContents()).map((text) => text.replace(/\D/g, '').slice(1, 6));
}

async function keepPicture(page: Page): Promise<PictureFile> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    button(page, 'Save as picture').click(),
  ]);
  const buffer = await readFile(await download.path());
  return { name: download.suggestedFilename(), mimeType: 'image/png', buffer };
}

async function typeTwoGroups(page: Page, groups: string[]): Promise<void> {
  const fields = page.getByRole('textbox', { name: /^Group \d/ });
  await fields.nth(1).waitFor();
  for (const field of await fields.all()) {
    const label = (await field.evaluate((input: HTMLInputElement) => input.labels?.[0]?.textContent)) ?? '';
    await field.fill(groups[Number(/\d/.exec(label)?.[0]) - 1] ?? '');
  }
  await button(page, 'Done').click();
}

/** Brings the copy of a picture onto an empty phone. */
export async function restore({ page }: App, picture: PictureFile): Promise<void> {
  await page.goto(`${COPY}/restore`);
  await page.getByLabel('Choose a picture of the code').setInputFiles(picture);
  await takeCopy(page);
}

/** Brings the copy of typed digits onto an empty phone. */
export async function restoreByCode(app: App, groups: readonly string[]): Promise<void> {
  await lookByCode(app, groups);
  await takeCopy(app.page);
}

/** Gives the code on the screen that brings a copy back. */
export async function lookByCode(app: App, groups: readonly string[]): Promise<void> {
  await app.page.goto(`${COPY}/restore`);
  await typeCode(app, groups);
}

async function takeCopy(page: Page): Promise<void> {
  await page.getByText('Last saved on').waitFor();
  await button(page, 'Bring it to this phone').click();
  await page.getByText('on this phone.').first().waitFor();
  await page.getByRole('link', { name: 'See my papers' }).click();
}

export async function typeCode({ page }: App, groups: readonly string[]): Promise<void> {
  await button(page, 'Type the digits').click();
  // As it is pasted: a whole code fills all eight fields.
  await page
    .getByRole('textbox', { name: /^Group \d/ })
    .first()
    .fill(groups.join(' '));
  await button(page, 'Go on').click();
}

export async function saveNow({ page }: App): Promise<void> {
  await page.goto(COPY);
  await button(page, 'Save now').click();
  await page.getByText('Saved just now').waitFor();
  await button(page, 'Save now').waitFor();
}

export async function fillContract(
  { page }: App,
  contract: string,
  label: string,
  text: string,
): Promise<void> {
  await page.goto(contract);
  await page.getByLabel(label).fill(text);
  await page.locator('[data-saved="true"]').waitFor();
}

/** The words of the interface in a language. */
export function wordsOf(language: Language): Words {
  const file = new URL(`../../locales/${language}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Words;
}

type Words = typeof en;
