import { describe, expect, test } from 'vitest';
import { createProfile, openApp, openPhone, waitUntilStored } from '#tests/support/browser.ts';

describe('people the worker trusts', () => {
  test('stand first on the help screen, also after the phone restarts', async () => {
    const profile = await createProfile();
    const phone = await openPhone(profile);
    await phone.page.goto('/en/kr/papers/contacts');
    await phone.page.getByRole('button', { name: 'Add a person' }).click();
    await phone.page.getByLabel('Name').fill('ម៉ាក់');
    await phone.page.getByLabel('Phone number').fill('០១២ ៣៤៥ ៦៧៨');
    await phone.page.getByLabel('Family').check();
    await phone.page.getByRole('button', { name: 'Done' }).click();
    await phone.page.getByText('012 345 678').waitFor();
    await phone.context.close();

    const again = await openPhone(profile);
    await again.page.goto('/en/kr/help');
    await again.page.locator('a[href="tel:012345678"]').waitFor();
    const links = await again.page
      .locator('main a[href^="tel:"]:visible')
      .evaluateAll((all) => all.map((link) => link.getAttribute('href')));
    expect(links.slice(0, 3)).toEqual(['tel:112', 'tel:119', 'tel:012345678']);
  });

  test('a number that cannot be dialled stays on screen and says so', async () => {
    const { page } = await openApp();
    await page.goto('/en/my/papers/contacts');
    await page.getByRole('button', { name: 'Add a person' }).click();
    await page.getByLabel('Phone number').fill('12 no');
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByText('A phone number has 3 to 15 digits').waitFor();
    expect(await page.getByLabel('Phone number').inputValue()).toBe('12 no');
    expect(await page.getByLabel('Phone number').getAttribute('aria-invalid')).toBe('true');
  });

  test('a deletion can be taken back', async () => {
    const { page } = await openApp();
    await page.goto('/en/th/papers/contacts');
    await page.getByRole('button', { name: 'Add a person' }).click();
    await page.getByLabel('Name').fill('Bong Dara');
    await page.getByLabel('Phone number').fill('+855 12 999 888');
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: 'Delete Bong Dara' }).click();
    await page.getByText('+855 12 999 888').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('+855 12 999 888').waitFor();
  });
});

describe('when the phone cannot save', () => {
  test('full storage is said in words, and what was saved before stays', async () => {
    const { context, page, baseUrl } = await openApp();
    await page.goto('/en/kr/papers/contacts');
    await waitUntilStored(page);
    const used = await page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
    // Before the first save: the browser remembers for a while how much room there was.
    const devtools = await context.newCDPSession(page);
    await devtools.send('Storage.overrideQuotaForOrigin', { origin: baseUrl, quotaSize: used + 300_000 });
    await page.getByRole('button', { name: 'Add a person' }).click();
    await page.getByLabel('Name').fill('Saved before');
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByText('Saved before').waitFor();

    await page.getByRole('button', { name: 'Add a person' }).click();
    await page.getByLabel('Name').fill('x'.repeat(400_000));
    await page.getByText('The phone is full').waitFor();
    expect((await page.getByLabel('Name').inputValue()).length).toBe(400_000);

    await devtools.send('Storage.overrideQuotaForOrigin', { origin: baseUrl });
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('The phone is full').waitFor({ state: 'detached' });
    await page.reload();
    await page.getByText('Saved before').waitFor();
    await page.getByText('xxxxx').waitFor();
  });

  test('blocked storage shows the public content and says that nothing is kept', async () => {
    const { context, page } = await openApp();
    await context.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      };
    });
    await page.goto('/en/kr/papers/contacts');
    await page.getByText('nothing you write is kept').waitFor();
    await page.locator('nav a[href="/en/kr/help"]').click();
    await page.locator('a[href="tel:112"]').first().waitFor();
    await page.goto('/en/kr/checklist/before');
    await page.getByText('nothing you write is kept').waitFor();
    await page.goto('/en/kr/more/backup');
    await page.getByText('This phone blocks saving').first().waitFor();
    await page.locator('nav a[href="/en/kr/rights"]').click();
    await page.locator('a[href="/en/kr/paths/hurt"]').waitFor();
  });
});
