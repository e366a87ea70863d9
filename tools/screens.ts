// Pictures of every screen, for the eye: npm run screens -- --lang km --route help --size 360
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright';
import { startServer } from '#server/startServer.ts';
import { allRoutes, type Route } from '#tests/support/routes.ts';
import { seed } from '#tests/support/seed.ts';
import { buildIfStale, distFolder, rootFolder } from './build.ts';
import { installChromium, launchOptions } from './chromium.ts';
import { contactSheet } from './contactSheet.ts';
import { fail } from './fail.ts';

const looks = [
  { name: '360-light', width: 360, height: 740, colorScheme: 'light', textSize: '' },
  { name: '360-dark', width: 360, height: 740, colorScheme: 'dark', textSize: '' },
  { name: '320-200%', width: 320, height: 640, colorScheme: 'light', textSize: '200%' },
] as const;

type Look = (typeof looks)[number];

const locales = { km: 'km-KH', th: 'th-TH', ko: 'ko-KR', ms: 'ms-MY', en: 'en-GB' };
const folder = join(rootFolder, 'screens');

const { values: wanted } = parseArgs({
  options: {
    lang: { type: 'string' },
    country: { type: 'string' },
    route: { type: 'string' },
    size: { type: 'string' },
  },
});

try {
  await installChromium();
  await buildIfStale();
  await takeAll();
} catch (error) {
  fail(error);
}

async function takeAll(): Promise<void> {
  const routes = allRoutes().filter(isWanted);
  const chosenLooks = looks.filter(({ name }) => name.startsWith(wanted.size ?? ''));
  if (routes.length * chosenLooks.length === 0) throw new Error('No screen fits these choices.');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);

  const server = await startServer({ dist: distFolder, port: 0 });
  const browser = await chromium.launch(launchOptions());
  const problems: string[] = [];
  for (const look of chosenLooks) {
    const queue = [...routes];
    await Promise.all([takeFrom(queue, look), takeFrom(queue, look)]);
    console.log(`${look.name}: ${routes.length} screens`);
  }
  await browser.close();
  await server.close();

  writeFileSync(
    join(folder, 'index.html'),
    contactSheet(
      routes,
      chosenLooks.map(({ name }) => name),
      pictureName,
    ),
  );
  console.log(`\nOpen ${join(folder, 'index.html')}`);
  if (problems.length > 0) throw new Error(problems.join('\n'));

  /** One page that draws screens until none is left. */
  async function takeFrom(queue: Route[], look: Look): Promise<void> {
    for (let route = queue.shift(); route; route = queue.shift()) {
      await takePicture(browser, server.url, route, look, problems);
    }
  }
}

/** Personal screens only differ by language, so one country stands for all unless one is asked for. */
function isWanted({ path, language, country, isPersonal }: Route): boolean {
  if (wanted.lang && language !== wanted.lang) return false;
  if (wanted.country && country !== wanted.country) return false;
  if (!wanted.country && isPersonal && country !== 'kr') return false;
  return path.includes(wanted.route ?? '');
}

async function takePicture(
  browser: Browser,
  baseURL: string,
  route: Route,
  look: Look,
  problems: string[],
): Promise<void> {
  const context = await browser.newContext({
    baseURL,
    viewport: { width: look.width, height: look.height },
    deviceScaleFactor: 1.5,
    isMobile: true,
    hasTouch: true,
    colorScheme: look.colorScheme,
    locale: locales[route.language ?? 'km'],
  });
  try {
    const page = await context.newPage();
    if (look.textSize) await enlargeText(page, look.textSize);
    if (route.isPersonal) await seed(page, route);
    await page.goto(route.path, { waitUntil: 'networkidle' });
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (overflow > 0) problems.push(`${route.path} at ${look.name} is ${overflow} px too wide`);
    await page.screenshot({ path: join(folder, pictureName(route, look.name)), fullPage: true });
  } finally {
    await context.close();
  }
}

/** What a worker with weak eyes sets on the phone; a style element would be refused by the policy. */
async function enlargeText(page: Page, size: string): Promise<void> {
  await page.addInitScript((value) => {
    const enlarge = () => document.documentElement?.style.setProperty('font-size', value);
    enlarge();
    document.addEventListener('DOMContentLoaded', enlarge);
  }, size);
}

function pictureName({ path }: Route, look: string): string {
  return `${path.slice(1).replaceAll('/', '_') || 'start'}.${look.replace('%', '')}.png`;
}
