import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { expect, inject, onTestFinished, test } from 'vitest';
import { createProfile, openPhone, waitUntilStored } from '#tests/support/browser.ts';
import { addPerson, button, COPY, PAPERS } from '#tests/support/copy.ts';
import { type NetLog, netLogFlags, readNetLog } from '#tests/support/netLog.ts';
import { takePicture } from '#tests/support/pictures.ts';
import { launchOptions } from '#tools/chromium.ts';

/** All a worker does with the app before anybody has agreed to anything. */
async function useEverything(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByRole('link', { name: /English/ }).click();
  await page.getByRole('link', { name: /Korea/ }).first().click();
  await page.goto('/en/kr/help');
  await page.locator('a[href="tel:112"]').first().waitFor();
  await page.goto('/en/kr/rights');
  await page.goto('/en/kr/rights/passport-held');
  await page.locator('h1').waitFor();
  await page.goto('/en/kr/search');
  await page.getByRole('searchbox').fill('passport');
  await page.locator('main ul a').first().waitFor();

  await page.goto(`${PAPERS}/contract/new`);
  await page.getByLabel('Choose from the phone').waitFor({ state: 'attached' });
  await page.getByLabel('Choose from the phone').setInputFiles([await takePicture(page, 'red')]);
  await page.locator('main ol li img').waitFor();
  await page.getByLabel('Employer name').fill('Kim Farm');
  await page.locator('[data-saved="true"]').waitFor();
  await page.goto(`${PAPERS}/agency/new`);
  await page.getByLabel('Agency name').fill('Lotus Road Agency');
  await button(page, 'Done').click();
  await button(page, 'Add a payment').click();
  await page.getByLabel('Amount').fill('1500');
  await page.getByText('US dollars', { exact: true }).click();
  await page.getByLabel('Photo of the receipt').setInputFiles([await takePicture(page, 'blue')]);
  await button(page, 'See the receipt large').waitFor();
  await button(page, 'Done').click();
  await addPerson(page, 'Srey Mom', '012 345 678');
  await page.goto('/en/kr/checklist/before');
  await page.getByRole('checkbox').first().click();
  await page.locator('main progress[value="1"]').waitFor();
  await page.goto('/en/kr/cards/blood-group');
  await page.getByRole('radio', { name: 'O+' }).check({ force: true });
  await page.goto('/en/kr/more/backup');
  await button(page, 'Save a copy now').click();
  await page.getByRole('link', { name: 'Put the file on this phone' }).waitFor();
}

/** The worker looks at the question and at the way back, and says no. */
async function sayNo(page: Page): Promise<void> {
  await page.goto(COPY);
  await button(page, 'No, only on this phone').click();
  await page.waitForURL('**/en/kr/more');
  await page.goto(`${COPY}/restore`);
  await button(page, 'Type the digits').click();
  await page
    .getByRole('textbox', { name: /^Group \d/ })
    .first()
    .fill('0123');
  await page.goto(`${COPY}/delete`);
  await button(page, 'Type the digits').waitFor();
  await page.goto('/en/kr/more/family');
  await page.getByText('There is no family copy on this phone.').waitFor();
}

test('nothing but the files of the app goes over the network before the worker says yes', {
  timeout: 120_000,
}, async () => {
  const profile = await createProfile();
  const logs = [join(profile, 'net-1.json'), join(profile, 'net-2.json')] as const;
  const origin = inject('baseUrl');

  const first = await openPhone(profile, { args: netLogFlags(logs[0]) });
  await useEverything(first.page);
  await sayNo(first.page);
  await waitUntilStored(first.page);
  first.expectError(/ERR_INTERNET_DISCONNECTED/);
  await first.context.setOffline(true);
  await first.page.goto(PAPERS);
  await first.page.getByText('Kim Farm').waitFor();
  await first.page.goto(COPY);
  await button(first.page, 'No, only on this phone').click();
  await first.context.setOffline(false);
  await first.page.reload();
  await first.context.close();

  const again = await openPhone(profile, { args: netLogFlags(logs[1]) });
  await again.page.goto('/en/kr');
  await again.page.goto(PAPERS);
  await again.page.getByText('Kim Farm').waitFor();
  await again.page.goto(COPY);
  await button(again.page, 'Yes, save a locked copy').waitFor();
  await again.context.close();

  const seen = await Promise.all(logs.map((log) => readNetLog(log, origin)));
  const all = <K extends keyof NetLog>(part: K) => seen.flatMap((log) => log[part] as NetLog[K][number][]);
  const requests = all('requests');
  const notGets = requests.filter(({ method }) => method !== 'GET' && method !== 'HEAD');
  expect(notGets, 'requests that are no GET').toEqual([]);
  expect(
    requests.filter(({ hasBody }) => hasBody),
    'requests with a body',
  ).toEqual([]);
  const foreign = requests.filter(({ url }) => new URL(url).origin !== origin);
  expect(foreign, 'requests to another host').toEqual([]);
  const paths = requests.map(({ url }) => new URL(url).pathname);
  expect(
    paths.filter((path) => path.startsWith('/v1')),
    'requests to the sync server',
  ).toEqual([]);
  expect(
    paths.filter((path) => /^\/assets\/(createSyncClient|decode)-/.test(path)),
    'files of the client',
  ).toEqual([]);
  // The screens themselves are there: else the list above would be empty for another reason.
  expect(paths.some((path) => path.startsWith('/assets/CopyScreens-'))).toBe(true);
  expect(all('webSockets')).toEqual([]);
  expect(all('openSockets')).toEqual([]);
  expect(
    all('names').filter((name) => name !== 'localhost'),
    'names that were looked up',
  ).toEqual([]);
  const ports = all('ports').filter((port) => port !== Number(new URL(origin).port));
  expect(
    ports.filter((port) => port !== 443),
    'connections to other ports',
  ).toEqual([]);
  console.log(
    `${requests.length} requests of the app before consent, all GET, to ${new Set(requests.map(({ url }) => new URL(url).host)).size} host; the browser's own: ${all('browserRequests').length}`,
  );
});

/** A server without the app's policy: its pages may do what ours may not. */
async function startPlainServer(): Promise<string> {
  const server = createServer((_request, answer) => answer.setHeader('Content-Type', 'text/html').end('<p>'));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

test('the network log shows everything that must not be there', async () => {
  const url = await startPlainServer();
  const profile = await createProfile();
  const log = join(profile, 'net.json');
  const { args = [], ...options } = launchOptions();
  const context = await chromium.launchPersistentContext(profile, {
    ...options,
    args: [...args, ...netLogFlags(log)],
  });
  const [page] = context.pages();
  await page?.goto(url);
  await page?.evaluate(async () => {
    Object.assign(document.head.appendChild(document.createElement('link')), {
      rel: 'dns-prefetch',
      href: '//named.example',
    });
    await fetch('/posted', { method: 'POST', body: 'x' }).catch(() => {});
    await fetch('http://foreign.example/').catch(() => {});
    new WebSocket('ws://foreign.example/');
    const peer = new RTCPeerConnection();
    peer.createDataChannel('x');
    await peer.setLocalDescription(await peer.createOffer());
  });
  await context.close();
  const seen = await readNetLog(log, url);
  expect(seen.requests.filter(({ hasBody }) => hasBody).map((request) => request.url)).toEqual([
    `${url}/posted`,
  ]);
  expect(seen.requests.map((request) => request.url)).toContain('http://foreign.example/');
  expect(seen.names).toEqual(expect.arrayContaining(['foreign.example', 'named.example']));
  expect(seen.webSockets.length).toBeGreaterThan(0);
  expect(seen.openSockets.length).toBeGreaterThan(0);
});
