import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { openApp, waitUntilStored } from '#tests/support/browser.ts';
import { addPerson, agreeAndType, button, COPY, PAPERS, restoreByCode } from '#tests/support/copy.ts';
import { startCopyServer } from '#tests/support/copyServer.ts';
import { entriesIn, halvesIn, readTables } from '#tests/support/tables.ts';

const CHECKLIST = '/en/kr/checklist/before';
const EDITS = 500;

/** Types each text into the next field of this kind, quickly, and asks for a sync again and again. */
function typeQuickly(page: Page, selector: string, texts: readonly string[]): Promise<number> {
  return page.evaluate(
    async ([fieldsAre, all]) => {
      const fields = [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(fieldsAre)];
      const db = await new Promise<IDBDatabase>((resolve) => {
        const opening = indexedDB.open('mitra');
        opening.onsuccess = () => resolve(opening.result);
      });
      for (const [index, text] of all.entries()) {
        const field = fields[index % fields.length];
        if (!field) throw new Error('There is no field.');
        // React reads what the element itself was given.
        Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value')?.set?.call(field, text);
        field.dispatchEvent(new Event('input', { bubbles: true }));
        // What the phone says when its network comes back: a run begins at once.
        if (index % 20 === 0) window.dispatchEvent(new Event('online'));
        // A look into the table waits until what was typed is stored.
        await new Promise((resolve) => {
          db.transaction('checklist').objectStore('checklist').count().onsuccess = resolve;
        });
      }
      db.close();
      return fields.length;
    },
    [selector, texts] as const,
  );
}

/** The last text of each field. */
const lastOf = (texts: readonly string[], fields: number): string[] =>
  Array.from(
    { length: fields },
    (_, field) => texts.findLast((_text, index) => index % fields === field) ?? '',
  );

const numbers = Array.from({ length: EDITS }, (_, index) => index);
const notes = numbers.map((number) => `note ${number} ចំណាំ`);
const days = numbers.map((number) => new Date(Date.UTC(2027, 0, 1 + number)).toISOString().slice(0, 10));

test('two windows that write into the same entries while both save lose nothing', {
  timeout: 90_000,
}, async () => {
  const server = await startCopyServer();
  const phone = await openApp({ baseURL: server.url });
  await phone.page.goto('/en/kr');
  const groups = await agreeAndType(phone);
  const windows = [phone.page, await phone.context.newPage()] as const;
  for (const page of windows) {
    await page.goto(CHECKLIST);
    await page.locator('main textarea').first().waitFor({ state: 'attached' });
  }
  // A network as it is: two runs would meet.
  server.between(async (_request, answer) => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    return answer();
  });
  const before = server.asked.length;
  const [fields] = await Promise.all([
    typeQuickly(windows[0], 'main textarea', notes),
    typeQuickly(windows[1], 'main input[type="date"]', days),
  ]);
  const expected = new Set(
    lastOf(notes, fields).map((note, field) => `${note}, ${lastOf(days, fields)[field]}`),
  );
  const written = async () =>
    new Set(
      (await readTables(phone.page))['checklist']?.map(
        (row) => `${String(row['note'])}, ${String(row['date'])}`,
      ),
    );
  await expect.poll(written, { timeout: 20_000 }).toEqual(expected);

  await windows[0].goto(COPY);
  await windows[0].getByText('Saved just now').waitFor();
  await expect.poll(async () => (await readTables(phone.page))['unsent']).toEqual([]);
  const sent = server.asked.slice(before);
  expect(server.together(), 'requests under way at the same moment').toBe(1);
  const pushes = sent.filter(({ method, path }) => method === 'POST' && path.startsWith('/v1/records'));
  expect(pushes.length).toBeGreaterThan(1);
  const tables = await readTables(phone.page);
  expect(halvesIn(tables)).toEqual([]);

  const second = await openApp({ baseURL: server.url });
  await restoreByCode(second, groups);
  expect(entriesIn(await readTables(second.page))).toEqual(entriesIn(tables));
  await second.page.goto(CHECKLIST);
  const seen = second.page.locator('main textarea');
  await expect
    .poll(() => seen.evaluateAll((areas) => areas.map((area) => (area as HTMLTextAreaElement).value)))
    .toEqual(lastOf(notes, fields));
  await windows[1].close();
  await button(windows[0], 'Save now').waitFor();
  console.log(
    `${2 * EDITS} edits in two windows, ${sent.length} requests, ${pushes.length} pushes meanwhile`,
  );
});

test('what one window writes, and how far it is saved, stands in the other at once', async () => {
  const server = await startCopyServer();
  const phone = await openApp({ baseURL: server.url });
  const { page } = phone;
  await page.goto('/en/kr');
  await agreeAndType(phone);
  const other = await phone.context.newPage();
  await other.goto(PAPERS);
  await other.getByText('Saved').first().waitFor();
  const copy = await phone.context.newPage();
  await copy.goto(COPY);
  await copy.getByText('Saved').first().waitFor();
  await waitUntilStored(page);
  phone.expectError(/ERR_INTERNET_DISCONNECTED/);
  await phone.context.setOffline(true);
  await addPerson(page, 'Srey Mom', '012 345 678');
  await other.getByText('Srey Mom').waitFor();
  for (const window of [other, copy]) await window.getByText('Waiting for internet: 1 entry').waitFor();
  await phone.context.setOffline(false);
  for (const window of [other, copy]) await window.getByText('Saved just now').waitFor();
});
