import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { type App, createProfile, killPhone, openPhone } from '#tests/support/browser.ts';
import { agreeAndType, button, PAPERS, saveNow, writePapers } from '#tests/support/copy.ts';
import {
  type CopyServer,
  entriesFromAfar,
  joinFromAfar,
  startCopyServer,
} from '#tests/support/copyServer.ts';
import { takePicture } from '#tests/support/pictures.ts';
import { entriesIn, halvesIn, readTables } from '#tests/support/tables.ts';

/** What the worker did in a round, and what of it the screen called saved. */
interface Work {
  readonly app: App;
  readonly server: CopyServer;
  readonly kill: () => void;
  /** Types a note and goes on at once. */
  readonly type: () => Promise<void>;
  /** Types a note and waits until the screen says that it is saved. */
  readonly typeUntilSaved: () => Promise<void>;
  readonly addPhoto: () => Promise<void>;
}

const photos = (page: Page) => page.locator('main ol li img');

/** A run of the copy begins at once, as when the network comes back. */
const sync = (page: Page) => page.evaluate(() => void window.dispatchEvent(new Event('online')));

/** The phone is killed when this request comes to the server: before it is done, or after it, without an answer. */
async function killAt(work: Work, method: string, path: string, isDone: boolean): Promise<void> {
  const killed = new Promise<void>((resolve) => {
    work.server.between(async (request, answer) => {
      if (request.method !== method || !new URL(request.url).pathname.startsWith(path)) return answer();
      work.server.between(null);
      if (isDone) await answer();
      work.kill();
      resolve();
      return new Response(null, { status: 503 });
    });
  });
  await sync(work.app.page);
  await killed;
}

const MOMENTS: readonly (readonly [string, (work: Work) => Promise<void>])[] = [
  [
    'as soon as a note is called saved',
    async ({ typeUntilSaved, kill }) => {
      await typeUntilSaved();
      kill();
    },
  ],
  [
    'in the middle of typing',
    async ({ typeUntilSaved, type, kill }) => {
      await typeUntilSaved();
      for (let letter = 0; letter < 12; letter++) await type();
      kill();
    },
  ],
  [
    'as soon as a photo is there',
    async ({ addPhoto, kill }) => {
      await addPhoto();
      kill();
    },
  ],
  [
    'while a photo is made small',
    async ({ app: { page }, kill }) => {
      await page.getByLabel('Choose from the phone').setInputFiles([await takePicture(page, 'lime')]);
      kill();
    },
  ],
  [
    'when its entries come to the server',
    async (work) => {
      await work.typeUntilSaved();
      await killAt(work, 'POST', '/v1/records', false);
    },
  ],
  [
    'when its entries are on the server and the answer is not sent yet',
    async (work) => {
      await work.typeUntilSaved();
      await killAt(work, 'POST', '/v1/records', true);
    },
  ],
  ['when it asks for what is new', (work) => killAt(work, 'GET', '/v1/records', true)],
  [
    'when a photo comes to the server',
    async (work) => {
      await work.addPhoto();
      await killAt(work, 'PUT', '/v1/blobs', false);
    },
  ],
  [
    'when a photo is on the server and the answer is not sent yet',
    async (work) => {
      await work.addPhoto();
      await killAt(work, 'PUT', '/v1/blobs', true);
    },
  ],
  [
    'in the middle of typing while it saves',
    async (work) => {
      await work.typeUntilSaved();
      await sync(work.app.page);
      for (let letter = 0; letter < 12; letter++) await work.type();
      work.kill();
    },
  ],
];

test('a phone that is switched off ten times in the middle of its work keeps all it called saved, and goes on', {
  timeout: 180_000,
}, async () => {
  const server = await startCopyServer();
  const profile = await createProfile();
  const first = await openPhone(profile, { baseURL: server.url });
  const contract = await writePapers(first);
  const groups = await agreeAndType(first);
  await first.context.close();

  let typed = 0;
  let saved = 0;
  let photosSaved = 2;
  const open = async (): Promise<App> => {
    const app = await openPhone(profile, { baseURL: server.url });
    await app.page.goto(contract);
    await app.page.getByLabel('My note').waitFor();
    return app;
  };
  /** What was called saved is there, and nothing is half. */
  const check = async ({ page }: App, after: string): Promise<void> => {
    const note = Number((await page.getByLabel('My note').inputValue()) || 0);
    expect(note, after).toBeGreaterThanOrEqual(saved);
    expect(note, after).toBeLessThanOrEqual(typed);
    expect(await page.getByLabel('Employer name').inputValue(), after).toBe('Kim Farm');
    const tables = await readTables(page);
    expect(halvesIn(tables), after).toEqual([]);
    const pages = tables['pages']?.length ?? 0;
    expect(pages, after).toBeGreaterThanOrEqual(photosSaved);
    await expect.poll(() => photos(page).count(), { message: after }).toBe(pages);
    // What is there now was seen by the worker.
    photosSaved = pages;
  };

  let killed = 'before the first time';
  for (const [name, moment] of MOMENTS) {
    const app = await open();
    await check(app, killed);
    killed = `killed ${name}`;
    const type = async (): Promise<void> => {
      typed += 1;
      await app.page.getByLabel('My note').fill(String(typed));
    };
    await moment({
      app,
      server,
      kill: () => killPhone(profile),
      type,
      typeUntilSaved: async () => {
        await type();
        await app.page.locator('[data-saved="true"]').waitFor();
        saved = typed;
      },
      addPhoto: async () => {
        const before = await photos(app.page).count();
        await app.page
          .getByLabel('Choose from the phone')
          .setInputFiles([await takePicture(app.page, 'blue')]);
        await photos(app.page).nth(before).waitFor();
        photosSaved = before + 1;
      },
    });
    // Killed, it is gone or about to go.
    await app.context.close().catch(() => {});
  }

  const last = await open();
  await check(last, killed);
  await saveNow(last);
  await last.page.goto(`${PAPERS}/contacts`);
  await button(last.page, 'Add a person').waitFor();
  const tables = await readTables(last.page);
  const far = await joinFromAfar(server.url, groups);
  expect(await entriesFromAfar(far)).toEqual(entriesIn(tables));
  expect(await far.db.photos.count()).toBe(tables['pages']?.length);
  console.log(
    `killed ${MOMENTS.length} times: ${typed} notes typed, ${saved} last called saved, ${photosSaved} photos`,
  );
});
