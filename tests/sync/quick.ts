import { EVERYTHING_CHOSEN } from '#data/choice.ts';
import util from 'node:util';
import { vi } from 'vitest';
import { type Credential, credentialOf } from '#crypto/keys.ts';
import { type Database, ENTRIES } from '#data/database.ts';
import { beginCopy } from '#data/replica.ts';
import { syncOverview } from '#data/syncQueries.ts';
import { fromBase64url } from '#lib/id.ts';
import { decodePullPage, encodePullPage, type PullPage } from '#shared/protocol.ts';
import { newRing, newState } from '#sync/newCopy.ts';
import { openRing } from '#sync/ring.ts';
import { randomBytes, START, valueOf } from '#tests/data/phone.ts';
import { aSyncPhone, expectDone, type SyncPhone, type Wire, type World } from './world.ts';

/*
 * Phones without the tenths of a second that a code takes on purpose: hundreds of them for one test. A code is drawn as
 * what it opens; everything else is the real client.
 */

// Several phones, a server and a month of time: on a busy machine five seconds are not enough.
vi.setConfig({ testTimeout: 60_000 });

export interface QuickPhone extends SyncPhone {
  readonly credential: Credential;
}

/** A phone whose worker agreed a moment ago. The server was not asked yet. */
export async function aStartingPhone(world: World, choice = EVERYTHING_CHOSEN): Promise<QuickPhone> {
  const phone = await aSyncPhone(world);
  const credential = credentialOf(randomBytes(32));
  const state = newState('starting', credential, newRing(credential, randomBytes), 1);
  const asked = { consent: { at: START, text: 1 }, wifiOnly: false };
  valueOf(await beginCopy(phone.db, { ...state, ...asked }, choice));
  return Object.assign(phone, { credential });
}

/** A phone whose worker agreed, with everything saved. */
export async function aQuickPhone(world: World, choice = EVERYTHING_CHOSEN): Promise<QuickPhone> {
  const phone = await aStartingPhone(world, choice);
  await expectDone(phone);
  return phone;
}

/** A phone that was just given the code of a copy; its first run fetches it. */
export async function aFreshPhone(world: World, credential: Credential): Promise<QuickPhone> {
  const phone = Object.assign(await aSyncPhone(world), { credential });
  await joinQuickly(phone, credential);
  return phone;
}

/** A phone with the code of a copy, with everything fetched. */
export async function aSecondPhone(world: World, credential: Credential): Promise<QuickPhone> {
  const phone = await aFreshPhone(world, credential);
  await expectDone(phone);
  return phone;
}

/** What typing the code does, for a phone that may hold entries already. */
export async function joinQuickly(phone: SyncPhone, credential: Credential): Promise<void> {
  const { ring: text, ringVersion } = valueOf(await phone.engine.net.account(credential));
  const env = fromBase64url(text);
  const ring = env && openRing(env, credential, ringVersion);
  if (ring === null || ring === 'TooNew') throw new Error('The ring did not open');
  const state = { ...newState('on', credential, ring, ringVersion), wifiOnly: false };
  valueOf(await beginCopy(phone.db, state, null));
}

/** Every entry as the worker sees it, and the photos. */
export async function entriesOf(db: Database): Promise<Record<string, unknown[]>> {
  const entries: Record<string, unknown[]> = {};
  for (const name of ENTRIES) entries[name] = await db[name].toArray();
  entries['photos'] = await db.photos.toArray();
  return entries;
}

/** Two phones show the same. Fields may stand in another order. */
export function isEqual(a: unknown, b: unknown): boolean {
  return util.isDeepStrictEqual(a, b);
}

export async function newsOf(phone: SyncPhone): Promise<readonly string[]> {
  return (await syncOverview(phone.db)).news;
}

/** Runs both phones until each has what the other had. */
export async function expectEqual(...phones: readonly SyncPhone[]): Promise<void> {
  for (let round = 0; round < 2; round++) {
    for (const phone of phones) await expectDone(phone);
  }
}

/** Changes the pages of a pull on their way. */
export function alterPages(change: (page: PullPage, since: number) => PullPage): Wire {
  return async (address, init, send) => {
    const response = await send(address, init);
    if (!address.startsWith('/v1/records?') || response.status !== 200) return response;
    const page = decodePullPage(new Uint8Array(await response.arrayBuffer()));
    if (page === null) throw new Error('The server sent no page');
    const since = Number(new URLSearchParams(address.split('?')[1]).get('since'));
    return new Response(encodePullPage(change(page, since)), { headers: response.headers });
  };
}

/** An answer in our server's own words. */
export function refusal(status: number, error: string, more: object = {}, headers = {}): Response {
  return new Response(JSON.stringify({ error, ...more }), { status, headers });
}

/** Does the work and loses the answer. */
export function loseAnswer(isIt: (request: string) => boolean, times = 1): Wire {
  let left = times;
  return async (address, init, send) => {
    const isLost = left > 0 && isIt(`${init.method} ${address}`);
    const response = await send(address, init);
    if (!isLost) return response;
    left -= 1;
    await response.arrayBuffer();
    throw new TypeError('Failed to fetch');
  };
}

/** How much a test of hostile or broken things does: more at night, with `SYNC_TESTS=full`. */
export function countOf(usual: number, full: number): number {
  return process.env['SYNC_TESTS'] === 'full' ? full : usual;
}
