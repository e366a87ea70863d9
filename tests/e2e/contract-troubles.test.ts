import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect, test } from 'vitest';
import { openApp } from '#tests/support/browser.ts';
import { takePicture } from '#tests/support/pictures.ts';

const NEW = '/en/kr/papers/contract/new';

describe('when something is wrong with a contract', () => {
  test('what is no number stays on the screen, is said, and is not saved', async () => {
    const { page } = await openApp();
    await page.goto(NEW);
    const pay = page.getByLabel('Pay', { exact: true });
    await pay.fill('900');
    await pay.fill('900 won');
    await page.getByText('Write only numbers here').waitFor();
    expect([await pay.inputValue(), await pay.getAttribute('aria-invalid')]).toEqual(['900 won', 'true']);
    await page.locator('[data-saved="true"]').waitFor();
    await page.reload();
    expect(await pay.inputValue()).toBe('900');
  });

  test('a file that is no picture is said in words, and the others are kept', async () => {
    const { page } = await openApp();
    await page.goto(NEW);
    const chooser = page.getByLabel('Choose from the phone');
    await chooser.waitFor({ state: 'attached' });
    const broken = { name: 'broken.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('not a picture') };
    await chooser.setInputFiles([broken, await takePicture(page, 'red')]);
    await page.getByText('1 photo could not be opened').waitFor();
    await page.locator('main ol img').waitFor();
    expect(await page.locator('main ol li').count()).toBe(1);
  });

  test('a full phone loses nothing: the words stay, and the photo waits until there is room', async () => {
    const { context, page, baseUrl } = await openApp();
    await page.goto(NEW);
    const chooser = page.getByLabel('Choose from the phone');
    await chooser.waitFor({ state: 'attached' });
    const picture = await takePicture(page, 'red');
    const devtools = await context.newCDPSession(page);
    await devtools.send('Storage.overrideQuotaForOrigin', { origin: baseUrl, quotaSize: 1 });

    const note = page.getByLabel('My note');
    // Larger than what the browser lets through without asking for room.
    await note.fill('x'.repeat(400_000));
    await page.getByText('The phone is full').waitFor();
    await chooser.setInputFiles(picture);
    await page.getByText('The phone is full').nth(1).waitFor();
    expect((await note.inputValue()).length).toBe(400_000);

    await devtools.send('Storage.overrideQuotaForOrigin', { origin: baseUrl });
    await page.getByRole('button', { name: 'Try again' }).first().click();
    await page.locator('main ol img').waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('[data-saved="true"]').waitFor();
    await page.reload();
    await page.locator('main ol img').waitFor();
    expect((await note.inputValue()).length).toBe(400_000);
  });

  test.each(['light', 'dark'] as const)(
    'every part of it can be read and used, in %s',
    async (colorScheme) => {
      const { page } = await openApp({ colorScheme });
      await page.goto('/en/kr/papers');
      await page.getByText('Add a contract').waitFor();
      expect((await new AxeBuilder({ page }).include('main').analyze()).violations).toEqual([]);
      await page.goto(NEW);
      const chooser = page.getByLabel('Choose from the phone');
      await chooser.waitFor({ state: 'attached' });
      await chooser.setInputFiles([await takePicture(page, 'red'), await takePicture(page, 'blue')]);
      await page.locator('main ol li').nth(1).locator('img').waitFor();
      await page.getByLabel('Pay', { exact: true }).fill('ten');
      await page.getByRole('group', { name: 'Meals' }).getByText('Taken from pay').click();
      await page.locator('[data-saved="true"]').waitFor();
      expect((await new AxeBuilder({ page }).include('main').analyze()).violations).toEqual([]);
      await page.getByRole('button', { name: 'See page 1 large' }).click();
      await page.getByRole('dialog').getByRole('img').waitFor();
      expect((await new AxeBuilder({ page }).include('main').analyze()).violations).toEqual([]);
    },
  );
});
