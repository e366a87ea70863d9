import { EVERYTHING_CHOSEN } from '#data/choice.ts';
import 'fake-indexeddb/auto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { onTestFinished } from 'vitest';
import { groupsOf } from '#crypto/recoveryCode.ts';
import { type Database, ENTRIES } from '#data/database.ts';
import type { Api } from '#server/api/createApi.ts';
import { readConfig } from '#server/config.ts';
import { openSync } from '#server/openSync.ts';
import { startServer } from '#server/startServer.ts';
import { agree, joinCopy } from '#sync/copies.ts';
import type { Engine } from '#sync/engine.ts';
import { syncOnce } from '#sync/run.ts';
import { aPhone, valueOf } from '#tests/data/phone.ts';
import { entriesIn, type TableRow } from '#tests/support/tables.ts';
import { distFolder } from '#tools/build.ts';
import { anEngine } from '#tests/support/engine.ts';

/* A server of its own for one journey, which may stand in its way, and phones without a screen. */

export interface Asked {
  readonly method: string;
  /** With what stands behind the question mark. */
  readonly path: string;
}

/** Comes between a phone and the server: answers itself, or lets the server answer. */
export type Between = (
  request: Request,
  answer: () => Promise<Response>,
) => Response | Promise<Response> | null;

export interface CopyServer {
  readonly url: string;
  /** Every request to /v1 so far. */
  readonly asked: Asked[];
  /** How many of them were under way at the same moment, at most. */
  readonly together: () => number;
  /** From now on this stands between the phones and the server; `null` takes it away. */
  readonly between: (stand: Between | null) => void;
}

/** The app and its sync server on a port of their own, with settings as an operator would write them. */
export async function startCopyServer(settings: Readonly<Record<string, string>> = {}): Promise<CopyServer> {
  const data = await mkdtemp(join(tmpdir(), 'mitra-copies-'));
  const config = readConfig({ DATA_DIR: data, ...settings }, data);
  if (!config.ok || !config.config.sync) throw new Error(JSON.stringify(config));
  const sync = await openSync(config.config.sync, { now: Date.now, log: () => {} });
  const asked: Asked[] = [];
  let stand: Between | null = null;
  let underWay = 0;
  let most = 0;
  const front: Api = new Hono();
  front.use('*', async (context, next) => {
    const { method, url } = context.req.raw;
    const { pathname, search } = new URL(url);
    asked.push({ method, path: `${pathname}${search}` });
    underWay += 1;
    most = Math.max(most, underWay);
    let hasAnswered = false;
    const answer = async (): Promise<Response> => {
      hasAnswered = true;
      await next();
      return context.res;
    };
    try {
      const instead = await stand?.(context.req.raw, answer);
      if (instead && instead !== context.res) context.res = instead;
      else if (!hasAnswered) await answer();
    } finally {
      underWay -= 1;
    }
  });
  front.route('/', sync.api);
  const server = await startServer({ dist: distFolder, port: 0, api: front });
  onTestFinished(async () => {
    await server.close();
    await sync.close();
    await rm(data, { recursive: true, force: true });
  });
  return {
    url: server.url,
    asked,
    together: () => most,
    between: (next) => {
      stand = next;
    },
  };
}

/** A phone without a screen, with the app's own database and client: to fill a copy fast, or to see what is in it. */
export interface FarPhone {
  readonly db: Database;
  readonly sync: () => Promise<void>;
}

/** A far phone that agreed and saved what `write` wrote. Gives the groups of its code. */
export async function saveFromAfar(
  url: string,
  write: (db: Database) => Promise<void>,
): Promise<FarPhone & { groups: string[] }> {
  const { engine, ...phone } = await openFarPhone(url);
  await write(phone.db);
  const { digits } = valueOf(await agree(engine, { choice: EVERYTHING_CHOSEN, wifiOnly: false, text: 1 }));
  await phone.sync();
  return { ...phone, groups: groupsOf(digits) };
}

/** A far phone that joined with a code and has everything. */
export async function joinFromAfar(url: string, groups: readonly string[]): Promise<FarPhone> {
  const { engine, ...phone } = await openFarPhone(url);
  const digits = groups.map((group) => group.slice(0, 4)).join('');
  valueOf(await joinCopy(engine, digits));
  await phone.sync();
  return phone;
}

/** What a far phone shows, as `entriesIn` gives it for a phone with a screen. */
export async function entriesFromAfar({ db }: FarPhone): Promise<Record<string, TableRow>> {
  const tables = await Promise.all(
    ENTRIES.map(async (table) => [table, (await db[table].toArray()) as TableRow[]] as const),
  );
  return entriesIn(Object.fromEntries(tables));
}

async function openFarPhone(url: string): Promise<FarPhone & { engine: Engine }> {
  const db = await aPhone().open({ now: () => Date.now() });
  const engine = anEngine(db, (address, init) => fetch(`${url}${address}`, init));
  const sync = async (): Promise<void> => {
    const end = await syncOnce(engine, true);
    if (end.type !== 'Done') throw new Error(`The run ended with ${JSON.stringify(end)}`);
  };
  return { db, engine, sync };
}
