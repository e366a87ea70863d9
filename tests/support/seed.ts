import type { Page } from 'playwright';
import type { Route } from './routes.ts';

/**
 * Puts fictional entries on the phone before a personal screen is drawn: one person to trust, straight
 * into the database that the app has made, so that it works in every language.
 */
export async function seed(page: Page, route: Route): Promise<void> {
  await page.goto(`/${route.language ?? 'en'}/${route.country ?? 'kr'}/papers/contacts`);
  await page.locator('main button').first().waitFor();
  await page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('mitra');
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    const writing = db.transaction(['contacts', 'contracts', 'agencies'], 'readwrite');
    writing
      .objectStore('contacts')
      .put({ id: 'c1', name: 'សុខា (ម៉ាក់)', phone: '+855 12 345 678', relation: 'family', position: 1 });
    writing.objectStore('contracts').put({
      id: 'k1',
      country: 'kr',
      employer: '한빛농장',
      job: 'farm',
      wage: 2_156_880,
      wageUnit: 'month',
      currency: 'KRW',
      hoursPerDay: 8,
      daysPerWeek: 5,
    });
    writing.objectStore('agencies').put({ id: 'a1', name: 'Angkor Workers Co.', licence: 'MLVT 000/26' });
    await new Promise<void>((resolve, reject) => {
      writing.oncomplete = () => resolve();
      writing.onerror = () => reject(writing.error);
    });
    db.close();
  });
}
