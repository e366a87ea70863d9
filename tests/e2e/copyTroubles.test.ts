import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { saveContract } from '#data/contracts.ts';
import type { SyncProblem } from '#data/syncState.ts';
import type { Language } from '#i18n/languages.ts';
import { decodePullPage, encodePullPage, type ErrorType, STATUS_OF } from '#shared/protocol.ts';
import { valueOf } from '#tests/data/phone.ts';
import { type App, createProfile, openApp, openPhone } from '#tests/support/browser.ts';
import { aContract } from '#tests/support/builders.ts';
import {
  addPerson,
  agreeAndType,
  button,
  COPY,
  fillContract,
  lookByCode,
  PAPERS,
  readGroups,
  saveNow,
  typeCode,
  wordsOf,
  writePapers,
} from '#tests/support/copy.ts';
import {
  type Between,
  type CopyServer,
  entriesFromAfar,
  joinFromAfar,
  saveFromAfar,
  startCopyServer,
} from '#tests/support/copyServer.ts';
import { entriesIn, readTables } from '#tests/support/tables.ts';

const { sync: words } = wordsOf('en');

const refuse = (error: ErrorType, more: object = {}): Response =>
  Response.json({ error, ...more }, { status: STATUS_OF[error] });

/** What the login page of a Wi-Fi answers to everything. */
const loginPage = () =>
  new Response('<!doctype html><title>Wi-Fi</title><h1>Sign in</h1>', {
    headers: { 'Content-Type': 'text/html', Date: 'Thu, 01 Jan 1970 00:00:00 GMT' },
  });

/** Sends everybody to another page, as some Wi-Fis do. */
const elsewhere = () => new Response(null, { status: 302, headers: { Location: '/en' } });

/** Stands in the way of requests that begin so. */
const on =
  (method: string, path: string, instead: () => Response): Between =>
  (request) =>
    request.method === method && new URL(request.url).pathname.startsWith(path) ? instead() : null;

const tryAgain = (page: Page) => button(page, 'Save now').or(button(page, 'Try now'));

/** Lets something stand in the way, asks to save, and waits for the words; then takes it away, and all is saved. */
async function meet(phone: App, server: CopyServer, stand: Between, said: string): Promise<void> {
  const { page } = phone;
  server.between(stand);
  const before = server.asked.length;
  await tryAgain(page).click();
  await expect.poll(() => server.asked.length, { timeout: 10_000 }).toBeGreaterThan(before);
  await page.locator('main').getByText(said).first().waitFor();
  // A way out: a button or link of this screen that can be used.
  expect(await page.locator('main button:enabled, main a').count(), said).toBeGreaterThan(0);
  server.between(null);
}

async function recover({ page }: App): Promise<void> {
  await tryAgain(page).click();
  await page.getByText('Saved just now').waitFor();
}

describe('every answer that a server should not give', () => {
  test('is said in words, loses nothing, and is over when the server is well', {
    timeout: 120_000,
  }, async () => {
    const server = await startCopyServer();
    const phone = await openApp({ baseURL: server.url });
    const { page } = phone;
    phone.expectError(/status of \d{3}|ERR_FAILED|ERR_UNSAFE_REDIRECT|redirect/i);
    const contract = await writePapers(phone);
    const groups = await agreeAndType(phone);
    const { errors } = words;
    const pull = (instead: () => Response) => on('GET', '/v1/records', instead);
    const answers: (readonly [string, Between])[] = [
      [errors.BadAnswer, pull(() => loginPage())],
      // Nothing is waiting, so nothing is wrong.
      ['Saved', pull(elsewhere)],
      [errors.BadAnswer, pull(() => new Response('<h1>gone</h1>', { status: 410 }))],
      [errors.BadAnswer, pull(() => new Response('<h1>who?</h1>', { status: 401 }))],
      [errors.Busy, pull(() => new Response('<h1>nginx</h1>', { status: 502 }))],
      [errors.BadAnswer, pull(() => Response.json({ error: 'Newer' }, { status: 418 }))],
    ];
    for (const type of ['BadRequest', 'NotFound', 'AlreadyExists', 'LengthRequired', 'TooLarge'] as const) {
      answers.push([errors.BadAnswer, pull(() => refuse(type))]);
    }
    for (const type of ['OutOfRange', 'Malformed', 'HeadRequired'] as const) {
      answers.push([errors.BadAnswer, pull(() => refuse(type))]);
    }
    for (const type of ['HeadMoved', 'TooManyRequests', 'Busy'] as const) {
      answers.push([errors.Busy, pull(() => refuse(type))]);
    }
    answers.push([errors.NotAuthorised, pull(() => refuse('NotAuthorised'))]);
    await page.goto(COPY);
    for (const [said, stand] of answers) {
      await meet(phone, server, stand, said);
      await recover(phone);
    }

    // What a push can meet needs something to push.
    await fillContract(phone, contract, 'My note', 'far from town');
    await page.goto(COPY);
    const push = (instead: () => Response) => on('POST', '/v1/records', instead);
    await meet(
      phone,
      server,
      push(() => refuse('NotAllowed')),
      errors.NotAllowed,
    );
    await meet(
      phone,
      server,
      push(() => refuse('QuotaExceeded', { which: 'records' })),
      words.full.records,
    );
    // "Leave out what you do not need": then it is tried again.
    await page.getByText('Words on cards', { exact: true }).click();
    await page.getByText('Saved just now').waitFor();

    // One entry that no server takes: the rest goes on.
    await fillContract(phone, contract, 'My note', 'ក'.repeat(30_000));
    await addPerson(page, 'Dara', '011 111 111');
    await page.goto(COPY);
    await button(page, 'Save now').or(button(page, 'Try now')).click();
    await page.getByText('Too large for the server: 1').waitFor();
    await fillContract(phone, contract, 'My note', 'far from town');
    await saveNow(phone);
    const far = await joinFromAfar(server.url, groups);
    const entries = entriesIn(await readTables(page));
    expect(await entriesFromAfar(far)).toEqual(entries);

    // The end by somebody else: every entry stays.
    server.between(pull(() => refuse('Gone')));
    await button(page, 'Save now').click();
    await page.getByText(words.news.StoppedElsewhere).waitFor();
    await button(page, 'Yes, save a locked copy').waitFor();
    expect(entriesIn(await readTables(page))).toEqual(entries);
    console.log(`${answers.length + 4} answers met, ${server.asked.length} requests`);
  });

  test('is asked ever more seldom: no drained battery, no empty data plan', { timeout: 90_000 }, async () => {
    const server = await startCopyServer();
    const phone = await openApp({ baseURL: server.url });
    const { page } = phone;
    phone.expectError(/status of \d{3}|ERR_FAILED/i);
    await page.clock.install();
    await page.goto('/en/kr');
    await agreeAndType(phone);
    const isResting = () =>
      page.evaluate(async () =>
        ((await navigator.locks.query()).held ?? []).every(({ name }) => name !== 'mitra-sync'),
      );
    const askedInADay = async (instead: () => Response): Promise<number> => {
      server.between(() => instead());
      await tryAgain(page).click();
      const before = server.asked.length;
      for (let half = 0; half < 48; half++) {
        await page.clock.fastForward('30:00');
        await expect.poll(isResting).toBe(true);
      }
      server.between(null);
      return server.asked.length - before;
    };
    const counts = {
      login: await askedInADay(loginPage),
      busy: await askedInADay(() => refuse('Busy')),
      unknown: await askedInADay(() => refuse('NotAuthorised')),
    };
    // At most once an hour, and a few times in the first one.
    expect(counts.login).toBeLessThanOrEqual(60);
    expect(counts.busy).toBeLessThanOrEqual(60);
    expect(counts.unknown).toBeLessThanOrEqual(3);
    expect(counts.login + counts.busy + counts.unknown).toBeGreaterThan(3);
    console.log(`requests in a day: ${JSON.stringify(counts)}`);
  });
});

/** Every problem, as it is kept on the phone. */
const PROBLEMS: readonly Exclude<SyncProblem, { type: 'Offline' }>[] = [
  { type: 'Busy' },
  { type: 'BadAnswer' },
  { type: 'NotAuthorised' },
  { type: 'NotAllowed' },
  { type: 'EnrolNeeded' },
  { type: 'AppTooOld' },
  { type: 'Refused', count: 2 },
  ...(['records', 'bytes', 'blobs', 'blobBytes', 'firstDay'] as const).map(
    (which) => ({ type: 'Full', which }) as const,
  ),
  ...(['QuotaExceeded', 'StorageBlocked', 'DatabaseNewer', 'ConnectionLost', 'Damaged'] as const).map(
    (type) => ({ type: 'Storage', error: { type } }) as const,
  ),
];

/** What is not tried again by hand: the words say what to do, and saving goes on by itself. */
const GOES_ON_ALONE = ['Full', 'Refused'];

function sentenceOf(problem: (typeof PROBLEMS)[number], language: Language): string {
  const { sync, errors } = wordsOf(language);
  switch (problem.type) {
    case 'EnrolNeeded':
      return sync.consent.enrolTitle;
    case 'Full':
      return sync.full[problem.which];
    case 'Storage':
      return errors[problem.error.type];
    case 'Refused':
      return sync.errors.Refused.replace('{{number}}', String(problem.count));
    default:
      return sync.errors[problem.type];
  }
}

test('every problem has words and a way out in English and in Khmer', { timeout: 90_000 }, async () => {
  const server = await startCopyServer();
  const phone = await openApp({ baseURL: server.url });
  const { page } = phone;
  await page.goto('/en/kr');
  await agreeAndType(phone);
  const put = (problem: SyncProblem) =>
    page.evaluate(async (kept) => {
      const db = await new Promise<IDBDatabase>((resolve) => {
        const opening = indexedDB.open('mitra');
        opening.onsuccess = () => resolve(opening.result);
      });
      const writing = db.transaction('syncState', 'readwrite');
      const states = writing.objectStore('syncState');
      const reading = states.get('sync');
      // Refused today: no run begins by itself, and the problem stands.
      reading.onsuccess = () => {
        states.put({ ...(reading.result as object), problem: kept, refusedAt: Date.now() });
      };
      await new Promise((resolve) => {
        writing.oncomplete = resolve;
      });
      db.close();
    }, problem);
  for (const problem of PROBLEMS) {
    await put(problem);
    for (const language of ['en', 'km'] as const) {
      await page.goto(`/${language}/kr/more/sync`);
      const sentence = sentenceOf(problem, language);
      expect(sentence.length).toBeGreaterThan(10);
      await page.locator('main').getByText(sentence).first().waitFor();
      await page
        .getByRole('link', { name: wordsOf(language).sync.stop.title, exact: true })
        .first()
        .waitFor();
      if (!GOES_ON_ALONE.includes(problem.type)) {
        expect(await page.locator('main form button, main button:enabled').count(), sentence).toBeGreaterThan(
          0,
        );
      }
    }
  }
  // And the papers say that there is something to see.
  for (const language of ['en', 'km'] as const) {
    await page.goto(`/${language}/kr/papers`);
    await page.getByRole('link', { name: wordsOf(language).sync.status.problem }).waitFor();
  }
});

describe.each(['en', 'km'] as const)('a code that does not open what is wanted, in %s', (language) => {
  const { sync } = wordsOf(language);
  const copy = `/${language}/kr/more/sync`;

  async function give(page: Page, groups: readonly string[]): Promise<void> {
    await button(page, sync.restore.type).click();
    await page.getByRole('textbox').first().fill(groups.join(' '));
    await button(page, sync.next).click();
  }
  async function refused(page: Page, sentence: string): Promise<void> {
    await page.getByRole('alert').getByText(sentence).waitFor();
    expect(await page.locator('main button:enabled').count()).toBeGreaterThan(0);
  }

  test('is refused with a sentence, and what was typed stays', { timeout: 90_000 }, async () => {
    const server = await startCopyServer();
    const nothing = async () => {};
    const other = await saveFromAfar(server.url, async (db) => {
      valueOf(await saveContract(db, 'contract', aContract()));
    });
    const own = await saveFromAfar(server.url, nothing);
    const phone = await openApp({ baseURL: server.url });
    const { page } = phone;
    phone.expectError(/status of \d{3}|ERR_FAILED|ERR_INTERNET_DISCONNECTED/i);

    await page.goto(`${copy}/restore`);
    await button(page, sync.restore.type).click();
    await page.getByRole('textbox').first().fill('01230');
    await refused(page, sync.restore.groupWrong.replace('{{number}}', '1'));
    await page.goto(copy);
    await page.goto(`${copy}/restore`);
    // Well formed, and nobody's.
    const nobodys = '01236 45673 89015 23452 67898 01232 45671 89019'.split(' ');
    await give(page, nobodys);
    await refused(page, sync.errors.WrongCode);
    expect(await page.getByRole('textbox').nth(7).inputValue()).toBe('89019');
    for (const [stand, sentence] of [
      [loginPage, sync.errors.BadAnswer],
      [() => refuse('Busy'), sync.errors.Busy],
      [() => refuse('Gone'), sync.errors.Gone],
      [elsewhere, sync.errors.Offline],
    ] as const) {
      server.between(stand);
      await button(page, sync.next).click();
      await refused(page, sentence);
      server.between(null);
    }
    await phone.context.setOffline(true);
    await button(page, sync.next).click();
    await refused(page, sync.errors.Offline);
    await phone.context.setOffline(false);
    expect((await readTables(page))['syncState']).toEqual([]);

    // This phone saves already: another copy is refused.
    await page.goto(copy);
    await page.goto(`${copy}/restore`);
    await give(page, own.groups);
    await button(page, sync.restore.take).click();
    await page.getByRole('link', { name: sync.restore.toPapers }).waitFor();
    await page.goto(copy);
    await page.goto(`${copy}/restore`);
    await give(page, other.groups);
    await button(page, sync.restore.take).click();
    await refused(page, sync.errors.OtherCopy);

    // Five codes are the most: this phone's and four of the family.
    await page.goto(`${copy}/family`);
    const names = ['A', 'B', 'C', 'D'];
    let family: string[] = [];
    for (const name of [...names, 'E']) {
      await button(page, sync.family.add).click();
      await page.getByLabel(sync.family.name).fill(name);
      await button(page, sync.family.make).click();
      if (name === 'E') break;
      const items = page.getByRole('list', { name: sync.code.digits }).getByRole('listitem');
      await items.nth(7).waitFor();
      family = (await items.allTextContents()).map((text) => text.replace(/\D/g, '').slice(1, 6));
      await button(page, sync.family.given).click();
    }
    await refused(page, sync.errors.TooManyCodes);

    // A family's code reads, and deletes nothing.
    await page.goto(`${copy}/delete`);
    await give(page, family);
    await button(page, sync.stop.serverYes).click();
    await refused(page, sync.errors.NotOwner);
  });
});

describe('a copy whose end the server does not prove', () => {
  /** Asks for the end on the screen that stops, with something in the way. */
  async function askForTheEnd(stand: Between): Promise<App & { server: CopyServer }> {
    const server = await startCopyServer();
    const phone = await openApp({ baseURL: server.url });
    phone.expectError(/status of \d{3}/);
    const { page } = phone;
    await addPerson(page, 'Srey Mom', '012 345 678');
    await agreeAndType(phone);
    await page.getByText('Saved just now').waitFor();
    server.between(stand);
    await page.goto(`${COPY}/stop`);
    await button(page, 'Delete the copy').click();
    await button(page, 'Yes, delete it').click();
    return { ...phone, server };
  }

  async function stopHere({ page }: App): Promise<void> {
    await button(page, 'Stop on this phone').click();
    await page.getByText(words.stop.maybeAsk).waitFor();
    await button(page, 'Yes, stop here').click();
    await button(page, 'Yes, save a locked copy').waitFor();
    expect(Object.values(entriesIn(await readTables(page)))).toMatchObject([{ name: 'Srey Mom' }]);
  }

  test('can be left behind when another page answers for good', async () => {
    const phone = await askForTheEnd(on('DELETE', '/v1/account', loginPage));
    await phone.page.getByText(words.errors.BadAnswer).waitFor();
    await phone.page.getByText(words.stop.maybeHint).waitFor();
    await stopHere(phone);
  });

  test('is waited for while the server is busy, and left behind when asking again does not help', async () => {
    const phone = await askForTheEnd(on('DELETE', '/v1/account', () => refuse('Busy')));
    const { page } = phone;
    await page.getByText(words.errors.Busy).waitFor();
    await page.goto(COPY);
    await page.getByText(words.errors.Busy).waitFor();
    expect(await button(page, 'Stop on this phone').count()).toBe(0);
    await button(page, 'Try now').click();
    await stopHere(phone);
  });

  test('does not pull the worker back from where they went, and says meanwhile that it works', async () => {
    let answerNow = (): void => {};
    const held = new Promise<void>((resolve) => (answerNow = resolve));
    const { page, expectError } = await askForTheEnd(async (request, answer) => {
      if (request.method === 'DELETE') await held;
      return answer();
    });
    expectError(/status of 4(01|10)/);
    await button(page, words.delete.working).waitFor();
    expect(await button(page, words.delete.working).isDisabled()).toBe(true);
    await page.locator(`nav a[href="${PAPERS}"]`).click();
    answerNow();
    await page.getByText(words.news.Deleted).waitFor();
    await button(page, 'OK').click();
    await page.getByText(words.news.Deleted).waitFor({ state: 'detached' });
    expect(new URL(page.url()).pathname).toBe(PAPERS);
  });
});

test('the last group stays ticked, and the screen says why', async () => {
  const server = await startCopyServer();
  const phone = await openApp({ baseURL: server.url });
  const { page } = phone;
  await page.goto('/en/kr');
  await agreeAndType(phone);
  await page.goto(COPY);
  const groups = page.getByRole('group', { name: words.consent.what }).getByRole('checkbox');
  // Two taps that come faster than the first is written down undo nothing.
  await groups.nth(0).evaluate((first: HTMLInputElement) => {
    const all = first.closest('fieldset')?.querySelectorAll('input') ?? [];
    all[0]?.click();
    all[1]?.click();
  });
  await expect.poll(() => groups.nth(0).isChecked()).toBe(false);
  await expect.poll(() => groups.nth(1).isChecked()).toBe(false);
  for (const name of ['Checklist', 'Words on cards']) {
    await page.getByText(name, { exact: true }).click();
    await expect.poll(() => page.getByLabel(name, { exact: true }).isChecked()).toBe(false);
  }
  expect(await page.getByText(words.consent.nothing).count()).toBe(0);
  const last = page.getByLabel('People I trust', { exact: true });
  await last.evaluate((input: HTMLInputElement) => input.click());
  await page.getByRole('alert').getByText(words.consent.nothing).waitFor();
  expect(await last.isChecked()).toBe(true);
  // The photos are no group of their own.
  expect(await page.getByLabel(/^Photos/).isChecked()).toBe(true);
  await page.getByText('Checklist', { exact: true }).click();
  await page.getByText(words.consent.nothing).waitFor({ state: 'detached' });
});

test('who else has a code is asked for again, also after the phone lost its database', async () => {
  const server = await startCopyServer();
  const phone = await openApp({ baseURL: server.url });
  const { page } = phone;
  await page.goto('/en/kr');
  await agreeAndType(phone);
  await saveNow(phone);
  server.between(loginPage);
  await page.goto(`${COPY}/family`);
  await page.getByRole('alert').getByText(words.errors.BadAnswer).waitFor();
  server.between(null);
  // As iOS does it: the next read of what the phone remembers of its copy throws.
  await page.evaluate(() => {
    const read = IDBObjectStore.prototype.get;
    IDBObjectStore.prototype.get = function (key) {
      if (this.name === 'syncState') throw new DOMException('The database is closing.', 'InvalidStateError');
      return read.call(this, key);
    };
    addEventListener('mend', () => (IDBObjectStore.prototype.get = read));
  });
  await button(page, 'Try now').click();
  await page.getByRole('alert').getByText(wordsOf('en').errors.ConnectionLost).waitFor();
  await page.evaluate(() => dispatchEvent(new Event('mend')));
  await button(page, 'Try now').click();
  await page.getByText(words.family.none).waitFor();
});

test('a family copy says what is wrong with it, and can be asked for again', {
  timeout: 90_000,
}, async () => {
  const server = await startCopyServer();
  const owner = await openApp({ baseURL: server.url });
  await addPerson(owner.page, 'Srey Mom', '012 345 678');
  await agreeAndType(owner);
  await saveNow(owner);
  await owner.page.goto(`${COPY}/family`);
  await button(owner.page, 'Add a family copy').click();
  await owner.page.getByLabel(words.family.name).fill('Mother');
  await button(owner.page, words.family.make).click();
  const family = await readGroups(owner.page);

  const phone = await openApp({ baseURL: server.url });
  const { page } = phone;
  await lookByCode(phone, family);
  await button(page, words.restore.familyTake).click();
  await page.getByRole('link', { name: words.restore.toFamily }).click();
  await page.getByText('Srey Mom').first().waitFor();
  server.between(on('GET', '/v1/records', loginPage));
  await page.goto('/en/kr/more/family');
  await page.getByText(words.errors.BadAnswer).waitFor();
  await page.getByText('Srey Mom').first().waitFor();
  server.between(null);
  await button(page, 'Try now').click();
  await page.getByText(words.errors.BadAnswer).waitFor({ state: 'detached' });
  await page.getByText(words.status.readNow).waitFor();
});

test('entries of a newer app are kept, and the app says to update it', async () => {
  const server = await startCopyServer();
  const far = await saveFromAfar(server.url, async (db) => {
    valueOf(await saveContract(db, 'contract', aContract()));
  });
  const phone = await openApp({ baseURL: server.url });
  const { page } = phone;
  // The newer app writes another version of the envelope.
  server.between(async (request, answer) => {
    const response = await answer();
    if (request.method !== 'GET' || !request.url.includes('/v1/records')) return response;
    const pulled = decodePullPage(new Uint8Array(await response.arrayBuffer()));
    if (!pulled) throw new Error('The page cannot be read.');
    const records = pulled.records.map(({ env, ...record }) => ({
      ...record,
      env: Uint8Array.of(2, ...env.slice(1)),
    }));
    return new Response(encodePullPage({ ...pulled, records }), {
      headers: { 'Content-Type': 'application/octet-stream' },
    });
  });
  await lookByCode(phone, far.groups);
  await button(page, 'Bring it to this phone').click();
  await page.getByRole('link', { name: 'See my papers' }).waitFor();
  await page.goto(COPY);
  await page.getByText(words.errors.AppTooOld).waitFor();
  await button(page, 'Load Mitra again').waitFor();
  await far.sync();
  expect(Object.keys(await entriesFromAfar(far))).toEqual(['contracts contract']);
});

test('a restore whose network breaks in the middle says so, and goes on with what is left', async () => {
  const server = await startCopyServer();
  const far = await saveFromAfar(server.url, async (db) => {
    for (let index = 0; index < 90; index++) {
      valueOf(await saveContract(db, `contract-${index}`, aContract({ note: 'ក'.repeat(5000) })));
    }
  });
  const phone = await openApp({ baseURL: server.url });
  const { page } = phone;
  phone.expectError(/ERR_FAILED|status of 302|ERR_UNSAFE_REDIRECT/);
  let pulls = 0;
  server.between((request) => {
    if (!request.url.includes('/v1/records')) return null;
    pulls += 1;
    // The second page does not come any more.
    return pulls === 1 ? null : elsewhere();
  });
  await lookByCode(phone, far.groups);
  await button(page, 'Bring it to this phone').click();
  await page.getByRole('alert').getByText(words.errors.Offline).waitFor();
  const here = Object.keys(entriesIn(await readTables(page))).length;
  expect(here).toBeGreaterThan(0);
  expect(here).toBeLessThan(90);
  server.between(null);
  await page.goto(PAPERS);
  await expect
    .poll(async () => entriesIn(await readTables(page)), { timeout: 20_000 })
    .toEqual(await entriesFromAfar(far));
});

test('an address without https says that nothing can be locked there', async () => {
  const server = await startCopyServer();
  const { port } = new URL(server.url);
  const phone = await openPhone(await createProfile(), {
    baseURL: `http://mitra.test:${port}`,
    args: ['--host-resolver-rules=MAP mitra.test 127.0.0.1'],
  });
  const { page } = phone;
  for (const language of ['en', 'km'] as const) {
    const { sync } = wordsOf(language);
    await page.goto(`/${language}/kr/more/sync`);
    await button(page, sync.consent.yes).click();
    await page.getByRole('alert').getByText(sync.errors.NotSecure).waitFor();
    await button(page, sync.consent.no).waitFor();
  }
  await page.goto(`${COPY}/restore`);
  await typeCode(phone, '01236 45673 89015 23452 67898 01232 45671 89019'.split(' '));
  await page.getByRole('alert').getByText(words.errors.NotSecure).waitFor();
  expect(server.asked).toEqual([]);
});
