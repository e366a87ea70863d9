import { describe, expect, test } from 'vitest';
import { openApp, waitUntilStored } from '#tests/support/browser.ts';
import {
  agree,
  button,
  COPY,
  fillContract,
  PAPERS,
  readGroups,
  restore,
  saveNow,
  typeCode,
  writePapers,
} from '#tests/support/copy.ts';
import { seePictures } from '#tests/support/pictures.ts';

describe('a locked copy on the server', () => {
  test('goes from one phone to a second and to the family, comes together, and ends', {
    timeout: 240_000,
  }, async () => {
    const a = await openApp();
    const contract = await writePapers(a);
    const { picture } = await agree(a);

    const b = await openApp();
    await restore(b, picture);
    await b.page.getByRole('link', { name: 'Kim Farm 2 pages' }).waitFor();
    await b.page.getByText('Srey Mom').first().waitFor();
    await b.page.goto(contract);
    await expect
      .poll(async () => (await seePictures(b.page, 'main ol img')).length, { timeout: 30_000 })
      .toBe(2);

    // Both are offline and write; one field differs.
    for (const phone of [a, b]) {
      await phone.page.goto(contract);
      await waitUntilStored(phone.page);
      // Where both write at the same moment, one is told to look first (412).
      phone.expectError(/ERR_INTERNET_DISCONNECTED|412/);
      await phone.context.setOffline(true);
    }
    await fillContract(a, contract, 'Employer phone', '02 111');
    await fillContract(b, contract, 'Employer phone', '02 222');
    await fillContract(b, contract, 'My note', 'from B');
    for (const phone of [a, b]) await phone.context.setOffline(false);
    for (const phone of [a, b, a]) await saveNow(phone);
    await a.page.goto(contract);
    await a.page.getByText('Two phones, two answers').waitFor();
    await expect.poll(() => a.page.getByLabel('My note').inputValue()).toBe('from B');
    await button(a.page, 'Take: 02 111').or(button(a.page, 'Keep: 02 111')).click();
    await a.page.getByText('Two phones, two answers').waitFor({ state: 'detached' });
    for (const phone of [a, b]) await saveNow(phone);
    await b.page.goto(contract);
    await expect.poll(() => b.page.getByLabel('Employer phone').inputValue()).toBe('02 111');

    // The family reads, keeps what is deleted, and can be sent away.
    await a.page.goto(`${COPY}/family`);
    await button(a.page, 'Add a family copy').click();
    await a.page.getByLabel('For whom?').fill('Mother');
    await button(a.page, 'Make the code').click();
    const family = await readGroups(a.page);
    await button(a.page, 'I have given it').click();
    const c = await openApp();
    await c.page.goto(`${COPY}/restore`);
    await typeCode(c, family);
    await button(c.page, 'Bring the family copy').click();
    await c.page.getByRole('link', { name: 'See the family copy' }).click();
    await c.page.getByRole('heading', { name: 'Kim Farm' }).waitFor();
    await c.page.goto(PAPERS);
    expect(await c.page.getByText('Kim Farm').count()).toBe(0);

    await a.page.goto(`${PAPERS}/contacts`);
    await button(a.page, 'Delete Srey Mom').click();
    await saveNow(a);
    await c.page.goto('/en/kr/more/family');
    await c.page.getByText(/Deleted by its owner/).waitFor({ timeout: 30_000 });
    await a.page.goto(`${COPY}/family`);
    await button(a.page, 'Take away: Mother').click();
    await button(a.page, 'Yes, take it away').click();
    await a.page.getByText('Nobody has a family copy yet.').waitFor();
    c.expectError(/401/);
    await c.page.reload();
    await c.page.getByRole('heading', { name: 'Kim Farm' }).waitFor();

    // The end: proved on A, said on B, and every paper stays.
    await a.page.goto(`${COPY}/stop`);
    a.expectError(/410/);
    await button(a.page, 'Delete the copy').click();
    await button(a.page, 'Yes, delete it').click();
    await a.page.getByText('Mitra has checked').waitFor();
    b.expectError(/410/);
    await b.page.goto(PAPERS);
    await b.page.getByText('Someone with your code deleted the copy').waitFor({ timeout: 30_000 });
    for (const phone of [a, b]) {
      await phone.page.goto(PAPERS);
      await phone.page.getByRole('link', { name: 'Kim Farm 2 pages' }).waitFor();
    }
  });
});
