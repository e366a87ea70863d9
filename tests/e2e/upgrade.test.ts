import { describe, expect, test } from 'vitest';
import { openApp } from '#tests/support/browser.ts';

describe('another window with another version of the app', () => {
  test('a newer database is left alone, and the worker is told to update', async () => {
    const { page } = await openApp();
    await page.goto('/calculator');
    await page.evaluate(
      () =>
        new Promise<void>((resolve, reject) => {
          // Far above any version of today, as a newer app would leave it.
          const opening = indexedDB.open('mitra', 9990);
          opening.onupgradeneeded = () => opening.result.createObjectStore('future').put('kept', 'key');
          opening.onsuccess = () => {
            opening.result.close();
            resolve();
          };
          opening.onerror = () => reject(opening.error);
        }),
    );
    await page.goto('/en/kr/papers');
    await page.getByText('These papers belong to a newer Mitra').waitFor();
    const kept = await page.evaluate(
      () =>
        new Promise((resolve, reject) => {
          const opening = indexedDB.open('mitra');
          opening.onsuccess = () => {
            const reading = opening.result.transaction('future').objectStore('future').get('key');
            reading.onsuccess = () => resolve(reading.result);
          };
          opening.onerror = () => reject(opening.error);
        }),
    );
    expect(kept).toBe('kept');
    await page.locator('nav a[href="/en/kr/help"]').click();
    await page.locator('a[href="tel:112"]').first().waitFor();
  });

  test('when another window upgrades, this one says that it must be loaded again', async () => {
    const { context, page } = await openApp();
    await page.goto('/en/kr/papers/contacts');
    await page.getByRole('button', { name: 'Add a person' }).waitFor();
    const other = await context.newPage();
    await other.goto('/calculator');
    await other.evaluate(
      () =>
        new Promise<void>((resolve, reject) => {
          const opening = indexedDB.open('mitra', 9990);
          opening.onsuccess = () => resolve();
          opening.onerror = () => reject(opening.error);
        }),
    );
    await page.getByText('Mitra was updated in another window').waitFor();
  });

  test('an old window that keeps the database open is named, and nothing hangs', async () => {
    const { context, page } = await openApp();
    // A window of version 1 that does not close its connection.
    await page.goto('/calculator');
    await page.evaluate(
      () =>
        new Promise<void>((resolve, reject) => {
          const opening = indexedDB.open('mitra', 10);
          opening.onupgradeneeded = () => {
            for (const name of [
              'contracts',
              'pages',
              'photos',
              'agencies',
              'agencyPeople',
              'promises',
              'payments',
              'receipts',
              'contacts',
              'checklist',
            ])
              opening.result.createObjectStore(name, { keyPath: 'id' });
            opening.result.createObjectStore('recordState', { keyPath: ['collection', 'id'] });
          };
          opening.onsuccess = () => {
            Object.assign(window, { keptOpen: opening.result });
            resolve();
          };
          opening.onerror = () => reject(opening.error);
        }),
    );
    const second = await context.newPage();
    await second.goto('/en/kr/papers/contacts');
    await second.getByText('Close the other Mitra windows').waitFor();
    await page.close();
    await second.getByRole('button', { name: 'Add a person' }).waitFor();
  });
});
