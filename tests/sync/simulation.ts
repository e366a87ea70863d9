import { EVERYTHING_CHOSEN } from '#data/choice.ts';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { credentialOf } from '#crypto/keys.ts';
import { createDatabase, type Database, openDatabase } from '#data/database.ts';
import { encodeRecord } from '#data/encoding.ts';
import { beginCopy } from '#data/replica.ts';
import {
  inOneTransaction,
  nameText,
  type RecordName,
  readState,
  removeRecord,
  saveInTransaction,
} from '#data/records.ts';
import { isEmpty, type RecordState, seenOf } from '#data/recordState.ts';
import { createTestApi } from '#server/api/testApi.ts';
import { createSqliteStore } from '#server/store/sqlite.ts';
import type { Store } from '#server/store/store.ts';
import type { Engine } from '#sync/engine.ts';
import { newRing, newState } from '#sync/newCopy.ts';
import { syncOnce } from '#sync/run.ts';
import { valueOf } from '#tests/data/phone.ts';
import { type Request, type Wire } from './world.ts';
import { anEngine } from '#tests/support/engine.ts';
import { drawFrom } from '#tests/support/random.ts';

/*
 * Phones of one worker that edit, delete, sync, lose answers, die, are copied, lost and set to wrong clocks, with the real
 * client and the real server; only chance, the network and the clocks are ours. A seed gives the same run again.
 */

export interface SimulationOptions {
  readonly seed: number;
  /** Edits and deletions. */
  readonly operations: number;
  readonly phones: number;
  /** A fault in the code under test, to see that it is found. */
  readonly fault?: 'IgnoredIfMatch' | 'SameDevice';
}

export interface SimulationResult {
  readonly operations: number;
  readonly values: number;
  readonly syncs: number;
  readonly requests: number;
  /** Phones that were lost, copied; times the server was set back. */
  readonly wiped: number;
  readonly cloned: number;
  readonly setBack: number;
  /** Values that are neither there nor replaced by somebody who had seen them. */
  readonly lost: number;
  /** Records that differ between two phones in the end. */
  readonly diverged: number;
  /** Records with only a part of their fields. */
  readonly half: number;
}

const COLLECTIONS = ['contacts', 'agencies', 'checklist', 'cards'] as const;
const RECORDS = 40;
/** After so many operations the phones go on to newer records, as a worker does. */
const GENERATION = 20_000;
/** Every record has all of these from its first write on. Fields of no form, so that any value fits. */
const FIELDS = ['alpha', 'beta', 'gamma'] as const;
const TEN_YEARS = 10 * 365 * 86_400_000;

/** A write or deletion, and its place in the record's history. */
interface Event {
  readonly name: RecordName;
  readonly d: string;
  readonly n: number;
  /** Empty for a deletion. */
  readonly values: readonly string[];
  /** Gone with a phone before the server had it, or with a server that was set back before anybody else had it. */
  mayBeGone: boolean;
}

interface SimPhone {
  readonly index: number;
  readonly name: string;
  readonly db: Database;
  readonly engine: Engine;
  /** Written since the last sync that went through. */
  pending: Event[];
}

/** A server whose database can be set back to an earlier copy, as by an operator after a broken disk. */
async function aServer(fault: SimulationOptions['fault']) {
  const folder = mkdtempSync(join(tmpdir(), 'mitra-sim-'));
  const file = join(folder, 'mitra.sqlite');
  const copy = join(folder, 'copy.sqlite');
  let store = await createSqliteStore({ file });
  onTestFinished(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const present = new Proxy({} as Store, {
    get: (_, method: keyof Store) =>
      method === 'push' && fault === 'IgnoredIfMatch' ? pushAnyway : store[method],
  });
  /** What a server without `If-Match` does: it takes every push on top of whatever it has. */
  const pushAnyway: Store['push'] = async (asker, base, body, quotas) => {
    const account = await store.readAccount(asker.aid);
    if (account.type === 'Gone') return account;
    const pushed = await store.push(asker, account.account.head, body, quotas);
    return pushed.type === 'Pushed' ? { type: 'Pushed', head: base + body.records.length } : pushed;
  };
  const { request } = await createTestApi({ store: present });
  return {
    request,
    keep: async () => store.backup?.(copy),
    setBack: async () => {
      await store.close();
      for (const end of ['-wal', '-shm']) rmSync(file + end, { force: true });
      copyFileSync(copy, file);
      store = await createSqliteStore({ file });
    },
  };
}

/** Runs one simulation to its end. Throws only when something happens that no chance explains. */
export async function simulate(options: SimulationOptions): Promise<SimulationResult> {
  const draw = drawFrom(options.seed);
  const random = (): number => draw(2 ** 32) / 2 ** 32;
  const below = (count: number): number => Math.floor(random() * count);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const randomBytes = (count: number) => Uint8Array.from({ length: count }, () => below(256));

  const server = await aServer(options.fault);
  const events: Event[] = [];
  /** By value: the writes that had seen it and put something else in its place. */
  const replacedBy = new Map<string, Event[]>();
  const counts = { values: 0, syncs: 0, requests: 0, wiped: 0, cloned: 0, setBack: 0 };
  const wires = new Map<number, Wire | null>();
  let pageSize = 1000;
  const drifts = new Map<number, number>();
  let time = Date.UTC(2026, 10, 22);
  let devices = 0;
  let databases = 0;
  let operations = 0;

  const credential = credentialOf(randomBytes(32));
  const ring = newRing(credential, randomBytes);
  const phones: SimPhone[] = [];
  for (let index = 0; index < options.phones; index++) {
    const phone = await openPhone(index, newName());
    const phase = index === 0 ? 'starting' : 'on';
    valueOf(
      await beginCopy(phone.db, newState(phase, credential, ring, 1), index === 0 ? EVERYTHING_CHOSEN : null),
    );
    phones.push(phone);
    await run(phone, null);
  }

  while (operations < options.operations) {
    time += below(3_600_000);
    const phone = pick(phones);
    const step = random();
    if (step < 0.55) await edit(phone);
    else if (step < 0.93) await run(phone, aFault(phone));
    else if (step < 0.965) await restart(phone);
    else if (step < 0.975) drifts.set(phone.index, Math.floor((random() * 2 - 1) * TEN_YEARS));
    else if (step < 0.985) await wipe(phone);
    else if (step < 0.992) await clone(phone);
    else if (options.fault !== 'IgnoredIfMatch') await setServerBack();
  }
  // Everybody meets until nothing moves any more.
  for (let round = 0; round < 4; round++) for (const phone of phones) await run(phone, null);
  const verdict = await judge();
  await Promise.all(phones.map(({ db }) => db.delete()));
  return { operations, ...counts, ...verdict };

  /** Some edits and deletions in a row, as a worker makes them. */
  async function edit(phone: SimPhone): Promise<void> {
    const { db } = phone;
    for (let left = 1 + below(30); left > 0; left--) {
      const collection = pick(COLLECTIONS);
      const name = { collection, id: `r${Math.floor(operations / GENERATION)}-${below(RECORDS)}` };
      const before = await readState(db, name);
      const written: Record<string, string> = {};
      if (!isEmpty(before) && random() < 0.12) {
        valueOf(await removeRecord(db, collection, name.id));
      } else {
        for (const field of isEmpty(before) ? FIELDS : [pick(FIELDS)]) written[field] = `v${++counts.values}`;
        valueOf(await inOneTransaction(db, () => saveInTransaction(db, name, written, null)));
      }
      operations += 1;
      await note(phone, name, before, written);
    }
  }

  async function note(
    { db, pending }: SimPhone,
    name: RecordName,
    before: RecordState,
    written: Readonly<Record<string, string>>,
  ): Promise<void> {
    const n = seenOf(await readState(db, name), db.me);
    const event: Event = { name, d: db.me, n, values: Object.values(written), mayBeGone: false };
    events.push(event);
    pending.push(event);
    for (const [field, cells] of Object.entries(before.f)) {
      if (event.values.length > 0 && !(field in written)) continue;
      for (const { v } of cells) replacedBy.set(String(v), [...(replacedBy.get(String(v)) ?? []), event]);
    }
  }

  /** What goes wrong on the way, or nothing. */
  function aFault(phone: SimPhone): Wire | null {
    if (random() < 0.6) return null;
    const kind = below(4);
    const other = pick(phones.filter((one) => one !== phone));
    let good = below(4);
    return async (address, init, send) => {
      good -= 1;
      if (good >= 0) return send(address, init);
      if (kind === 0) throw new TypeError('Failed to fetch');
      // Another phone saves between two requests of this one.
      if (kind === 3 && good === -1) await run(other, null);
      const response = await send(address, init);
      // The server did it, and the phone never hears of it.
      if (kind === 1) throw new TypeError('Failed to fetch');
      // Delivered twice: the phone gets the answer to the second.
      return kind === 2 && init.method === 'POST' ? send(address, init) : response;
    };
  }

  async function run(phone: SimPhone, wire: Wire | null): Promise<void> {
    counts.syncs += 1;
    pageSize = pick([3, 30, 1000]);
    wires.set(phone.index, wire);
    const end = await syncOnce(phone.engine, true);
    if (end.type === 'Ended') throw new Error('The copy ended.');
    if (end.type === 'Done') phone.pending = [];
  }

  /** The app is closed and opened again. */
  async function restart(phone: SimPhone): Promise<void> {
    phone.db.close();
    const { pending } = phone;
    Object.assign(phone, await openPhone(phone.index, phone.name), { pending });
  }

  async function replace(phone: SimPhone): Promise<void> {
    const others = await Promise.all(phones.filter((other) => other !== phone).map(({ db }) => statesOf(db)));
    for (const event of phone.pending) event.mayBeGone = !others.some((states) => hasSeen(states, event));
    await phone.db.delete();
    Object.assign(phone, await openPhone(phone.index, newName()));
  }

  /** The phone is lost; the worker restores on a new one with the code. */
  async function wipe(phone: SimPhone): Promise<void> {
    counts.wiped += 1;
    await replace(phone);
    valueOf(await beginCopy(phone.db, newState('on', credential, ring, 1), null));
    await run(phone, null);
  }

  /** Another phone gets a copy of this one's storage, and both go on. */
  async function clone(phone: SimPhone): Promise<void> {
    const target = pick(phones.filter((other) => other !== phone));
    counts.cloned += 1;
    await replace(target);
    for (const { name } of phone.db.tables) {
      await target.db.table(name).bulkPut(await phone.db.table(name).toArray());
    }
    if (options.fault === 'SameDevice') Object.assign(target.db, { me: phone.db.me, era: phone.db.era });
  }

  /** The operator brings back an older copy of the database: what no phone holds any more may be gone with it. */
  async function setServerBack(): Promise<void> {
    const unsent = new Set(phones.flatMap(({ pending }) => pending));
    const kept = new Set(events.filter((event) => !unsent.has(event)));
    await server.keep();
    for (let index = 0; index < 10; index++) {
      const phone = pick(phones);
      await edit(phone);
      await run(phone, null);
    }
    await server.setBack();
    counts.setBack += 1;
    // What was saved since is on phones alone until their next run: gone with the last of them that is lost before.
    const since = events.filter((event) => !kept.has(event) && !event.mayBeGone);
    for (const phone of phones) {
      const states = await statesOf(phone.db);
      phone.pending = since.filter((event) => hasSeen(states, event));
    }
    const here = new Set(phones.flatMap(({ pending }) => pending));
    for (const event of since) event.mayBeGone = !here.has(event);
  }

  async function judge(): Promise<Pick<SimulationResult, 'lost' | 'diverged' | 'half'>> {
    const copies = await Promise.all(phones.map(({ db }) => statesOf(db)));
    const [first = new Map<string, RecordState>()] = copies;
    const names = new Set(copies.flatMap((states) => [...states.keys()]));
    const diverged = [...names].filter((name) =>
      copies.some((states) => textOf(states.get(name)) !== textOf(first.get(name))),
    ).length;

    const present = new Set<unknown>();
    let half = 0;
    for (const [name, { f }] of first) {
      if (name === 'choice sync') continue;
      const fields = Object.keys(f).length;
      if (fields > 0 && fields < FIELDS.length) half += 1;
      for (const { v } of Object.values(f).flat()) present.add(v);
    }
    const hasArrived = (event: Event): boolean => hasSeen(first, event);
    let lost = 0;
    for (const event of events) {
      if (!hasArrived(event)) {
        lost += event.mayBeGone ? 0 : 1;
        continue;
      }
      for (const value of event.values) {
        if (!present.has(value) && !(replacedBy.get(value) ?? []).some(hasArrived)) lost += 1;
      }
    }
    return { lost, diverged, half };
  }

  function newName(): string {
    databases += 1;
    return `sim-${options.seed}-${databases}`;
  }

  async function openPhone(index: number, name: string): Promise<SimPhone> {
    const now = (): number => time + (drifts.get(index) ?? 0);
    const db = createDatabase({ name, now, randomBytes });
    // Drawn by chance they could be equal by chance of a short seed.
    devices += 1;
    db.me = `d${String(devices).padStart(7, '0')}`;
    valueOf(await openDatabase(db));
    const send: Request = (address, init) => {
      counts.requests += 1;
      // Some runs get small pages, so that the next one comes while one is stored.
      const paged = address.replace('limit=1000', `limit=${pageSize}`);
      return server.request(paged.replace('/v1', ''), init);
    };
    const wired = anEngine(
      db,
      (address, init) => wires.get(index)?.(address, init, send) ?? send(address, init),
    );
    const engine: Engine = { ...wired, mayMovePhotos: () => false };
    return { index, name, db, engine, pending: [] };
  }
}

function hasSeen(states: ReadonlyMap<string, RecordState>, { name, d, n }: Event): boolean {
  const state = states.get(nameText(name));
  return state !== undefined && seenOf(state, d) >= n;
}

async function statesOf(db: Database): Promise<Map<string, RecordState>> {
  return new Map((await db.recordState.toArray()).map(({ vv, f, ...name }) => [nameText(name), { vv, f }]));
}

function textOf(state: RecordState | undefined): string {
  return state === undefined ? '' : JSON.stringify(encodeRecord({ collection: 'cards', id: '' }, state));
}
