import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startServer } from '#server/startServer.ts';
import { openApp, waitUntilStored } from '#tests/support/browser.ts';
import { distFolder } from '#tools/build.ts';

/** The app from a folder of its own, whose files a test may change as a new release does. */
async function serveCopy() {
  const dist = await mkdtemp(join(tmpdir(), 'mitra-dist-'));
  await cp(distFolder, dist, { recursive: true });
  const server = await startServer({ dist, port: 0 });
  onTestFinished(async () => {
    await server.close();
    await rm(dist, { recursive: true, force: true });
  });
  const release = async (): Promise<void> => {
    const file = join(dist, 'sw.js');
    await writeFile(file, `${await readFile(file, 'utf8')}\n// a newer release\n`);
  };
  return { url: server.url, release };
}

test('a newer app asks quietly, waits for the worker, and loads once', async () => {
  const { url, release } = await serveCopy();
  const { page } = await openApp({ baseURL: url });
  await page.goto('/en/kr/help');
  await waitUntilStored(page);
  await release();
  await page.reload();
  await page.getByText('A newer Mitra is ready.').waitFor();
  let loads = 0;
  page.on('load', () => {
    loads += 1;
  });
  await page.getByRole('button', { name: 'Update now' }).click();
  await page.waitForEvent('load');
  await page.locator('a[href="tel:112"]').first().waitFor();
  expect(loads).toBe(1);
});

test('never asks in the middle of a form', async () => {
  const { url, release } = await serveCopy();
  const { page } = await openApp({ baseURL: url });
  await page.goto('/en/kr/help');
  await waitUntilStored(page);
  await release();
  await page.goto('/en/kr/papers/contacts');
  await page.getByRole('button', { name: 'Add a person' }).click();
  await page.getByLabel('Name').fill('half writ');
  const isWaiting = () =>
    page.evaluate(async () => Boolean((await navigator.serviceWorker.getRegistration())?.waiting));
  await expect.poll(isWaiting, { timeout: 20_000 }).toBe(true);
  expect(await page.getByText('A newer Mitra is ready.').count()).toBe(0);
  expect(await page.getByLabel('Name').inputValue()).toBe('half writ');
});
