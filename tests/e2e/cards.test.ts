import { describe, expect, test } from 'vitest';
import { createProfile, goOffline, openApp, openPhone } from '#tests/support/browser.ts';
import { idsOf } from '#tests/support/routes.ts';

test.each(['kr', 'th', 'my'] as const)('a worker in %s has at least forty cards', (country) => {
  expect(idsOf('cards', country).length).toBeGreaterThanOrEqual(40);
});

/** Says on `window` how often the screen was asked to stay lit, and let go. */
function watchWakeLock(): void {
  const calls = { held: 0, released: 0 };
  Object.assign(globalThis, { wakeLocks: calls });
  Object.defineProperty(navigator, 'wakeLock', {
    value: {
      request: () => {
        calls.held += 1;
        const lock = {
          released: false,
          release: () => {
            lock.released = true;
            calls.released += 1;
            return Promise.resolve();
          },
        };
        return Promise.resolve(lock);
      },
    },
  });
}

/** What was added to cards and is in the phone's database. */
function readSavedWords(): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('mitra');
    opening.onerror = () => reject(opening.error as Error);
    opening.onsuccess = () => {
      const reading = opening.result.transaction('cards').objectStore('cards').getAll();
      reading.onsuccess = () => {
        opening.result.close();
        resolve((reading.result as { words?: unknown }[]).map(({ words }) => words));
      };
    };
  });
}

describe('a card', () => {
  test('shows the sentence of the officer very large, the own language below, and turns around', async () => {
    const app = await openApp();
    const { page } = app;
    await page.goto('/km/kr/cards');
    await goOffline(app);
    await page.locator('a[href="/km/kr/cards/want-passport"]').click();
    const host = page.locator('h1[lang="ko"]');
    await host.waitFor();
    const size = (selector: string) =>
      page.locator(selector).evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
    expect(await size('h1')).toBeGreaterThan(1.5 * (await size('main p[lang="km"]')));
    const before = await host.boundingBox();
    await page.locator('button[aria-pressed="false"]').click();
    await page.locator('button[aria-pressed="true"]').waitFor();
    // Turned by half a circle, the first line stands below the second text.
    expect((await host.boundingBox())?.y).toBeGreaterThan(before?.y ?? 0);
    await page.reload();
    await host.waitFor();
  });

  test('keeps the screen lit while it is shown, and lets go when it is left', async () => {
    const { page, context } = await openApp();
    await context.addInitScript(watchWakeLock);
    await page.goto('/en/th/cards/help-me');
    const calls = () =>
      page.evaluate(
        () => (globalThis as unknown as { wakeLocks: { held: number; released: number } }).wakeLocks,
      );
    await expect.poll(calls, { timeout: 20_000 }).toEqual({ held: 1, released: 0 });
    await page.getByRole('link', { name: 'Close' }).click();
    await page.getByRole('heading', { name: 'Show a card' }).waitFor();
    await expect.poll(calls, { timeout: 20_000 }).toEqual({ held: 1, released: 1 });
  });

  test('gives way to the next one by a swipe, by an arrow key and by the arrow on the screen', async () => {
    const { page, context } = await openApp();
    await page.goto('/en/my/cards');
    await page.getByText('Police', { exact: true }).click();
    await page.locator('main ul a').first().click();
    await page.getByText('1 of').waitFor();
    const first = page.url();
    expect(first).toContain('?to=police');
    const touch = await context.newCDPSession(page);
    const swipe = async (from: number, to: number): Promise<void> => {
      await touch.send('Input.dispatchTouchEvent', {
        type: 'touchStart',
        touchPoints: [{ x: from, y: 400 }],
      });
      await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [{ x: to, y: 404 }] });
      await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    };
    await swipe(300, 100);
    await page.getByText('2 of').waitFor();
    await page.keyboard.press('ArrowRight');
    await page.getByText('3 of').waitFor();
    await page.getByRole('link', { name: 'Card before' }).click();
    await page.getByText('2 of').waitFor();
    await swipe(100, 300);
    await page.getByText('1 of').waitFor();
    expect(page.url()).toBe(first);
    // Back leads to the list, not through every card.
    await page.goBack();
    await page.getByRole('heading', { name: 'Show a card' }).waitFor();
  });

  test('keeps what the worker adds to it, after the phone was switched off', async () => {
    const profile = await createProfile();
    const phone = await openPhone(profile);
    await phone.page.goto('/en/kr/cards/blood-group');
    await phone.page.getByRole('radio', { name: 'AB+' }).check();
    await phone.page.locator('p', { hasText: /^AB\+$/ }).waitFor();
    await phone.page.goto('/en/kr/cards/call-this-number');
    await phone.page.getByLabel('Number to call').fill('010 1234 5678');
    await phone.page.locator('p', { hasText: '010 1234 5678' }).waitFor();
    // The letters stand on the screen before they are saved; a phone that is switched off in between loses them.
    await expect
      .poll(() => phone.page.evaluate(readSavedWords), { timeout: 20_000 })
      .toContain('010 1234 5678');
    await phone.context.close();

    const again = await openPhone(profile);
    await again.page.goto('/km/th/cards/blood-group');
    await again.page.locator('p', { hasText: /^AB\+$/ }).waitFor();
    await again.page.goto('/km/th/cards/call-this-number');
    await again.page.locator('p', { hasText: '010 1234 5678' }).waitFor();
  });

  test('with a law names it and its article in the language of the country', async () => {
    const { page } = await openApp();
    await page.goto('/en/kr/cards/passport-law');
    await page.getByText('출입국관리법 제33조의3').waitFor();
  });

  test('that one country does not have says so, and leads to the list', async () => {
    const app = await openApp();
    const { page } = app;
    await page.goto('/en/th/cards/wage-payslip-law');
    await page.getByText('This page does not exist.').waitFor();
    await page.getByRole('link', { name: 'Go to the start' }).click();
    await page.getByRole('heading', { name: 'Show a card' }).waitFor();
  });

  test('is said aloud only with a voice that lives on the phone', async () => {
    const { page, context } = await openApp();
    await context.addInitScript(() => {
      const spoken: string[] = [];
      const voices = [
        { lang: 'ko-KR', localService: false },
        { lang: 'th-TH', localService: true },
      ];
      Object.assign(globalThis, { spoken });
      const synthesis = Object.assign(new EventTarget(), {
        getVoices: () => voices,
        cancel: () => {},
        speak: (utterance: { text: string }) => spoken.push(utterance.text),
      });
      Object.defineProperty(globalThis, 'speechSynthesis', { value: synthesis });
      Object.assign(globalThis, {
        SpeechSynthesisUtterance: function Utterance(this: { text: string }, text: string) {
          this.text = text;
        },
      });
    });
    await page.goto('/en/kr/cards/help-me');
    await page.locator('h1[lang="ko"]').waitFor();
    expect(await page.getByRole('button', { name: 'Say it aloud' }).count()).toBe(0);
    await page.goto('/en/th/cards/help-me');
    await page.getByRole('button', { name: 'Say it aloud' }).click();
    const spoken = () => page.evaluate(() => (globalThis as unknown as { spoken: string[] }).spoken);
    expect(await spoken()).toEqual([(await page.locator('h1').innerText()).trim()]);
  });
});
