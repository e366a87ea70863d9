import { expect, onTestFinished, test, vi } from 'vitest';
import { listContacts, removeContact, saveContact } from '#data/contacts.ts';
import { listContracts, removeContract, saveContract } from '#data/contracts.ts';
import { newId } from '#data/database.ts';
import { forgetFamilyEntry, listFamily } from '#data/family.ts';
import { addPages } from '#data/pages.ts';
import { dismissNews, patchSyncState, readSyncState, syncOverview } from '#data/syncQueries.ts';
import type { Credential } from '#crypto/keys.ts';
import { base64url, fromBase64url } from '#lib/id.ts';
import { addFamily, otherCodes, replaceCode, takeAway } from '#sync/codes.ts';
import { joinCopy } from '#sync/copies.ts';
import { openCode } from '#sync/newCopy.ts';
import { newestEpoch, openRing, sealRing } from '#sync/ring.ts';
import { refreshRing } from '#sync/rings.ts';
import { decodePullPage, encodePullPage } from '#shared/protocol.ts';
import { keysOf, openFrame, sealManifest } from '#sync/sealing.ts';
import { dump, HOUR, randomBytes, valueOf } from '#tests/data/phone.ts';
import { aContact, aContract, aPhoto } from '#tests/support/builders.ts';
import { drawFrom } from '#tests/support/random.ts';
import {
  aFreshPhone,
  aQuickPhone,
  aSecondPhone,
  countOf,
  entriesOf,
  expectEqual,
  isEqual,
  newsOf,
  type QuickPhone,
} from './quick.ts';
import {
  aJoinedPhone,
  aSavingPhone,
  aSyncPhone,
  aWorld,
  expectDone,
  noNetwork,
  type SyncPhone,
  type Wire,
  type World,
} from './world.ts';

/* The family's copy, other phones of the worker, and codes that are taken away (docs/sync-design.md §8). */

interface Family {
  readonly world: World;
  readonly worker: QuickPhone;
  readonly family: QuickPhone;
  readonly digits: string;
}

async function credentialOf(digits: string): Promise<Credential> {
  const credential = await openCode(digits);
  if (credential === null) throw new Error('No cryptography');
  return credential;
}

async function aFamily(): Promise<Family> {
  const world = await aWorld();
  const worker = await aQuickPhone(world);
  const contract = { id: newId(worker.db), ...aContract() };
  valueOf(await saveContract(worker.db, contract.id, contract));
  valueOf(await addPages(worker.db, contract, [aPhoto()]));
  valueOf(await saveContact(worker.db, newId(worker.db), aContact({ name: 'Maly' })));
  await expectDone(worker);
  const { digits } = valueOf(await addFamily(worker.engine, 'Mother'));
  return { world, worker, family: await aSecondPhone(world, await credentialOf(digits)), digits };
}

/** Every envelope on the server, whoever asks for it: what a dishonest server could hand out. */
async function everything({ server }: World, phone: QuickPhone) {
  const state = await readSyncState(phone.db);
  const pulled = state && (await server.store.pull(state.ring.aid, 0, { records: 1000, bytes: 1e9 }));
  if (pulled?.type !== 'Page') throw new Error('The copy is gone');
  return pulled.page.records;
}

async function ringOf(phone: SyncPhone) {
  const state = await readSyncState(phone.db);
  if (state === null) throw new Error('The phone has no keys');
  // Without what only this phone keeps beside it.
  const { aid, acc, epochs, role, codes } = state.ring;
  return { aid, acc, epochs, role, codes };
}

test('a family copy sees everything that was chosen, photos too, and its phone keeps its own entries apart', async () => {
  const { world, worker, family, digits } = await aFamily();
  expect(isEqual(await entriesOf(family.db), await entriesOf(worker.db))).toBe(true);
  expect(await syncOverview(family.db)).toMatchObject({ role: 'reader', entriesLeft: 0, photosLeft: 0 });
  // The family's own entries lie in another database, which knows nothing of it.
  const own = await aSyncPhone(world);
  valueOf(await saveContact(own.db, newId(own.db), aContact({ name: 'Of the family' })));
  const before = await dump(own.db);
  valueOf(await saveContact(worker.db, newId(worker.db), aContact({ name: 'New' })));
  await expectDone(worker);
  await expectDone(family);
  expect(await dump(own.db)).toEqual(before);
  expect((await listFamily(family.db)).map(({ values }) => values['name'])).toContain('New');
  expect(digits).toMatch(/^\d{32}$/);
});

test('a family copy writes nothing, and the server would not let it', async () => {
  const { world, family } = await aFamily();
  valueOf(await saveContact(family.db, newId(family.db), aContact({ name: 'Not the worker' })));
  const from = world.asked.length;
  await expectDone(family);
  expect(world.asked.slice(from).filter((request) => !request.startsWith('GET'))).toEqual([]);
  const { net } = family.engine;
  const { credential } = family;
  const cid = base64url(credential.cid);
  const ring = { role: 'owner', ring: base64url(new Uint8Array(301)), ringVersion: 9 } as const;
  const answers = [
    await net.push(credential, 1, new Uint8Array(100)),
    await net.putBlob(credential, base64url(new Uint8Array(16)), new Uint8Array(100)),
    await net.deleteBlob(credential, base64url(new Uint8Array(16))),
    await net.putCredential(credential, cid, ring),
    await net.deleteCredential(credential, cid),
    await net.listCredentials(credential),
    await net.deleteAccount(credential),
  ];
  for (const answer of answers) expect(answer).toMatchObject({ ok: false, error: { type: 'NotAllowed' } });
});

test('what the worker removes stays with the family, marked, until the family removes it', async () => {
  const { worker, family } = await aFamily();
  const [contact] = await listContacts(worker.db);
  valueOf(await removeContact(worker.db, contact?.id ?? ''));
  const [contract] = await listContracts(worker.db);
  valueOf(await removeContract(worker.db, contract?.id ?? ''));
  await expectDone(worker);
  await expectDone(family);
  const entries = await listFamily(family.db);
  expect(entries).toHaveLength(3);
  expect(entries.every(({ removedAt }) => removedAt !== null)).toBe(true);
  expect(entries.map(({ values }) => values['name'] ?? values['employer'])).toEqual(
    expect.arrayContaining(['Maly', 'Kim Farm']),
  );
  expect(await family.db.photos.count()).toBe(1);
  await expectDone(family);
  expect(await listFamily(family.db)).toHaveLength(3);
  const [entry] = entries;
  if (entry) valueOf(await forgetFamilyEntry(family.db, entry));
  expect(await listFamily(family.db)).toHaveLength(2);
});

test('a family copy that is taken away fetches nothing more and opens nothing that is written then', async () => {
  const { world, worker, family } = await aFamily();
  const other = await aSecondPhone(world, worker.credential);
  const old = await ringOf(family);
  const [code] = valueOf(await otherCodes(worker.engine));
  expect(code).toMatchObject({ role: 'reader', label: 'Mother' });
  valueOf(await takeAway(worker.engine, code?.cid ?? ''));
  await expectDone(worker);
  expect(await family.sync()).toMatchObject({ problem: { type: 'NotAuthorised' } });
  expect((await listFamily(family.db)).length).toBe(3);
  // The other phone, which was not there, writes with the new epoch too.
  valueOf(await saveContact(other.db, newId(other.db), aContact({ name: 'Secret 1' })));
  await expectDone(other);
  valueOf(await saveContact(worker.db, newId(worker.db), aContact({ name: 'Secret 2' })));
  await expectEqual(worker, other);
  const records = await everything(world, worker);
  const opens = (ring: typeof old) =>
    records.flatMap((frame) => {
      const opened = openFrame(keysOf(ring), frame);
      return opened.kind === 'Record' ? [opened.record.state.f['name']?.[0]?.v] : [];
    });
  expect(opens(await ringOf(worker))).toEqual(expect.arrayContaining(['Secret 1', 'Secret 2']));
  expect(opens(old)).not.toContain('Secret 1');
  expect(opens(old)).not.toContain('Secret 2');
});

test('a new code cancels all others in one step, also those of a full list', async () => {
  const { world, worker, family } = await aFamily();
  for (const label of ['Father', 'Sister', 'Brother']) valueOf(await addFamily(worker.engine, label));
  expect(await addFamily(worker.engine, 'One too many')).toMatchObject({ error: { type: 'TooManyCodes' } });
  const second = await aSecondPhone(world, worker.credential);
  const old = await ringOf(worker);
  const { digits } = valueOf(await replaceCode(worker.engine));
  await expectDone(worker);
  expect(valueOf(await otherCodes(worker.engine))).toEqual([]);
  for (const phone of [second, family]) {
    expect(await phone.sync()).toMatchObject({ problem: { type: 'NotAuthorised' } });
  }
  valueOf(await saveContact(worker.db, newId(worker.db), aContact({ name: 'Secret' })));
  await expectDone(worker);
  const opened = (await everything(world, worker)).map((frame) => openFrame(keysOf(old), frame));
  const names = opened.flatMap((one) => (one.kind === 'Record' ? [one.record.state.f['name']?.[0]?.v] : []));
  expect(names).not.toContain('Secret');
  const credential = await openCode(digits);
  if (credential === null) throw new Error('No cryptography');
  const again = await aSecondPhone(world, credential);
  expect(isEqual(await entriesOf(again.db), await entriesOf(worker.db))).toBe(true);
});

/** Runs something once, just before the first change of a code goes to the server. */
function beforeFirst(method: 'PUT' | 'DELETE', work: () => Promise<unknown>): Wire {
  let isFirst = true;
  return async (address, init, send) => {
    if (isFirst && init.method === method && address.startsWith('/v1/creds/')) {
      isFirst = false;
      await work();
    }
    return send(address, init);
  };
}

test('two phones that make a code at the same time end with the same ring, and both codes work', async () => {
  const world = await aWorld();
  const a = await aQuickPhone(world);
  valueOf(await saveContact(a.db, newId(a.db), aContact({ name: 'Maly' })));
  await expectDone(a);
  const b = await aSecondPhone(world, a.credential);
  let other = '';
  a.wire = beforeFirst('PUT', async () => {
    other = valueOf(await addFamily(b.engine, 'Father')).digits;
  });
  const { digits } = valueOf(await addFamily(a.engine, 'Mother'));
  a.wire = null;
  await expectEqual(a, b);
  const labels = async (phone: QuickPhone) =>
    valueOf(await otherCodes(phone.engine))
      .map(({ label }) => label)
      .sort();
  expect(await labels(a)).toEqual(['Father', 'Mother']);
  // The other phone learns of it with the next epoch at the latest.
  const [code] = valueOf(await otherCodes(a.engine)).filter(({ label }) => label === 'Father');
  valueOf(await takeAway(a.engine, code?.cid ?? ''));
  await expectEqual(a, b);
  expect(await ringOf(b)).toEqual(await ringOf(a));
  expect(await labels(b)).toEqual(['Mother']);
  const mother = await openCode(digits);
  const father = await openCode(other);
  if (mother === null || father === null) throw new Error('No cryptography');
  const reader = await aSecondPhone(world, mother);
  expect((await listFamily(reader.db)).map(({ values }) => values['name'])).toEqual(['Maly']);
  expect(await reader.engine.net.account(father)).toMatchObject({ error: { type: 'NotAuthorised' } });
});

test('two phones that take codes away at the same time: neither code opens what is written then', async () => {
  const { world, worker: a, family: mother } = await aFamily();
  const { digits } = valueOf(await addFamily(a.engine, 'Father'));
  const credential = await openCode(digits);
  if (credential === null) throw new Error('No cryptography');
  const father = await aSecondPhone(world, credential);
  const b = await aSecondPhone(world, a.credential);
  const codes = valueOf(await otherCodes(a.engine));
  const cidOf = (label: string) => codes.find((code) => code.label === label)?.cid ?? '';
  a.wire = beforeFirst('PUT', async () => {
    valueOf(await takeAway(b.engine, cidOf('Father')));
    await expectDone(b);
  });
  valueOf(await takeAway(a.engine, cidOf('Mother')));
  a.wire = null;
  valueOf(await saveContact(a.db, newId(a.db), aContact({ name: 'Secret A' })));
  valueOf(await saveContact(b.db, newId(b.db), aContact({ name: 'Secret B' })));
  await expectEqual(a, b);
  expect(await ringOf(b)).toEqual(await ringOf(a));
  expect(valueOf(await otherCodes(a.engine))).toEqual([]);
  for (const gone of [mother, father]) {
    const ring = await ringOf(gone);
    const opened = (await everything(world, a)).map((frame) => openFrame(keysOf(ring), frame));
    const names = opened.flatMap((one) =>
      one.kind === 'Record' ? [one.record.state.f['name']?.[0]?.v] : [],
    );
    expect(names).not.toContain('Secret A');
    expect(names).not.toContain('Secret B');
  }
  for (const phone of [a, b]) expect(await newsOf(phone)).toEqual([]);
});

test('a phone that was away during a new epoch fetches the ring and goes on, without a false alarm', async () => {
  const { world, worker, family } = await aFamily();
  const { digits } = valueOf(await addFamily(worker.engine, 'Father'));
  const credential = await openCode(digits);
  if (credential === null) throw new Error('No cryptography');
  const father = await aSecondPhone(world, credential);
  const second = await aSecondPhone(world, worker.credential);
  valueOf(await takeAway(worker.engine, base64url(family.credential.cid)));
  valueOf(await saveContact(worker.db, newId(worker.db), aContact({ name: 'New epoch' })));
  // The one that was away has an edit of its own.
  valueOf(await saveContact(second.db, newId(second.db), aContact({ name: 'Meanwhile' })));
  await expectDone(worker);
  await expectEqual(second, worker, father);
  for (const phone of [worker, second, father]) {
    expect((await listContacts(phone.db)).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['New epoch', 'Meanwhile']),
    );
    expect(await newsOf(phone)).toEqual([]);
    expect(newestEpoch(await ringOf(phone))[0]).toBe(2);
  }
});

test('an older ring from the server is not believed, and is written again', async () => {
  const { world, worker, family } = await aFamily();
  const second = await aSecondPhone(world, worker.credential);
  const old = valueOf(await worker.engine.net.account(worker.credential));
  valueOf(await takeAway(worker.engine, base64url(family.credential.cid)));
  await expectDone(worker);
  await expectDone(second);
  // From now on the server shows the ring of before, with its version or with a higher one that does not fit it.
  for (const ringVersion of [old.ringVersion, old.ringVersion + 50, 0xffff_ffff]) {
    const ring = await ringOf(second);
    let isLying = true;
    const lie: Wire = async (address, init, send) => {
      const response = await send(address, init);
      if (!isLying || (address !== '/v1/account' && address !== '/v1/creds') || init.method !== 'GET')
        return response;
      const answer: unknown = await response.json();
      const change = (entry: object) => ({ ...entry, ring: old.ring, ringVersion });
      return Response.json(Array.isArray(answer) ? answer.map(change) : change(answer as object));
    };
    // An entry of an epoch that nobody knows makes the phone look at the ring.
    second.wire = async (address, init, send) => lie(address, init, send);
    expect(await refreshRing(second.engine)).toMatchObject({ ok: true, value: 'Older' });
    expect(await ringOf(second)).toEqual(ring);
    isLying = false;
    await expectDone(second);
    second.wire = null;
    const now = valueOf(await second.engine.net.account(second.credential));
    const env = fromBase64url(now.ring);
    expect(env && openRing(env, second.credential, now.ringVersion)).toEqual(ring);
    // A version that did not fit its ring has no weight: later rings of other phones are still believed.
    valueOf(await addFamily(worker.engine, `Later ${ringVersion}`));
    valueOf(await takeAway(worker.engine, valueOf(await otherCodes(worker.engine))[0]?.cid ?? ''));
    await expectDone(worker);
    await expectDone(second);
    expect(await ringOf(second)).toEqual(await ringOf(worker));
    await expectDone(await aFreshPhone(world, worker.credential));
  }
});

test('a ring of before, with its own version, takes no code away from this phone', async () => {
  const { worker } = await aFamily();
  const ring = await ringOf(worker);
  const before = await worker.engine.net.account(worker.credential);
  valueOf(await addFamily(worker.engine, 'Father'));
  const now = await ringOf(worker);
  worker.wire = (address, init, send) =>
    address === '/v1/account' ? Promise.resolve(Response.json(valueOf(before))) : send(address, init);
  expect(await refreshRing(worker.engine)).toMatchObject({ value: 'Older' });
  worker.wire = null;
  expect(await ringOf(worker)).toEqual(now);
  expect(now.codes).toHaveLength(ring.codes.length + 1);
  expect(await readSyncState(worker.db)).toMatchObject({ ringsDue: true });
});

test('a ring that another phone wrote without the newest epoch is not believed, and is written again', async () => {
  const { worker, family } = await aFamily();
  const stale = await ringOf(worker);
  valueOf(await takeAway(worker.engine, base64url(family.credential.cid)));
  await expectDone(worker);
  const ring = await ringOf(worker);
  const own = { ...worker.credential, role: 'owner' } as const;
  const put = {
    role: 'owner',
    ring: base64url(sealRing(stale, own, 40, randomBytes)),
    ringVersion: 40,
  } as const;
  const { net } = worker.engine;
  valueOf(await net.putCredential(worker.credential, base64url(worker.credential.cid), put));
  expect(await refreshRing(worker.engine)).toMatchObject({ value: 'Older' });
  await expectDone(worker);
  expect(await ringOf(worker)).toEqual(ring);
  const now = valueOf(await net.account(worker.credential));
  const env = fromBase64url(now.ring);
  expect(env && openRing(env, worker.credential, now.ringVersion)).toEqual(ring);
  expect(now.ringVersion).toBe(41);
});

test('a manifest that somebody with old keys has forged is not believed', async () => {
  const { worker } = await aFamily();
  const old = keysOf(await ringOf(worker));
  const [code] = valueOf(await otherCodes(worker.engine));
  valueOf(await takeAway(worker.engine, code?.cid ?? ''));
  await expectDone(worker);
  worker.wire = async (address, init, send) => {
    const response = await send(address, init);
    if (init.method !== 'GET' || !address.includes('/records')) return response;
    const page = decodePullPage(new Uint8Array(await response.arrayBuffer()));
    const state = await readSyncState(worker.db);
    if (page === null || state === null) throw new Error('No page');
    const { x, count, live } = state;
    const manifest = sealManifest(old, { head: page.head, x, count, live, at: 1 }, randomBytes);
    return new Response(encodePullPage({ ...page, manifest }), {
      headers: { Date: new Date().toUTCString() },
    });
  };
  await worker.sync();
  expect((await readSyncState(worker.db))?.fullPulls).toHaveLength(1);
});

test('a family that was sent away is told so, once', async () => {
  const { worker, family } = await aFamily();
  const [code] = valueOf(await otherCodes(worker.engine));
  valueOf(await takeAway(worker.engine, code?.cid ?? ''));
  await family.sync();
  expect(await syncOverview(family.db)).toMatchObject({
    news: ['TakenAway'],
    problem: { type: 'NotAuthorised' },
  });
  valueOf(await dismissNews(family.db, 'TakenAway'));
  await family.sync(true);
  expect((await syncOverview(family.db)).news).toEqual([]);
});

test('a family that was sent away is told so once, also when a run found no network in between', async () => {
  const { worker, family } = await aFamily();
  valueOf(await takeAway(worker.engine, base64url(family.credential.cid)));
  await family.sync();
  valueOf(await dismissNews(family.db, 'TakenAway'));
  const noWords: Wire = () => Promise.resolve(new Response('<html>', { status: 200 }));
  const isBusy: Wire = () => Promise.resolve(new Response('', { status: 503 }));
  for (const wire of [noNetwork, noWords, isBusy]) {
    family.clock.now += 25 * HOUR;
    family.wire = wire;
    await family.sync();
    family.wire = null;
    // It is known still why nothing comes, and no run asks for a second day.
    expect(await readSyncState(family.db)).toMatchObject({ problem: { type: 'NotAuthorised' } });
    await family.sync();
    expect(await newsOf(family)).toEqual([]);
  }
});

/** The labels of all other codes, as this phone lists them. */
async function labelsOn(phone: SyncPhone): Promise<string[]> {
  return valueOf(await otherCodes(phone.engine))
    .map(({ label }) => label)
    .sort();
}

/** A reader that was given a code gets everything that the worker has, and hears of nothing odd. */
async function expectReads(world: World, digits: string, worker: SyncPhone): Promise<void> {
  const reader = await aSecondPhone(world, await credentialOf(digits));
  expect(isEqual(await entriesOf(reader.db), await entriesOf(worker.db))).toBe(true);
  expect(await newsOf(reader)).toEqual([]);
}

test('taking a code away leaves the one that another phone made in the meantime', async () => {
  const world = await aWorld();
  const a = await aQuickPhone(world);
  const father = valueOf(await addFamily(a.engine, 'Father'));
  const b = await aSecondPhone(world, a.credential);
  const mother = valueOf(await addFamily(b.engine, 'Mother'));
  const family = await aSecondPhone(world, await credentialOf(mother.digits));
  expect(await labelsOn(a)).toEqual(['Father', 'Mother']);
  valueOf(await takeAway(a.engine, base64url((await credentialOf(father.digits)).cid)));
  valueOf(await saveContact(a.db, newId(a.db), aContact({ name: 'New' })));
  await expectDone(a);
  await expectDone(family);
  expect((await listContacts(family.db)).map(({ name }) => name)).toEqual(['New']);
  expect(await newsOf(family)).toEqual([]);
  await expectEqual(a, b);
  for (const phone of [a, b]) expect(await labelsOn(phone)).toEqual(['Mother']);
});

test('taking a code away leaves the one that another phone makes just then', async () => {
  const { world, worker: a, family: mother } = await aFamily();
  const b = await aSecondPhone(world, a.credential);
  let digits = '';
  a.wire = beforeFirst('DELETE', async () => {
    ({ digits } = valueOf(await addFamily(b.engine, 'Father')));
  });
  valueOf(await takeAway(a.engine, base64url(mother.credential.cid)));
  a.wire = null;
  valueOf(await saveContact(a.db, newId(a.db), aContact({ name: 'New' })));
  await expectDone(a);
  await expectReads(world, digits, a);
  await expectEqual(b, a);
  for (const phone of [a, b]) expect(await labelsOn(phone)).toEqual(['Father']);
});

test('a code whose taking away was cut short is gone after the next run, and nobody else with it', async () => {
  const { world, worker: a, family: mother } = await aFamily();
  const b = await aSecondPhone(world, a.credential);
  a.wire = (address, init, send) => (init.method === 'GET' ? send : noNetwork)(address, init, send);
  const cid = base64url(mother.credential.cid);
  expect(await takeAway(a.engine, cid)).toMatchObject({ error: { type: 'Offline' } });
  a.wire = null;
  const { digits } = valueOf(await addFamily(b.engine, 'Father'));
  await expectEqual(a, b);
  expect(await mother.sync()).toMatchObject({ problem: { type: 'NotAuthorised' } });
  await expectReads(world, digits, a);
  for (const phone of [a, b]) {
    expect(await labelsOn(phone)).toEqual(['Father']);
    expect((await ringOf(phone)).epochs).toHaveLength(2);
  }
});

test('a new code cancels a code that another phone makes just then', async () => {
  const world = await aWorld();
  const a = await aQuickPhone(world);
  const b = await aSecondPhone(world, a.credential);
  let digits = '';
  a.wire = beforeFirst('DELETE', async () => {
    ({ digits } = valueOf(await addFamily(b.engine, 'Father')));
  });
  valueOf(await replaceCode(a.engine));
  a.wire = null;
  expect(valueOf(await otherCodes(a.engine))).toEqual([]);
  const father = await credentialOf(digits);
  expect(await a.engine.net.account(father)).toMatchObject({ error: { type: 'NotAuthorised' } });
});

test('a new code knows the epochs that another phone has begun', async () => {
  const { world, worker: a, family: mother } = await aFamily();
  const b = await aSecondPhone(world, a.credential);
  valueOf(await takeAway(b.engine, base64url(mother.credential.cid)));
  valueOf(await saveContact(b.db, newId(b.db), aContact({ name: 'Second epoch' })));
  await expectDone(b);
  const { digits } = valueOf(await replaceCode(a.engine));
  await expectDone(a);
  expect((await listContacts(a.db)).map(({ name }) => name)).toContain('Second epoch');
  await expectReads(world, digits, a);
});

/** Codes that are worked out in no time, for tests that need many. */
function workOutQuickly(): void {
  const real = crypto.subtle.deriveBits.bind(crypto.subtle);
  onTestFinished(() => void vi.restoreAllMocks());
  vi.spyOn(crypto.subtle, 'deriveBits').mockImplementation((settings, key, length) =>
    real({ ...(settings as Pbkdf2Params), iterations: 1 }, key, length),
  );
}

/** What happens to a request: it is answered, or lost on its way there or back. */
type Luck = 'answered' | 'lost' | 'unanswered';

/** Lets phones work at the same time; which of them asks next, and how that ends, `draw` and `luck` decide alone. */
async function interleave(
  works: readonly (readonly [QuickPhone, () => Promise<void>])[],
  draw: (below: number) => number,
  luck: () => Luck,
): Promise<void> {
  const waiting = new Map<QuickPhone, () => void>();
  let working = works.length;
  const next = (): void => {
    if (waiting.size < working || waiting.size === 0) return;
    const chosen = works.map(([phone]) => phone).filter((phone) => waiting.has(phone))[draw(waiting.size)];
    const go = chosen && waiting.get(chosen);
    if (chosen) waiting.delete(chosen);
    go?.();
  };
  await Promise.all(
    works.map(async ([phone, work]) => {
      phone.wire = async (address, init, send) => {
        await new Promise<void>((resolve) => {
          waiting.set(phone, resolve);
          next();
        });
        const how = luck();
        const response = how === 'lost' ? null : await send(address, init);
        if (response === null || how === 'unanswered') throw new TypeError('Failed to fetch');
        return response;
      };
      await work();
      phone.wire = null;
      working -= 1;
      next();
    }),
  );
}

interface Fate {
  digits: string;
  /** `Perhaps`: it was to be taken away, and that failed. */
  taken: 'No' | 'Perhaps' | 'Yes';
}

/** Makes codes and takes some away again. Notes in `fates` what became of those that were handed out. */
async function changeCodes(
  phone: QuickPhone,
  name: string,
  fates: Map<string, Fate>,
  draw: (below: number) => number,
): Promise<void> {
  for (let step = 0; step < 4; step++) {
    const listed = await otherCodes(phone.engine);
    const codes = listed.ok ? listed.value.filter(({ role }) => role === 'reader') : [];
    const code = codes[draw(codes.length + 2)];
    if (code === undefined) {
      const label = `${name}${step}`;
      // Noted first: the other phone may see it, and take it away, before this one has its digits.
      const fate: Fate = { digits: '', taken: 'No' };
      fates.set(label, fate);
      const made = await addFamily(phone.engine, label);
      if (made.ok) fate.digits = made.value.digits;
      else fates.delete(label);
    } else {
      const fate = fates.get(code.label);
      const taken = await takeAway(phone.engine, code.cid);
      if (fate && fate.taken !== 'Yes') fate.taken = taken.ok ? 'Yes' : 'Perhaps';
    }
  }
}

test.for(Array.from({ length: countOf(16, 400) }, (_, seed) => seed))(
  'two phones that make codes and take them away at the same time agree, and every code does what was said: seed %d',
  async (seed) => {
    workOutQuickly();
    const draw = drawFrom(seed);
    // Half of the seeds with a bad network.
    const isBad = seed % 2 === 1;
    const luck = (): Luck => (['lost', 'unanswered'] as const)[isBad ? draw(24) : 2] ?? 'answered';
    const world = await aWorld();
    const a = await aQuickPhone(world);
    const b = await aSecondPhone(world, a.credential);
    const fates = new Map<string, Fate>();
    const works = [
      [a, () => changeCodes(a, 'A', fates, draw)],
      [b, () => changeCodes(b, 'B', fates, draw)],
    ] as const;
    await interleave(works, draw, luck);
    await expectEqual(a, b);
    for (const phone of [a, b]) {
      valueOf(await saveContact(phone.db, newId(phone.db), aContact()));
      await expectDone(phone);
    }
    await expectDone(a);
    const labels = await labelsOn(a);
    expect(await labelsOn(b)).toEqual(labels);
    expect(labels.filter((label) => !fates.has(label))).toEqual([]);
    for (const [label, { digits, taken }] of fates) {
      const isListed = labels.includes(label);
      if (taken !== 'Perhaps') expect(`${label} ${isListed}`).toBe(`${label} ${taken === 'No'}`);
      if (isListed) await expectReads(world, digits, a);
      else {
        const answer = await a.engine.net.account(await credentialOf(digits));
        expect(answer).toMatchObject({ error: { type: 'NotAuthorised' } });
      }
    }
    for (const phone of [a, b]) expect(await newsOf(phone)).toEqual([]);
  },
);

test.for(Array.from({ length: countOf(8, 200) }, (_, seed) => seed))(
  'a new code on one phone cancels all that another phone does to the codes at the same time: seed %d',
  async (seed) => {
    workOutQuickly();
    const draw = drawFrom(1000 + seed);
    const world = await aWorld();
    const a = await aQuickPhone(world);
    valueOf(await addFamily(a.engine, 'Mother'));
    const b = await aSecondPhone(world, a.credential);
    let digits = '';
    const fates = new Map<string, Fate>();
    const replace = async (): Promise<void> => {
      ({ digits } = valueOf(await replaceCode(a.engine)));
    };
    await interleave(
      [
        [a, replace],
        [b, () => changeCodes(b, 'B', fates, draw)],
      ],
      draw,
      () => 'answered',
    );
    valueOf(await saveContact(a.db, newId(a.db), aContact()));
    await expectDone(a);
    expect(valueOf(await otherCodes(a.engine))).toEqual([]);
    expect(await b.sync()).toMatchObject({ problem: { type: 'NotAuthorised' } });
    for (const fate of fates.values()) {
      const answer = await a.engine.net.account(await credentialOf(fate.digits));
      expect(answer).toMatchObject({ error: { type: 'NotAuthorised' } });
    }
    await expectReads(world, digits, a);
  },
);

test.for([true, false])(
  'who types the new code goes on with it, whether the phone knew that the old one was cancelled or not: %s',
  async (hasNoticed) => {
    const world = await aWorld();
    const worker = await aSavingPhone(world);
    valueOf(await saveContact(worker.db, newId(worker.db), aContact({ name: 'Old' })));
    await expectDone(worker);
    const old = valueOf(await addFamily(worker.engine, 'Mother'));
    const family = await aJoinedPhone(world, old.digits);
    const second = await aJoinedPhone(world, worker.digits);
    const { digits } = valueOf(await replaceCode(worker.engine));
    valueOf(await saveContact(worker.db, newId(worker.db), aContact({ name: 'New' })));
    await expectDone(worker);
    const fresh = valueOf(await addFamily(worker.engine, 'Mother'));
    valueOf(await saveContact(second.db, newId(second.db), aContact({ name: 'Of the second' })));
    for (const [phone, code] of [
      [second, digits],
      [family, fresh.digits],
    ] as const) {
      if (hasNoticed) expect(await phone.sync()).toMatchObject({ problem: { type: 'NotAuthorised' } });
      const from = world.asked.length;
      valueOf(await joinCopy(phone.engine, code));
      expect(await readSyncState(phone.db)).toMatchObject({ refusedAt: null, problem: null });
      await expectDone(phone);
      // What is here already does not come again, and is not sent again.
      expect(
        world.asked.slice(from).filter((request) => request.endsWith('/v1/records')).length,
      ).toBeLessThan(4);
      expect((await syncOverview(phone.db)).problem).toBe(null);
    }
    await expectDone(worker);
    await expectDone(family);
    for (const phone of [worker, second, family]) {
      const names = (await listContacts(phone.db)).map(({ name }) => name);
      expect(new Set(names)).toEqual(new Set(['New', 'Of the second', 'Old']));
    }
    expect(await newsOf(family)).toEqual(hasNoticed ? ['TakenAway'] : []);
    expect(await labelsOn(second)).toEqual(['Mother']);
  },
);

test('a new code on one phone does not make another that takes it cancel the rest', async () => {
  const world = await aWorld();
  const worker = await aSavingPhone(world);
  const second = await aJoinedPhone(world, worker.digits);
  // The second phone began a new code itself, and did not come to cancel the others.
  valueOf(await patchSyncState(second.db, { cancelOthers: true, code: worker.digits }));
  const { digits } = valueOf(await replaceCode(worker.engine));
  valueOf(await addFamily(worker.engine, 'Mother'));
  valueOf(await joinCopy(second.engine, digits));
  await expectDone(second);
  expect(await labelsOn(worker)).toEqual(['Mother']);
  expect((await syncOverview(second.db)).code).toBe(null);
});

test('a code of a copy that is being stopped here is refused, and the stop goes on', async () => {
  const world = await aWorld();
  const worker = await aSavingPhone(world);
  valueOf(await saveContact(worker.db, newId(worker.db), aContact()));
  valueOf(await patchSyncState(worker.db, { phase: 'withdrawing' }));
  expect(await joinCopy(worker.engine, worker.digits)).toMatchObject({ error: { type: 'OtherCopy' } });
  expect(await worker.sync()).toMatchObject({ type: 'Ended' });
  expect(await joinCopy(worker.engine, worker.digits)).toMatchObject({ error: { type: 'Gone' } });
  expect(await listContacts(worker.db)).toHaveLength(1);
});

test('answers that get lost while a code is made use up no place', async () => {
  workOutQuickly();
  const world = await aWorld();
  const worker = await aQuickPhone(world);
  const isNewCode = ({ method, body }: RequestInit): boolean =>
    method === 'PUT' && typeof body === 'string' && body.includes('authHash');
  const answers: Readonly<Record<string, Wire>> = {
    Offline: noNetwork,
    BadAnswer: () => Promise.resolve(new Response('<html>', { status: 200 })),
  };
  for (const [type, answer] of Object.entries(answers)) {
    // From then on nothing works until the next run.
    let isCut = false;
    worker.wire = async (address, init, send) => {
      if (isCut) return noNetwork(address, init, send);
      if (!isNewCode(init)) return send(address, init);
      isCut = true;
      await send(address, init);
      return answer(address, init, send);
    };
    for (let attempt = 0; attempt < 4; attempt++) {
      isCut = false;
      expect(await addFamily(worker.engine, 'Mother')).toMatchObject({ error: { type } });
      isCut = false;
      expect(await replaceCode(worker.engine)).toMatchObject({ error: { type } });
    }
    worker.wire = null;
    await expectDone(worker);
    expect(valueOf(await otherCodes(worker.engine))).toEqual([]);
  }
  for (const label of ['Mother', 'Father', 'Sister', 'Brother'])
    valueOf(await addFamily(worker.engine, label));
  expect(await labelsOn(worker)).toHaveLength(4);
});
