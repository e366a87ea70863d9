import { EVERYTHING_CHOSEN } from '#data/choice.ts';
import { onTestFinished } from 'vitest';
import type { Database } from '#data/database.ts';
import { createTestApi, type TestApi, type TestApiOptions } from '#server/api/testApi.ts';
import { agree, joinCopy } from '#sync/copies.ts';
import type { Engine } from '#sync/engine.ts';
import { type RunEnd, syncOnce } from '#sync/run.ts';
import { aPhone, type Phone, valueOf } from '#tests/data/phone.ts';
import { anEngine } from '#tests/support/engine.ts';

/* Real phones and a real server in one process; only the network between them is ours. */

export type Request = (address: string, init: RequestInit) => Promise<Response>;

/** What stands between a phone and the server: gets the request and the way on. */
export type Wire = (address: string, init: RequestInit, send: Request) => Promise<Response>;

export interface World {
  readonly server: TestApi;
  /** Everything that was asked, as `METHOD /v1/path`. */
  readonly asked: string[];
  /** Every body that went to the server, for a look at what it could read. */
  readonly bodies: Uint8Array[];
}

export async function aWorld(options: TestApiOptions = {}): Promise<World> {
  const server = await createTestApi(options);
  return { server, asked: [], bodies: [] };
}

export interface SyncPhone extends Phone {
  readonly db: Database;
  readonly engine: Engine;
  /** Stands between this phone and the server until the test takes it away. */
  wire: Wire | null;
  readonly sync: (byHand?: boolean) => Promise<RunEnd>;
}

/** A phone with an open database and a way to the server. Nothing is saved on the server yet. */
export async function aSyncPhone(world: World): Promise<SyncPhone> {
  const phone = aPhone();
  const db = await phone.open();
  const send: Request = (address, init) => {
    world.asked.push(`${init.method ?? 'GET'} ${address.replace(/\?.*/, '')}`);
    if (init.body instanceof Uint8Array) world.bodies.push(init.body);
    if (typeof init.body === 'string') world.bodies.push(new TextEncoder().encode(init.body));
    return world.server.request(address.replace('/v1', ''), init);
  };
  const result: SyncPhone = {
    ...phone,
    db,
    wire: null,
    engine: anEngine(db, (address, init) =>
      result.wire ? result.wire(address, init, send) : send(address, init),
    ),
    sync: (byHand = false) => syncOnce(result.engine, byHand),
  };
  onTestFinished(() => {
    result.wire = null;
  });
  return result;
}

/** A phone whose worker agreed, with everything saved. */
export async function aSavingPhone(
  world: World,
  choice = EVERYTHING_CHOSEN,
): Promise<SyncPhone & { digits: string }> {
  const phone = await aSyncPhone(world);
  const { digits } = valueOf(await agree(phone.engine, { choice, wifiOnly: false, text: 1 }));
  await expectDone(phone);
  return Object.assign(phone, { digits });
}

/** A second phone with the same code, with everything fetched. */
export async function aJoinedPhone(world: World, digits: string): Promise<SyncPhone> {
  const phone = await aSyncPhone(world);
  valueOf(await joinCopy(phone.engine, digits));
  await expectDone(phone);
  return phone;
}

/** Runs once and throws unless everything was done. */
export async function expectDone(phone: SyncPhone): Promise<void> {
  const end = await phone.sync();
  if (end.type !== 'Done') throw new Error(`The run ended with ${JSON.stringify(end)}`);
}

/** Fails like a phone without a network. */
export const noNetwork: Wire = () => Promise.reject(new TypeError('Failed to fetch'));
