import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright';
import { afterAll, expect, inject, onTestFinished } from 'vitest';
import { launchOptions } from '#tools/chromium.ts';

export interface AppOptions extends BrowserContextOptions {
  /** Another server than that of this run, for journeys that change or stop it. */
  baseURL?: string;
}

export interface App {
  context: BrowserContext;
  page: Page;
  baseUrl: string;
  /** The address of every request the pages and the service worker made. */
  requests: string[];
  /** Console errors and uncaught exceptions that no `expectError` covers. */
  errors: () => string[];
  /** Says that this journey makes the browser complain, for example about the missing network. */
  expectError: (pattern: RegExp) => void;
  assertOwnOriginOnly: () => void;
  assertNoErrors: () => void;
}

/** A cheap Android phone, which is what most workers hold. */
const phone: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
  // Chromium has no Khmer dates and takes the phone's own language for them, so the locale is always said.
  locale: 'km-KH',
  timezoneId: 'Asia/Phnom_Penh',
};

let browser: Promise<Browser> | null = null;

afterAll(async () => {
  await (await browser)?.close();
  browser = null;
});

/**
 * Opens a new phone with nothing on it. Call it inside a test: when the test ends the phone is closed, and the
 * test fails if anything went to another origin or an error was printed.
 */
export async function openApp(options: AppOptions = {}): Promise<App> {
  browser ??= chromium.launch(launchOptions());
  const context = await (await browser).newContext({ ...phone, ...withBase(options) });
  return watch(context, await context.newPage(), withBase(options).baseURL);
}

/** Opens a phone whose storage stays in `profile`, so that it can be switched off and started cold. `args` are Chromium's. */
export async function openPhone(
  profile: string,
  { args = [], ...options }: AppOptions & { offline?: boolean; args?: readonly string[] } = {},
): Promise<App> {
  const settings = { ...phone, ...withBase(options) };
  const launch = launchOptions();
  const context = await chromium.launchPersistentContext(profile, {
    ...launch,
    args: [...(launch.args ?? []), ...args],
    ...settings,
  });
  return watch(context, context.pages()[0] ?? (await context.newPage()), settings.baseURL);
}

/** Ends the browser of a profile as an empty battery does: at once, in the middle of whatever it does. */
export function killPhone(profile: string): void {
  const processes = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  const isIts = (line: string) => line.includes(`--user-data-dir=${profile}`) && !line.includes('--type=');
  const pid = Number.parseInt(processes.find(isIts) ?? '', 10);
  if (!Number.isInteger(pid)) throw new Error('This phone does not run.');
  // Playwright starts each browser as the leader of a group of its own.
  process.kill(-pid, 'SIGKILL');
}

/** An empty folder for `openPhone`, removed when the test ends. */
export async function createProfile(): Promise<string> {
  const profile = await mkdtemp(join(tmpdir(), 'mitra-phone-'));
  onTestFinished(() => rm(profile, { recursive: true, force: true, maxRetries: 5 }));
  return profile;
}

/** Waits until the app says that everything is on the phone, then takes the network away. */
export async function goOffline({ context, page, expectError }: App): Promise<void> {
  await waitUntilStored(page);
  expectError(/ERR_INTERNET_DISCONNECTED/);
  await context.setOffline(true);
}

/** Waits for a service worker that controls the page and for the app's own word that its files are kept. */
export async function waitUntilStored(page: Page): Promise<void> {
  // Not an async predicate: Playwright takes the promise it returns for a yes.
  await page.waitForFunction(
    () =>
      navigator.serviceWorker.controller !== null && document.documentElement.dataset['offline'] === 'ready',
  );
}

/** Opens the group in which a right stands on the rights screen, and taps the right. */
export async function tapRight(page: Page, address: string): Promise<void> {
  const link = page.locator(`a[href="${address}"]`);
  if (!(await link.isVisible())) await page.locator(`details:has(a[href="${address}"]) > summary`).click();
  await link.click();
}

function withBase(options: AppOptions): AppOptions & { baseURL: string } {
  return { ...options, baseURL: options.baseURL ?? inject('baseUrl') };
}

function watch(context: BrowserContext, page: Page, baseUrl: string): App {
  const requests: string[] = [];
  const seen: string[] = [];
  const expected: RegExp[] = [];
  const ownOrigin = new URL(baseUrl).origin;

  context.on('request', (request) => requests.push(request.url()));
  context.on('console', (message) => {
    if (message.type() === 'error') seen.push(`${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => seen.push(String(error.error())));
  context.on('page', watchSockets);
  watchSockets(page);

  function watchSockets(opened: Page): void {
    opened.on('websocket', (socket) => requests.push(socket.url()));
  }

  const app: App = {
    context,
    page,
    baseUrl,
    requests,
    errors: () => seen.filter((text) => !expected.some((pattern) => pattern.test(text))),
    expectError: (pattern) => expected.push(pattern),
    assertOwnOriginOnly: () => {
      const foreign = requests.filter(
        (url) => !/^(data|blob):/.test(url) && new URL(url).origin !== ownOrigin,
      );
      expect(foreign, 'requests to another origin').toEqual([]);
    },
    assertNoErrors: () => expect(app.errors(), 'errors in the browser').toEqual([]),
  };

  onTestFinished(async () => {
    await context.close();
    app.assertOwnOriginOnly();
    app.assertNoErrors();
  });
  return app;
}
