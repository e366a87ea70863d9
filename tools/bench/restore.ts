import { EVERYTHING_CHOSEN } from '#data/choice.ts';
import 'fake-indexeddb/auto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { groupsOf } from '#crypto/recoveryCode.ts';
import { createDatabase, openDatabase } from '#data/database.ts';
import { inOneTransaction, saveInTransaction } from '#data/records.ts';
import { readConfig } from '#server/config.ts';
import { runServer } from '#server/runServer.ts';
import { agree } from '#sync/copies.ts';
import { syncOnce } from '#sync/run.ts';
import { buildIfStale, distFolder } from '#tools/build.ts';
import { installChromium, launchOptions } from '#tools/chromium.ts';
import { anEngine } from '#tests/support/engine.ts';

/* Bringing 10,000 entries onto an empty phone, in a real browser from a real server (docs/sync-design.md §15). */

const ENTRIES = 10_000;
const MBIT = 1_600_000;
/** Without the service worker, whose own downloads would be counted. */
const phone = { viewport: { width: 360, height: 740 }, serviceWorkers: 'block' } as const;

export interface Restore {
  readonly name: string;
  readonly seconds: number;
  readonly requests: number;
  readonly megabytes: number;
  /** Milliseconds of the longest task while entries came, and how many were longer than 50. */
  readonly longestTask: number;
  readonly longTasks: number;
}

/** Restores twice: with the processor slowed six times, and over 1.6 Mbit/s. */
export async function benchRestore(): Promise<Restore[]> {
  process.env['CHROME_PATH'] = await installChromium();
  await buildIfStale();
  const data = mkdtempSync(join(tmpdir(), 'mitra-bench-'));
  const read = readConfig({ PORT: '0', DIST: distFolder, DATA_DIR: data }, data);
  if (!read.ok) throw new Error(read.problems.join('\n'));
  const server = await runServer(read.config, () => {});
  try {
    const digits = await fillCopy(server.url);
    return [
      await restore(server.url, digits, { name: 'processor slowed 6 times', slow: 6, bitsPerSecond: null }),
      await restore(server.url, digits, { name: '1.6 Mbit/s', slow: 1, bitsPerSecond: MBIT }),
    ];
  } finally {
    await server.close();
    rmSync(data, { recursive: true, force: true });
  }
}

/** A copy of 10,000 entries, made by the real client. Gives the digits of its code. */
async function fillCopy(url: string): Promise<string> {
  const randomBytes = (count: number) => crypto.getRandomValues(new Uint8Array(count));
  const db = createDatabase({ now: Date.now, randomBytes });
  valueOf(await openDatabase(db));
  for (let from = 0; from < ENTRIES; from += 500) {
    valueOf(
      await inOneTransaction(db, async () => {
        for (let index = from; index < from + 500; index++) {
          const name = { collection: 'contacts', id: `entry-${index}` } as const;
          const fields = {
            name: `Person ${index}`,
            phone: '012345678',
            relation: 'coworker',
            position: index,
          };
          await saveInTransaction(db, name, fields, null);
        }
      }),
    );
  }
  const engine = anEngine(db, (address, init) => fetch(url + address, init));
  const { digits } = valueOf(await agree(engine, { choice: EVERYTHING_CHOSEN, wifiOnly: true, text: 1 }));
  const end = await syncOnce(engine, true);
  if (end.type !== 'Done') throw new Error(`The copy was not filled: ${JSON.stringify(end)}`);
  return digits;
}

interface Conditions {
  readonly name: string;
  readonly slow: number;
  readonly bitsPerSecond: number | null;
}

async function restore(url: string, digits: string, conditions: Conditions): Promise<Restore> {
  const browser = await chromium.launch(launchOptions());
  try {
    const page = await (await browser.newContext(phone)).newPage();
    await page.goto(`${url}/en/kr/more/sync/restore`);
    await page.getByRole('button', { name: 'Type the digits' }).click();
    const fields = page.getByRole('textbox', { name: /^Group \d/ });
    for (const [index, group] of groupsOf(digits).entries()) await fields.nth(index).fill(group);
    await page.getByRole('button', { name: 'Go on' }).click();
    const take = page.getByRole('button', { name: 'Bring it to this phone' });
    await take.waitFor({ timeout: 60_000 });
    // Only what follows is measured: the worker has seen what comes, and says yes.
    const traffic = await watch(page, conditions);
    const began = performance.now();
    await take.click();
    await page.getByRole('link', { name: 'See my papers' }).waitFor({ timeout: 300_000 });
    const seconds = (performance.now() - began) / 1000;
    const tasks = await page.evaluate(() => (globalThis as unknown as { tasks: number[] }).tasks);
    return {
      name: conditions.name,
      seconds,
      ...traffic(),
      longestTask: Math.max(0, ...tasks),
      longTasks: tasks.length,
    };
  } finally {
    await browser.close();
  }
}

/** Counts what goes over the network, and tasks that are longer than 50 ms. */
async function watch(
  page: Page,
  { slow, bitsPerSecond }: Conditions,
): Promise<() => { requests: number; megabytes: number }> {
  let requests = 0;
  let bytes = 0;
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  session.on('Network.requestWillBeSent', ({ request }) => {
    if (new URL(request.url).pathname.startsWith('/v1/')) requests += 1;
  });
  session.on('Network.dataReceived', ({ dataLength }) => (bytes += dataLength));
  await session.send('Emulation.setCPUThrottlingRate', { rate: slow });
  if (bitsPerSecond !== null) {
    const speed = bitsPerSecond / 8;
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 100,
      downloadThroughput: speed,
      uploadThroughput: speed,
    });
  }
  await page.evaluate(() => {
    const tasks: number[] = [];
    Object.assign(globalThis, { tasks });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) tasks.push(Math.round(entry.duration));
    }).observe({ type: 'longtask' });
  });
  return () => ({ requests, megabytes: bytes / 1e6 });
}

function valueOf<T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}
