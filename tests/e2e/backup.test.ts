import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { createProfile, openApp } from '#tests/support/browser.ts';
import { takePicture } from '#tests/support/pictures.ts';

/** Every row and photo of the phone's database, photo bytes as text. */
function readEverything(page: Page): Promise<Record<string, unknown[]>> {
  return page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('mitra');
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    const tables: Record<string, unknown[]> = {};
    // What the app remembers about this phone (flags, when a photo was last used) is no entry of the worker.
    for (const name of [...db.objectStoreNames].filter(
      (table) => table !== 'flags' && table !== 'photoInfo',
    )) {
      const rows = await new Promise<unknown[]>((resolve, reject) => {
        const reading = db.transaction(name).objectStore(name).getAll();
        reading.onsuccess = () => resolve(reading.result);
        reading.onerror = () => reject(reading.error);
      });
      // The mark of an unsent record is drawn anew at every write.
      const plain = (key: string, value: unknown): unknown =>
        key === 'generation' ? undefined : value instanceof Uint8Array ? [...value].join() : value;
      tables[name] = rows.map((row) => JSON.parse(JSON.stringify(row, plain)));
    }
    db.close();
    return tables;
  });
}

async function fillPhone(page: Page): Promise<void> {
  await page.goto('/en/kr/papers/contract/new');
  await page.getByLabel('Choose from the phone').waitFor({ state: 'attached' });
  const pictures = [
    await takePicture(page, 'red'),
    await takePicture(page, 'lime'),
    await takePicture(page, 'blue'),
  ];
  await page.getByLabel('Choose from the phone').setInputFiles(pictures);
  await page.locator('main ol li').nth(2).locator('img').waitFor();
  await page.getByLabel('Employer name').fill('Kim Farm');
  await page.getByLabel('Pay', { exact: true }).fill('2156880');
  await page.locator('[data-saved="true"]').waitFor();
  await page.goto('/en/kr/checklist/before');
  await page.locator('main input[type="checkbox"]:enabled').first().check();
  await page.locator('main progress[value="1"]').waitFor();
  await page.goto('/en/kr/papers/contacts');
  await page.getByRole('button', { name: 'Add a person' }).click();
  await page.getByLabel('Name').fill('ម៉ាក់');
  await page.getByLabel('Phone number').fill('012 345 678');
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByText('012 345 678').waitFor();
}

async function saveCopy(page: Page, folder: string): Promise<string> {
  await page.goto('/en/kr/more/backup');
  await page.getByRole('button', { name: 'Save a copy now' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Put the file on this phone' }).click(),
  ]);
  const file = join(folder, download.suggestedFilename());
  await download.saveAs(file);
  return file;
}

async function eraseAll(page: Page): Promise<void> {
  await page.goto('/en/kr/more/storage');
  await page.getByRole('button', { name: 'Delete everything I wrote' }).click();
  await page.getByRole('button', { name: 'Yes, delete everything' }).click();
  await page.getByText('Everything you wrote is deleted').waitFor();
}

async function bringBack(page: Page, file: string): Promise<void> {
  await page.goto('/en/kr/more/backup');
  await page.getByLabel('Choose the file').setInputFiles(file);
}

describe('a copy of everything in one file', () => {
  test('brings back identical entries and photo bytes after everything was deleted', async () => {
    const { page } = await openApp();
    const folder = await createProfile();
    await fillPhone(page);
    const before = await readEverything(page);
    expect(before['photos']).toHaveLength(3);
    const file = await saveCopy(page, folder);
    expect(file).toMatch(/mitra-\d{4}-\d{2}-\d{2}\.zip$/);

    await eraseAll(page);
    expect(Object.values(await readEverything(page)).flat()).toEqual([]);

    await bringBack(page, file);
    await page.getByText('Done. 6 new, 0 changed.').waitFor();
    expect(await readEverything(page)).toEqual(before);
    await page.goto('/en/kr/help');
    await page.locator('a[href="tel:012345678"]').waitFor();
  });

  test('read a second time changes nothing', async () => {
    const { page } = await openApp();
    const folder = await createProfile();
    await fillPhone(page);
    const file = await saveCopy(page, folder);
    const before = await readEverything(page);
    await bringBack(page, file);
    await page.getByText('Everything in this file was already on the phone.').waitFor();
    expect(await readEverything(page)).toEqual(before);
  });

  test.each([
    ['a photo', 'holiday.zip', () => Buffer.from([0xff, 0xd8, 0xff, 0xe0]), 'not made by Mitra'],
    [
      'half of a copy',
      'half.zip',
      (copy: Buffer) => copy.subarray(0, copy.length / 2),
      'This file is damaged',
    ],
  ])('%s is refused with a reason, and what is there stays', async (_name, name, spoil, reason) => {
    const { page } = await openApp();
    const folder = await createProfile();
    await fillPhone(page);
    const copy = await readFile(await saveCopy(page, folder));
    const before = await readEverything(page);
    const file = join(folder, name);
    await writeFile(file, spoil(copy));
    await bringBack(page, file);
    await page.getByText(reason).waitFor();
    expect(await readEverything(page)).toEqual(before);
  });
});
