import { expect, test } from 'vitest';
import { listContacts, saveContact } from '#data/contacts.ts';
import { listContracts, removeContract, saveContract } from '#data/contracts.ts';
import { newId } from '#data/database.ts';
import { dismissNews, patchSyncState, readSyncState } from '#data/syncQueries.ts';
import type { SyncRole } from '#data/syncState.ts';
import { randomBytes, valueOf } from '#tests/data/phone.ts';
import { aContact, aContract } from '#tests/support/builders.ts';
import { createHostileStore, type HostileAccount, type Row } from './hostileStore.ts';
import {
  aFreshPhone,
  alterPages,
  aQuickPhone,
  aSecondPhone,
  countOf,
  entriesOf,
  expectEqual,
  isEqual,
  newsOf,
  type QuickPhone,
} from './quick.ts';
import { aWorld, expectDone, type World } from './world.ts';
import { drawFrom } from '#tests/support/random.ts';

/* A server, or whoever broke into it, changes what it keeps; docs/sync-design.md §5 and §14. */

const TIMES = countOf(2, 300);

interface Scene {
  readonly account: HostileAccount;
  /** As it was before the last pushes; the head is that of the known phone. */
  readonly before: HostileAccount;
  /** What was pushed since, by seq. */
  readonly newer: readonly Row[];
  readonly foreign: readonly Row[];
  readonly pick: <T>(list: readonly T[]) => T;
}

/** Each says what the server shows from now on. Gives what ends a lie that no push can end. */
type Attack = (scene: Scene) => (() => void) | void;

function changeRow(row: Row, change: Partial<Row>): void {
  Object.assign(row, change);
}

const ATTACKS: Readonly<Record<string, Attack>> = {
  'one byte of an entry is changed': ({ newer, pick }) => {
    const row = pick(newer);
    const env = row.env.slice();
    // Not the version byte, which says "from a newer app" and is a test of its own.
    const at = pick(Array.from({ length: env.length - 1 }, (_, index) => index + 1));
    env[at] = (env[at] ?? 0) ^ (1 << pick([0, 1, 2, 3, 4, 5, 6, 7]));
    changeRow(row, { env });
  },
  'an entry is missing': ({ account, newer, pick }) => {
    const row = pick(newer);
    for (const [key, other] of account.rows) if (other === row) account.rows.delete(key);
  },
  'an entry is shown as it was before, in its old place': ({ account, before, newer, pick }) => {
    const edited = newer.filter(({ rid }) => keyOf(before, rid) !== undefined);
    const row = pick(edited);
    const old = before.rows.get(keyOf(before, row.rid) ?? '');
    if (old) account.rows.set(keyOf(account, row.rid) ?? '', { ...old });
  },
  'an entry is shown as it was before, in its new place': ({ before, newer, pick }) => {
    const row = pick(newer.filter(({ rid }) => keyOf(before, rid) !== undefined));
    const old = before.rows.get(keyOf(before, row.rid) ?? '');
    if (old) changeRow(row, { env: old.env });
  },
  'two entries are exchanged': ({ newer }) => {
    const [one, two] = newer;
    if (!one || !two) throw new Error('Two are needed');
    const env = one.env;
    changeRow(one, { env: two.env });
    changeRow(two, { env });
  },
  'an entry comes twice': ({ account, newer, pick }) => {
    const row = pick(newer);
    account.rows.set('twice', { ...row, seq: account.head });
    account.head += 1;
    return () => {
      account.rows.delete('twice');
    };
  },
  'an entry of another worker stands in the place of one': ({ newer, foreign, pick }) => {
    changeRow(pick(newer), { env: pick(foreign).env });
  },
  'an older manifest is shown': ({ account, before }) => {
    account.manifest = before.manifest;
  },
  'older entries are shown with the newest manifest': ({ account, before }) => {
    account.rows = new Map([...before.rows].map(([key, row]) => [key, { ...row }]));
  },
  'the end of the copy is cut off': ({ account, newer }) => {
    const [first] = newer;
    account.head = first?.seq ?? 0;
    for (const [key, { seq }] of account.rows) if (seq > account.head) account.rows.delete(key);
  },
  'an entry is said to be forgotten': ({ newer, pick }) => {
    changeRow(pick(newer), { env: new Uint8Array(0) });
  },
  'the server says that it has more': ({ account }) => {
    account.head += 1;
  },
  'the manifest is one of random bytes': ({ account }) => {
    account.manifest = randomBytes(301);
  },
  'there is no manifest': ({ account }) => {
    account.manifest = null;
  },
};

function keyOf({ rows }: HostileAccount, rid: Uint8Array): string | undefined {
  return [...rows].find(([, row]) => row.rid.join() === rid.join())?.[0];
}

interface Stage {
  readonly world: World;
  readonly hostile: ReturnType<typeof createHostileStore>;
  readonly a: QuickPhone;
  readonly b: QuickPhone;
  readonly foreign: readonly Row[];
}

async function aStage(): Promise<Stage> {
  const hostile = createHostileStore();
  const world = await aWorld({ changeStore: hostile.store });
  const other = await aQuickPhone(world);
  valueOf(await saveContact(other.db, newId(other.db), aContact({ name: 'Somebody else' })));
  await expectDone(other);
  const foreign = [...hostile.account().rows.values()];
  const a = await aQuickPhone(world);
  for (let index = 0; index < 3; index++) {
    valueOf(await saveContact(a.db, newId(a.db), aContact({ name: `Contact ${index}` })));
    valueOf(await saveContract(a.db, newId(a.db), aContract({ employer: `Farm ${index}` })));
  }
  await expectDone(a);
  const b = await aSecondPhone(world, a.credential);
  return { world, hostile, a, b, foreign };
}

/** The other phone edits two entries and adds two. */
async function edit(b: QuickPhone, round: number): Promise<void> {
  const [contact] = await listContacts(b.db);
  const [contract] = await listContracts(b.db);
  valueOf(await saveContact(b.db, contact?.id ?? '', { phone: `+855 ${round}` }));
  valueOf(await saveContract(b.db, contract?.id ?? '', { hoursPerDay: 1 + (round % 20) }));
  // Few, so that many rounds stay fast.
  if (round < 8) valueOf(await saveContact(b.db, newId(b.db), aContact({ name: `New ${round}` })));
}

function expectNothingLost(before: Record<string, unknown[]>, after: Record<string, unknown[]>): void {
  for (const [name, rows] of Object.entries(before)) {
    const ids = (after[name] ?? []).map((row) => (row as { id: string }).id);
    expect(ids).toEqual(expect.arrayContaining(rows.map((row) => (row as { id: string }).id)));
  }
}

async function attackOnce(stage: Stage, attack: Attack, round: number, isNew: boolean) {
  const { world, hostile, a, b, foreign } = stage;
  const account = hostile.account();
  const before: HostileAccount = {
    head: account.head,
    manifest: account.manifest,
    rows: new Map([...account.rows].map(([key, row]) => [key, { ...row }])),
  };
  await edit(b, round);
  await expectDone(b);
  const truth = await entriesOf(b.db);
  const newer = [...account.rows.values()].filter(({ seq }) => seq > before.head);
  const draw = drawFrom(round + 1);
  const pick = <T>(list: readonly T[]): T => {
    const one = list[draw(list.length)];
    if (one === undefined) throw new Error('Nothing to pick from');
    return one;
  };
  const end = attack({ account, before, newer, foreign, pick });

  const victim = isNew ? await aFreshPhone(world, a.credential) : a;
  const had = await entriesOf(victim.db);
  // Three full pulls a day are the most: the next attack is on another day.
  for (const phone of [a, b]) phone.clock.now += 24 * 60 * 60 * 1000;
  const ended = await victim.sync();
  expect(['Done', 'Failed']).toContain(ended.type);
  expectNothingLost(had, await entriesOf(victim.db));
  const isNoticed = (await newsOf(victim)).includes('Repaired');
  end?.();

  await expectEqual(a, b, victim);
  const isWhole = isEqual(await entriesOf(a.db), truth);
  if (!isWhole) expect(await entriesOf(a.db)).toEqual(truth);
  const check = await aFreshPhone(world, a.credential);
  await expectDone(check);
  const isRepaired = isEqual(await entriesOf(check.db), truth);
  const isQuiet = (await newsOf(check)).length === 0;
  for (const phone of [a, b, victim]) valueOf(await dismissNews(phone.db, 'Repaired'));
  for (const phone of [victim, check]) if (phone !== a) phone.db.close();
  return { isNoticed, isWhole, isRepaired, isQuiet };
}

for (const isNew of [false, true]) {
  const who = isNew ? 'a new phone' : 'a phone that synced before';
  test.for(Object.entries(ATTACKS))(
    `${who} notices and nothing is lost: %s`,
    { timeout: 600_000 },
    async ([, attack]) => {
      const stage = await aStage();
      const failed: unknown[] = [];
      for (let round = 0; round < TIMES; round++) {
        const result = await attackOnce(stage, attack, round, isNew);
        if (!Object.values(result).every(Boolean)) failed.push({ round, ...result });
      }
      expect(failed).toEqual([]);
    },
  );
}

/** Edits that stay below the head that the server had: nothing but the older state shows that it was set back. */
test.for(['edits', 'new entries', 'deletions', 'edits, and another phone wrote since'] as const)(
  'a phone that synced before notices that the whole server was set back: %s',
  { timeout: 600_000 },
  async (what) => {
    for (let round = 0; round < TIMES; round++) {
      const { world, hostile, a, b } = await aStage();
      const setBack = hostile.snapshot();
      const [contract] = await listContracts(a.db);
      const id = contract?.id ?? '';
      if (what.startsWith('edits')) valueOf(await saveContract(a.db, id, { note: `Round ${round}` }));
      if (what === 'new entries') valueOf(await saveContract(a.db, newId(a.db), aContract()));
      if (what === 'deletions') valueOf(await removeContract(a.db, id));
      await expectDone(a);
      const truth = await entriesOf(a.db);
      setBack();
      if (what === 'edits, and another phone wrote since') {
        const c = await aSecondPhone(world, a.credential);
        for (let index = 0; index <= round; index++) {
          valueOf(await saveContact(c.db, newId(c.db), aContact({ name: `Since ${index}` })));
        }
        await expectDone(c);
      }
      await expectDone(a);
      expect(await newsOf(a)).toEqual(['Repaired']);
      await expectEqual(a, b);
      const check = await aSecondPhone(world, a.credential);
      const { contracts, contacts } = await entriesOf(check.db);
      expect(contracts).toEqual(truth['contracts']);
      expect(contacts).toEqual(expect.arrayContaining(truth['contacts'] ?? []));
      expect(await newsOf(check)).toEqual([]);
    }
  },
);

test('is told once, however often the phone saves afterwards', async () => {
  const { hostile, a, b } = await aStage();
  await edit(b, 0);
  await expectDone(b);
  hostile.account().manifest = randomBytes(301);
  await expectDone(a);
  expect(await newsOf(a)).toEqual(['Repaired']);
  valueOf(await dismissNews(a.db, 'Repaired'));
  await edit(a, 1);
  await expectEqual(a, b);
  await expectEqual(a, b);
  expect(await newsOf(a)).toEqual([]);
  expect(await newsOf(b)).toEqual([]);
});

test('a family copy only tells, and writes nothing', async () => {
  const { world, hostile, a } = await aStage();
  const reader = await aFreshPhone(world, a.credential);
  await setRole(reader, 'reader');
  await expectDone(reader);
  const had = await entriesOf(reader.db);
  await edit(a, 0);
  await expectDone(a);
  const [row] = [...hostile.account().rows.values()].slice(-1);
  if (row) changeRow(row, { env: randomBytes(row.env.length) });
  const from = world.asked.length;
  for (let run = 0; run < 3; run++) await expectDone(reader);
  expect(await newsOf(reader)).toEqual(['Incomplete']);
  expectNothingLost(had, await entriesOf(reader.db));
  expect(world.asked.slice(from).filter((request) => !request.startsWith('GET'))).toEqual([]);
});

async function setRole(phone: QuickPhone, role: SyncRole): Promise<void> {
  const state = await readSyncState(phone.db);
  if (state) valueOf(await patchSyncState(phone.db, { ring: { ...state.ring, role, codes: [] } }));
}

test('goes on when the server is set back in the middle of fetching everything', async () => {
  const { world, hostile, a, b } = await aStage();
  const setBack = hostile.snapshot();
  await edit(b, 0);
  await expectDone(b);
  const account = hostile.account();
  // A wrong manifest begins a pull from 0; the network breaks in the middle of it.
  account.manifest = randomBytes(301);
  let pages = 0;
  a.wire = async (address, init, send) => {
    if (!address.startsWith('/v1/records?')) return send(address, init);
    pages += 1;
    if (pages > 2) throw new TypeError('Failed to fetch');
    return pages === 1 ? send(address, init) : send(address.replace('limit=1000', 'limit=6'), init);
  };
  expect(await a.sync()).toMatchObject({ type: 'Failed' });
  expect(await readSyncState(a.db)).toMatchObject({ fullPull: true });
  setBack();
  account.rows = new Map([...account.rows].slice(0, 2));
  account.head = 2;
  a.wire = null;
  await a.sync();
  await a.sync();
  a.clock.now += 24 * 60 * 60 * 1000;
  await expectDone(a);
  const check = await aSecondPhone(world, a.credential);
  expect(isEqual(await entriesOf(check.db), await entriesOf(a.db))).toBe(true);
});

test('a head larger than any server can have stops the run, and an honest answer lets it go on', async () => {
  const { a } = await aStage();
  await edit(a, 0);
  a.wire = alterPages((page) => ({ ...page, head: Number.MAX_SAFE_INTEGER }));
  expect(await a.sync()).toMatchObject({ type: 'Failed' });
  a.wire = null;
  await expectDone(a);
});

test('an entry of another worker that stands beside the own ones does no harm', async () => {
  const { world, hostile, a, b, foreign } = await aStage();
  await edit(b, 0);
  await expectDone(b);
  const account = hostile.account();
  const places = new Set([...account.rows.values()].map(({ seq }) => seq));
  const gap = Array.from({ length: account.head }, (_, index) => index + 1).find((seq) => !places.has(seq));
  const [other] = foreign;
  if (other && gap) account.rows.set('foreign', { ...other, seq: gap });
  const fresh = await aSecondPhone(world, a.credential);
  await expectEqual(a, b, fresh);
  expect(isEqual(await entriesOf(fresh.db), await entriesOf(b.db))).toBe(true);
  expect(await newsOf(fresh)).toEqual([]);
});

test('nothing stays set aside after an entry that was not authentic was saved again', async () => {
  const { hostile, a } = await aStage();
  const account = hostile.account();
  const [row] = account.rows.values();
  if (row) changeRow(row, { env: Uint8Array.from([1, 0, 0, 0, 1, ...randomBytes(296)]) });
  account.manifest = randomBytes(301);
  await expectDone(a);
  expect(await newsOf(a)).toEqual(['Repaired']);
  // While something is set aside no photo is tidied up on the server.
  expect(await a.db.held.toArray()).toEqual([]);
});

test('an entry whose version was changed is saved again by the phone that wrote it', async () => {
  const { world, hostile, a, b } = await aStage();
  await edit(b, 0);
  await expectDone(b);
  const truth = await entriesOf(b.db);
  const row = [...hostile.account().rows.values()].sort((x, y) => y.seq - x.seq)[0];
  if (row) changeRow(row, { env: Uint8Array.from([7, ...randomBytes(row.env.length - 1)]) });
  await expectDone(a);
  expect(await newsOf(a)).toEqual(['Repaired']);
  await expectEqual(a, b);
  const check = await aSecondPhone(world, a.credential);
  for (const phone of [a, b, check]) expect(isEqual(await entriesOf(phone.db), truth)).toBe(true);
});
