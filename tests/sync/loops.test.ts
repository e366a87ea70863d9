import { afterAll, expect, test } from 'vitest';
import { listContacts, saveContact } from '#data/contacts.ts';
import { saveContract } from '#data/contracts.ts';
import { newId } from '#data/database.ts';
import { addPages } from '#data/pages.ts';
import { readSyncState, syncOverview } from '#data/syncQueries.ts';
import { decodePullPage, decodePushBody, encodePullPage } from '#shared/protocol.ts';
import { createRunner } from '#sync/runner.ts';
import { syncOnce } from '#sync/run.ts';
import { randomBytes, valueOf } from '#tests/data/phone.ts';
import { aContact, aContract, aPhoto } from '#tests/support/builders.ts';
import { aFreshPhone, aQuickPhone, countOf, entriesOf, type QuickPhone, refusal } from './quick.ts';
import { aWorld, expectDone, noNetwork, type Wire, type World } from './world.ts';
import { drawFrom } from '#tests/support/random.ts';

/* A server that is broken or dishonest for a month must neither empty a data plan nor take anything from the phone. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const DAYS = countOf(1, 30);

const HTML = '<!doctype html><title>Welcome to our Wi-Fi</title><p>Please accept the terms.</p>';
const page = (status: number) => new Response(HTML, { status, headers: { 'Content-Type': 'text/html' } });
const isPush: (init: RequestInit, address: string) => boolean = ({ method }, address) =>
  method === 'POST' && address === '/v1/records';

/** What answers in place of the server. */
const SERVERS: Readonly<Record<string, Wire>> = {
  'another wrong manifest each time': async (address, init, send) => {
    const response = await send(address, init);
    if (!address.startsWith('/v1/records?') || response.status !== 200) return response;
    const pulled = decodePullPage(new Uint8Array(await response.arrayBuffer()));
    if (pulled === null) throw new Error('No page');
    return new Response(encodePullPage({ ...pulled, manifest: randomBytes(301) }));
  },
  'a head that grows by itself': async (address, init, send) => {
    const response = await send(address, init);
    if (!address.startsWith('/v1/records?') || response.status !== 200) return response;
    const pulled = decodePullPage(new Uint8Array(await response.arrayBuffer()));
    if (pulled === null) throw new Error('No page');
    return new Response(encodePullPage({ ...pulled, head: pulled.head + 5, manifest: null }));
  },
  '412 to every push': (address, init, send) =>
    isPush(init, address) ? Promise.resolve(refusal(412, 'HeadMoved', { head: 1 })) : send(address, init),
  '503 to every push': (address, init, send) =>
    isPush(init, address) ? Promise.resolve(refusal(503, 'Busy')) : send(address, init),
  '403 to every push': (address, init, send) =>
    isPush(init, address) ? Promise.resolve(refusal(403, 'NotAllowed')) : send(address, init),
  '422 to every push': (address, init, send) =>
    isPush(init, address) ? Promise.resolve(refusal(422, 'Malformed')) : send(address, init),
  'no answer to any push': (address, init, send) =>
    isPush(init, address) ? Promise.reject(new TypeError('Failed to fetch')) : send(address, init),
  'yes to every push, and nothing is kept': async (address, init, send) => {
    if (!isPush(init, address)) return send(address, init);
    const base = Number(/\d+/.exec(new Headers(init.headers).get('If-Match') ?? '')?.[0]);
    const body = init.body as Uint8Array;
    const at = 3 + (body[1] ?? 0) * 256 + (body[2] ?? 0);
    return Response.json({ head: base + (body[at] ?? 0) * 256 + (body[at + 1] ?? 0) });
  },
  '507, records': (address, init, send) =>
    isPush(init, address)
      ? Promise.resolve(refusal(507, 'QuotaExceeded', { which: 'records', limit: 1, used: 1 }))
      : send(address, init),
  '507, photos': (address, init, send) =>
    init.method === 'PUT'
      ? Promise.resolve(refusal(507, 'QuotaExceeded', { which: 'blobBytes', limit: 1, used: 1 }))
      : send(address, init),
  'photos that are never listed': async (address, init, send) =>
    address === '/v1/blobs' ? Response.json([]) : send(address, init),
  'photos that never open': async (address, init, send) => {
    const response = await send(address, init);
    return init.method === 'GET' && address.startsWith('/v1/blobs/')
      ? new Response(new Uint8Array(randomBytes(50_000)))
      : response;
  },
  '429 for ever': () => Promise.resolve(refusal(429, 'TooManyRequests')),
  '429 with a wait of a second': () =>
    Promise.resolve(refusal(429, 'TooManyRequests', {}, { 'Retry-After': '1' })),
  '401 for ever': () => Promise.resolve(refusal(401, 'NotAuthorised')),
  '401 of a proxy': () => Promise.resolve(page(401)),
  '410 of a proxy': () => Promise.resolve(page(410)),
  '410 in JSON that is not ours': () => Promise.resolve(Response.json({ message: 'Gone' }, { status: 410 })),
  '"Gone" with another status': () => Promise.resolve(refusal(500, 'Gone')),
  '500 for ever': () => Promise.resolve(page(500)),
  'the login page of a Wi-Fi, 200': () => Promise.resolve(page(200)),
  // A browser follows no redirect here: `redirect: 'error'`.
  'the login page of a Wi-Fi, 302': () => Promise.reject(new TypeError('Failed to fetch')),
  'the login page of a Wi-Fi, 302 with an answer': () => Promise.resolve(page(302)),
  'an empty answer': () => Promise.resolve(new Response('')),
};

interface Habits {
  /** How often a day the app is shown, each time for ten minutes; `Infinity`: always. */
  readonly showings: number;
  readonly edits: number;
  readonly isOnline?: (time: number) => boolean;
}

interface Figures {
  readonly requests: number;
  readonly requestsADay: number;
  readonly mostInADay: number;
  readonly kilobytesADay: number;
}

/** A month of a phone with the real runner; time passes only when nothing is under way. */
async function aMonth(phone: QuickPhone, habits: Habits, server: Wire | null): Promise<Figures> {
  const { showings, edits, isOnline = () => true } = habits;
  const draw = drawFrom(7);
  const start = phone.clock.now;
  const perDay = new Map<number, number>();
  let bytes = 0;
  phone.wire = async (address, init, send) => {
    const day = Math.floor((phone.clock.now - start) / DAY);
    perDay.set(day, (perDay.get(day) ?? 0) + 1);
    const { body } = init;
    bytes += 500 + (body instanceof Uint8Array ? body.length : typeof body === 'string' ? body.length : 0);
    const response = await (server ?? noNetworkUnless(isOnline, phone))(address, init, send);
    const answer = new Uint8Array(await response.arrayBuffer());
    bytes += answer.length;
    const { status, headers } = response;
    return new Response(answer.length > 0 ? answer : null, { status, headers });
  };

  interface Timer {
    readonly at: number;
    readonly work: () => void | Promise<void>;
  }
  let timers: Timer[] = [];
  const plan = (at: number, work: Timer['work']): Timer => {
    const timer = { at, work };
    timers.push(timer);
    return timer;
  };
  let shownUntil = 0;
  const isShown = () => showings === Number.POSITIVE_INFINITY || phone.clock.now < shownUntil;
  let running: Promise<unknown> = Promise.resolve();
  const runner = createRunner({
    run: (byHand) => {
      const run = syncOnce(phone.engine, byHand);
      running = run.catch(() => {});
      return run;
    },
    now: () => phone.clock.now,
    random: () => draw(1000) / 1000,
    after: (ms, work) => {
      const timer = plan(phone.clock.now + ms, work);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    isOnline: () => isOnline(phone.clock.now),
    isShown,
  });
  for (let day = 0; day < DAYS; day++) {
    for (let index = 0; showings !== Number.POSITIVE_INFINITY && index < showings; index++) {
      plan(start + day * DAY + draw(DAY), () => {
        shownUntil = phone.clock.now + 10 * MINUTE;
        runner.trigger('shown');
      });
    }
    for (let index = 0; index < edits; index++) {
      plan(start + day * DAY + draw(DAY), async () => {
        valueOf(await saveContact(phone.db, newId(phone.db), aContact({ name: `Contact ${day} ${index}` })));
        runner.trigger('edit');
      });
    }
  }
  runner.trigger('start');
  for (;;) {
    timers.sort((a, b) => a.at - b.at);
    const next = timers.shift();
    if (next === undefined || next.at > start + DAYS * DAY) break;
    phone.clock.now = Math.max(phone.clock.now, next.at);
    await next.work();
    await running;
    await new Promise((resolve) => setImmediate(resolve));
  }
  runner.stop();
  phone.wire = null;
  const all = [...perDay.values()].reduce((sum, count) => sum + count, 0);
  return {
    requests: all,
    requestsADay: Math.round((all / DAYS) * 10) / 10,
    mostInADay: Math.max(0, ...perDay.values()),
    kilobytesADay: Math.round(bytes / DAYS / 1000),
  };
}

function noNetworkUnless(isOnline: (time: number) => boolean, phone: QuickPhone): Wire {
  return (address, init, send) =>
    isOnline(phone.clock.now) ? send(address, init) : noNetwork(address, init, send);
}

const HABITS: Readonly<Record<string, Habits>> = {
  'shown all day, one edit': { showings: Number.POSITIVE_INFINITY, edits: 1 },
  'shown 20 times a day, 10 edits': { showings: 20, edits: 10 },
};

const figures: Record<string, Figures> = {};

afterAll(() => {
  // A figure for docs/sync-design.md §14.
  console.log(`requests a day, the most in one day, kB a day, over ${DAYS} days`);
  for (const [name, { requestsADay, mostInADay, kilobytesADay }] of Object.entries(figures)) {
    console.log(`${requestsADay}\t${mostInADay}\t${kilobytesADay}\t${name}`);
  }
});

for (const [habit, habits] of Object.entries(HABITS)) {
  test.for(Object.entries(SERVERS))(`${habit}, and %s`, { timeout: 120_000 }, async ([name, server]) => {
    const world = await aWorld();
    const phone = await aQuickPhone(world);
    const contract = { id: newId(phone.db), ...aContract() };
    valueOf(await saveContract(phone.db, contract.id, contract));
    valueOf(
      await addPages(phone.db, contract, [aPhoto({ size: 40_000 }), aPhoto({ seed: 2, size: 40_000 })]),
    );
    await phone.sync();
    const victim = name === 'photos that never open' ? await aPhoneWithoutPhotos(world, phone) : phone;
    const before = await entriesOf(victim.db);
    const result = await aMonth(victim, habits, server);
    figures[`${habit}; ${name}`] = result;
    // A month of edits that were never taken is sent again and again, so its figure is larger.
    expect(result.mostInADay).toBeLessThan(110);
    expect(result.kilobytesADay).toBeLessThan(DAYS > 10 ? 3000 : 500);
    const after = await entriesOf(victim.db);
    for (const [table, rows] of Object.entries(before)) {
      expect(after[table]).toEqual(expect.arrayContaining(rows));
    }
    // Nothing about the copy was forgotten either.
    expect(await readSyncState(victim.db)).not.toBeNull();
  });
}

/** A phone that has all entries and still lacks the photos. */
async function aPhoneWithoutPhotos(world: World, { credential }: QuickPhone): Promise<QuickPhone> {
  const phone = await aFreshPhone(world, credential);
  const { mayMovePhotos } = phone.engine;
  Object.assign(phone.engine, { mayMovePhotos: () => false });
  await expectDone(phone);
  return Object.assign(phone, { engine: Object.assign(phone.engine, { mayMovePhotos }) });
}

const ALWAYS: Habits = { showings: 24, edits: 3 };

test('"Gone" in our own words ends it at once, and every entry stays', async () => {
  const world = await aWorld();
  const phone = await aQuickPhone(world);
  valueOf(await saveContact(phone.db, newId(phone.db), aContact({ name: 'Before' })));
  const { requests } = await aMonth(phone, ALWAYS, () => Promise.resolve(refusal(410, 'Gone')));
  expect(requests).toBe(1);
  expect(await syncOverview(phone.db)).toMatchObject({ phase: 'off', news: ['StoppedElsewhere'] });
  const names = (await listContacts(phone.db)).map(({ name }) => name);
  expect(names).toContain('Before');
  expect(names).toHaveLength(1 + ALWAYS.edits * DAYS);
});

test('a code that the server does not know is tried once a day, and at once by hand', async () => {
  const world = await aWorld();
  const phone = await aQuickPhone(world);
  const { mostInADay, requestsADay } = await aMonth(phone, ALWAYS, () =>
    Promise.resolve(refusal(401, 'NotAuthorised')),
  );
  expect(mostInADay).toBe(1);
  expect(requestsADay).toBeGreaterThan(0.4);
  expect(await syncOverview(phone.db)).toMatchObject({ problem: { type: 'NotAuthorised' } });
  expect(await phone.sync(true)).toEqual({ type: 'Done' });
  expect(await syncOverview(phone.db)).toMatchObject({ problem: null, entriesLeft: 0 });
});

test('weeks without a network: nothing is asked, nothing is lost, and all is saved afterwards', async () => {
  const world = await aWorld();
  const phone = await aQuickPhone(world);
  const back = phone.clock.now + (DAYS - 0.5) * DAY;
  const from = world.asked.length;
  const offline = await aMonth(phone, { ...ALWAYS, isOnline: () => false }, null);
  expect(offline.requestsADay).toBe(0);
  expect(world.asked).toHaveLength(from);
  expect(await syncOverview(phone.db)).toMatchObject({ entriesLeft: ALWAYS.edits * DAYS });
  expect(await phone.sync()).toEqual({ type: 'Done' });
  expect(await syncOverview(phone.db)).toMatchObject({ entriesLeft: 0, problem: null });
  expect(phone.clock.now).toBeGreaterThan(back);
});

test('a server that refuses every push for a day takes all of it the next day', async () => {
  const world = await aWorld();
  const phone = await aQuickPhone(world);
  for (let index = 0; index < 20; index++) {
    valueOf(await saveContact(phone.db, newId(phone.db), aContact({ name: `Contact ${index}` })));
  }
  phone.wire = SERVERS['422 to every push'] ?? null;
  for (let run = 0; run < 10; run++) expect(await phone.sync()).toMatchObject({ type: 'Failed' });
  phone.wire = null;
  expect(await phone.sync()).toEqual({ type: 'Done' });
  expect(await syncOverview(phone.db)).toMatchObject({ entriesLeft: 0, problem: null });
});

test('one entry that the server refuses is set aside, the rest goes on, and it is tried again when edited', async () => {
  const world = await aWorld();
  const phone = await aQuickPhone(world);
  for (let index = 0; index < 20; index++) {
    valueOf(await saveContact(phone.db, newId(phone.db), aContact({ name: `Contact ${index}` })));
  }
  const large = newId(phone.db);
  valueOf(await saveContact(phone.db, large, aContact({ name: 'x'.repeat(2000) })));
  let pushes = 0;
  phone.wire = (address, init, send) => {
    if (!isPush(init, address)) return send(address, init);
    pushes += 1;
    const records = decodePushBody(init.body as Uint8Array)?.records ?? [];
    const isLarge = records.some(({ env }) => env.length > 1500);
    return isLarge ? Promise.resolve(refusal(413, 'TooLarge')) : send(address, init);
  };
  expect(await phone.sync()).toEqual({ type: 'Done' });
  expect(await syncOverview(phone.db)).toMatchObject({
    entriesLeft: 1,
    problem: { type: 'Refused', count: 1 },
  });
  expect(pushes).toBeLessThan(30);
  const asked = pushes;
  expect(await phone.sync()).toEqual({ type: 'Done' });
  expect(pushes).toBe(asked);
  valueOf(await saveContact(phone.db, large, { name: 'Short' }));
  expect(await phone.sync()).toEqual({ type: 'Done' });
  expect(await syncOverview(phone.db)).toMatchObject({ entriesLeft: 0, problem: null });
});

test('a photo that does not open is not fetched again at every edit', async () => {
  const world = await aWorld();
  const phone = await aQuickPhone(world);
  const contract = { id: newId(phone.db), ...aContract() };
  valueOf(await addPages(phone.db, contract, [aPhoto({ size: 40_000 })]));
  await expectDone(phone);
  const other = await aPhoneWithoutPhotos(world, phone);
  let fetched = 0;
  other.wire = async (address, init, send) => {
    if (!address.startsWith('/v1/blobs/')) return send(address, init);
    fetched += 1;
    return new Response(new Uint8Array(randomBytes(50_000)));
  };
  for (let run = 0; run < 10; run++) {
    valueOf(await saveContact(other.db, newId(other.db), aContact()));
    await expectDone(other);
  }
  expect(fetched).toBe(1);
  other.wire = null;
  other.clock.now += DAY;
  await expectDone(other);
  expect(await other.db.photos.count()).toBe(1);
});

test('a photo that a proxy finds too large holds up no other, and is tried again some days later', async () => {
  const world = await aWorld();
  const phone = await aQuickPhone(world);
  const contract = { id: newId(phone.db), ...aContract() };
  const photos = [
    aPhoto({ size: 90_000 }),
    aPhoto({ size: 3000, seed: 2 }),
    aPhoto({ size: 80_000, seed: 3 }),
  ];
  valueOf(await addPages(phone.db, contract, photos));
  let refused = 0;
  // What nginx answers when nobody has raised its limit: a page, and not our words.
  phone.wire = (address, init, send) => {
    const isLarge = init.body instanceof Uint8Array && init.body.length > 50_000;
    if (!isLarge) return send(address, init);
    refused += 1;
    return Promise.resolve(page(413));
  };
  for (let run = 0; run < 10; run++) {
    valueOf(await saveContact(phone.db, newId(phone.db), aContact()));
    await expectDone(phone);
  }
  expect(refused).toBe(2);
  expect(await syncOverview(phone.db)).toMatchObject({ problem: { type: 'Refused', count: 2 } });
  phone.wire = null;
  phone.clock.now += DAY;
  await expectDone(phone);
  expect(await syncOverview(phone.db)).toMatchObject({ problem: null, photosLeft: 0 });
});

test('photos that the server loses again and again are not sent again at every edit', async () => {
  const world = await aWorld();
  const phone = await aQuickPhone(world);
  const contract = { id: newId(phone.db), ...aContract() };
  valueOf(await addPages(phone.db, contract, [aPhoto({ size: 40_000 }), aPhoto({ size: 30_000, seed: 2 })]));
  // A photo of another phone that never comes keeps this phone asking for the list.
  const [page] = await phone.db.pages.toArray();
  if (page) await phone.db.photos.delete(String(page['photoId']));
  let sent = 0;
  phone.wire = async (address, init, send) => {
    if (address === '/v1/blobs') return Response.json([]);
    if (init.method === 'PUT') sent += 1;
    return send(address, init);
  };
  for (let run = 0; run < 10; run++) {
    valueOf(await saveContact(phone.db, newId(phone.db), aContact()));
    await expectDone(phone);
  }
  expect(sent).toBe(1);
  phone.clock.now += DAY;
  await expectDone(phone);
  await expectDone(phone);
  expect(sent).toBe(2);
});

test('a run that breaks off does not end all later ones', async () => {
  const timers: (() => void)[] = [];
  let runs = 0;
  const runner = createRunner({
    run: () => {
      runs += 1;
      return Promise.reject(new Error('Broken'));
    },
    now: () => 0,
    random: () => 0.5,
    after: (_, work) => {
      timers.push(work);
      return () => {};
    },
    isOnline: () => true,
    isShown: () => true,
  });
  await runner.runNow().catch(() => {});
  await runner.runNow().catch(() => {});
  expect(runs).toBe(2);
  expect(runner.activity()).not.toBe('working');
});
