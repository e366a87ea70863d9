import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  aBlob,
  anAccount,
  aPush,
  aQuota,
  aRecord,
  bytes,
  deleteWholly,
  id,
  pullAll,
  TODAY,
} from './conformance/builders.ts';
import { describeStore } from './conformance/describeStore.ts';
import { describeMigrations } from './conformance/describeMigrations.ts';
import { createSqliteStore } from './sqlite.ts';
import type { TestDatabase } from './conformance/database.ts';
import type { NewAccount } from './store.ts';
import { zeroUnusedBytes } from './zeroUnusedBytes.ts';

async function makeDatabase(): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'mitra-sqlite-'));
  const file = join(folder, 'mitra.db');
  return {
    open: (steps) => createSqliteStore(steps ? { file, steps } : { file }),
    query: async <Row>(sql: string, values: readonly (Uint8Array | number | null)[] = []) => {
      const database = new DatabaseSync(file);
      try {
        return database.prepare(sql).all(...values) as Row[];
      } finally {
        database.close();
      }
    },
    remove: () => rm(folder, { recursive: true }),
  };
}

describeStore('SQLite', makeDatabase);
describeMigrations('SQLite', makeDatabase);

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mitra-sqlite-'));
  file = join(folder, 'mitra.db');
});
afterEach(() => rm(folder, { recursive: true }));

test('makes its folder, and writes nothing besides the file and its journal', async () => {
  const store = await createSqliteStore({ file: join(folder, 'deep', 'er', 'mitra.db') });
  await anAccount(store);
  const files = await readdir(join(folder, 'deep', 'er'));
  expect(files.sort()).toEqual(['mitra.db', 'mitra.db-wal', 'mitra.lock']);
  await store.close();
  expect(await readdir(join(folder, 'deep', 'er'))).toEqual(['mitra.db', 'mitra.lock']);
});

test('refuses a second server on the same file, in one line', async () => {
  const store = await createSqliteStore({ file });
  const { aid } = await anAccount(store);
  const started = performance.now();
  const refused = await createSqliteStore({ file }).catch((error: Error) => error.message);
  expect(refused).toBe(
    `Another server already uses ${file}. Stop it first, or give this one a file of its own.`,
  );
  expect(performance.now() - started).toBeLessThan(2000);
  expect(await store.readAccount(aid)).toMatchObject({ type: 'Account' });
  await store.close();
  await (await createSqliteStore({ file })).close();
});

test('is nobody else’s while deleted rows are wiped either', async () => {
  const store = await createSqliteStore({ file });
  const { aid } = await anAccount(store);
  let isOver = false;
  const deleting = deleteWholly(store, aid, 20).finally(() => (isOver = true));
  const attempts = new Set<string>();
  while (!isOver) {
    const other = await createSqliteStore({ file }).catch((error: Error) => error.message);
    attempts.add(typeof other === 'string' ? other : 'opened');
    if (typeof other !== 'string') await other.close();
    await setImmediate();
  }
  await deleting;
  expect([...attempts]).toEqual([expect.stringContaining('Another server already uses')]);
  await store.close();
});

test.each(['mitra.db', 'mitra.lock'])(
  'says whose file %s is likely to be when it cannot be opened',
  async (name) => {
    await mkdir(join(folder, name));
    await expect(createSqliteStore({ file })).rejects.toThrow(
      `${join(folder, name)} cannot be opened (unable to open database file). Does it belong to the user who runs the server?`,
    );
  },
);

test('refuses a file that is something else', async () => {
  await writeFile(
    file,
    'no database at all, only words that somebody has put here, long enough for a header of 100 bytes',
  );
  await expect(createSqliteStore({ file })).rejects.toThrow('not a database');
});

test('makes a copy while phones push, and the copy has everything that was saved before', async () => {
  const store = await createSqliteStore({ file });
  const worker = await anAccount(store);
  const { aid } = worker;
  let head = 0;
  const push = async (): Promise<void> => {
    const records = Array.from({ length: 50 }, () => aRecord({ env: bytes(4000) }));
    const pushed = await store.push(worker, head, aPush(...records), aQuota());
    if (pushed.type === 'Pushed') head = pushed.head;
  };
  for (let count = 0; count < 20; count++) await push();
  const saved = head;
  const copying = store.backup?.(join(folder, 'copy.db'));
  for (let count = 0; count < 20; count++) await push();
  await copying;
  await store.close();

  expect(await readdir(folder)).toEqual(['copy.db', 'mitra.db', 'mitra.lock']);
  const copy = await createSqliteStore({ file: join(folder, 'copy.db') });
  const pulled = await pullAll(copy, aid);
  expect(pulled.head).toBeGreaterThanOrEqual(saved);
  expect(pulled.head % 50).toBe(0);
  expect(pulled.records).toHaveLength(pulled.head);
  await copy.close();
});

test.each([
  ['wiped at once', undefined],
  ['wiped in pieces, between which phones push', 256 * 1024],
])('keeps no byte of a deleted account in the file or its journal, %s', async (_name, wipedAtOnce) => {
  const store = await createSqliteStore(wipedAtOnce ? { file, wipedAtOnce } : { file });
  const gone: Uint8Array[] = [];
  const stays: Uint8Array[] = [];
  const accounts: { worker: NewAccount; traces: Uint8Array[] }[] = [];
  // Many accounts side by side, of many sizes, so that their rows share pages and pages are split.
  for (let count = 0; count < 18; count++) {
    const worker = await anAccount(store);
    accounts.push({ worker, traces: [worker.aid, worker.cid, worker.authHash, worker.ring] });
  }
  for (let round = 0; round < 7; round++) {
    for (const { worker, traces } of accounts) {
      const pulled = await pullAll(store, worker.aid);
      const again = pulled.records.slice(0, 2).map(({ rid }) => ({ rid, env: bytes(300 + round * 50) }));
      const records = [
        ...again,
        ...Array.from({ length: 5 }, () => aRecord({ env: bytes(150 * (round + 1) ** 2) })),
      ];
      await store.push(worker, pulled.head, aPush(...records), aQuota());
      const blob = aBlob();
      await store.reserveBlob(worker, blob, TODAY, aQuota());
      traces.push(...records.flatMap(({ rid, env }) => [rid, env.slice(-24)]), blob.bid, blob.digest);
    }
  }
  for (const [index, { worker, traces }] of accounts.entries()) {
    (index % 3 === 0 ? gone : stays).push(...traces);
    const code = {
      cid: id(),
      role: 'reader',
      authHash: bytes(32),
      ring: bytes(500),
      ringVersion: 1,
    } as const;
    await store.putCredential(worker, code, 5);
    if (index % 3 === 0) gone.push(code.cid, code.ring.slice(0, 24));
  }
  const countTraces = async (traces: readonly Uint8Array[]): Promise<number> => {
    const parts = [];
    for (const name of await readdir(folder)) parts.push(await readFile(join(folder, name)));
    const all = Buffer.concat(parts);
    return traces.filter((trace) => all.includes(Buffer.from(trace.slice(0, 24)))).length;
  };
  expect(await countTraces(gone)).toBeGreaterThan(gone.length * 0.7);

  for (const [index, { worker }] of accounts.entries()) {
    if (index % 3 !== 0) continue;
    let isOver = false;
    const deleting = deleteWholly(store, worker.aid, 20).finally(() => (isOver = true));
    for (let turn = 0; wipedAtOnce !== undefined && !isOver; turn++) {
      const other = accounts[[1, 2, 4, 5][turn % 4] ?? 1]?.worker ?? worker;
      const { head } = await pullAll(store, other.aid);
      await store.push(other, head, aPush(aRecord({ env: bytes(300 + turn) })), aQuota());
    }
    await deleting;
  }
  expect(await countTraces(gone)).toBe(0);
  expect(await countTraces(stays)).toBeGreaterThan(stays.length * 0.7);
  await store.close();
  expect(await countTraces(gone)).toBe(0);
});

test('answers others while it wipes a large file', async () => {
  const store = await createSqliteStore({ file, wipedAtOnce: 16 * 1024 });
  const { aid } = await anAccount(store);
  const other = await anAccount(store);
  const records = Array.from({ length: 15 }, () => aRecord({ env: bytes(60_000) }));
  await store.push(other, 0, aPush(...records), aQuota());
  let isOver = false;
  const deleting = deleteWholly(store, aid, 20).finally(() => (isOver = true));
  let answered = 0;
  for (; !isOver; answered++) {
    await store.readAccount(other.aid);
    await setImmediate();
  }
  await deleting;
  expect(answered).toBeGreaterThan(60);
  await store.close();
});

test('leaves a file alone whose numbers of pages look like kinds of pages', async () => {
  await (await createSqliteStore({ file })).close();
  // Without any byte on the disk: reading it would take minutes.
  await truncate(file, 0x02000000 * 4096);
  expect(await zeroUnusedBytes(file, 0)).toBeNull();
});

test('answers writes that come together each for itself: what fails or is refused touches no other', async () => {
  const store = await createSqliteStore({ file });
  const accounts = await Promise.all(Array.from({ length: 40 }, () => anAccount(store)));
  const small = aQuota({ records: 1 });
  const expected = new Map<Uint8Array, number>();
  const answers = await Promise.all(
    accounts.map(async (worker, index) => {
      const body = aPush(aRecord(), aRecord());
      switch (index % 4) {
        case 0:
          // The table takes bytes and nothing else: this statement fails in the middle of the transaction.
          return store
            .push(worker, 0, { ...body, manifest: 'no bytes' as never }, aQuota())
            .catch(() => 'failed');
        case 1:
          return (await store.push(worker, 0, body, small)).type;
        case 2:
          return (await store.push(worker, 1, body, aQuota())).type;
        default: {
          expected.set(worker.aid, 2);
          const both = [
            store.push(worker, 0, body, aQuota()),
            store.push(worker, 0, aPush(aRecord()), aQuota()),
          ];
          return (await Promise.all(both)).map(({ type }) => type).join();
        }
      }
    }),
  );
  const wanted = ['failed', 'QuotaExceeded', 'HeadMoved', 'Pushed,HeadMoved'];
  expect(answers).toEqual(accounts.map((_, index) => wanted[index % 4]));

  await store.close();
  const again = await createSqliteStore({ file });
  for (const { aid } of accounts) {
    const pulled = await pullAll(again, aid);
    expect([pulled.head, pulled.records.length]).toEqual(Array(2).fill(expected.get(aid) ?? 0));
  }
  await again.close();
});

test('does what it was asked before it closes', async () => {
  const store = await createSqliteStore({ file });
  const worker = await anAccount(store);
  const pushing = store.push(worker, 0, aPush(aRecord()), aQuota());
  await store.close();
  expect(await pushing).toEqual({ type: 'Pushed', head: 1 });
  await expect(store.push(worker, 1, aPush(aRecord()), aQuota())).rejects.toThrow('closed');
});

test('recalls a code until anything is done to codes', async () => {
  const store = await createSqliteStore({ file });
  const worker = await anAccount(store);
  const { aid, cid, authHash } = worker;
  const recalled = (): unknown => store.recallCredential?.(cid);
  const credential = { cid, aid, role: 'owner', authHash, ring: bytes(301), ringVersion: 2 } as const;
  const changes = [
    () => store.putCredential(worker, credential, 5),
    () => anAccount(store),
    () => store.deleteCredential(worker, id()),
    () => deleteWholly(store, aid, 20),
  ];
  expect(recalled()).toBeNull();
  for (const change of changes) {
    const { type } = await store.findCredential(cid);
    expect(type).toBe('Known');
    expect(recalled()).toMatchObject({ aid });
    await change();
    expect(recalled()).toBeNull();
  }
  expect(await store.findCredential(cid)).toEqual({ type: 'Gone' });
  expect(recalled()).toBeNull();
  await store.close();
});
