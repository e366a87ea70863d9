import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
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
  expect(files.sort()).toEqual(['mitra.db', 'mitra.db-wal']);
  await store.close();
  expect(await readdir(join(folder, 'deep', 'er'))).toEqual(['mitra.db']);
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

test('refuses a file that is something else', async () => {
  await writeFile(
    file,
    'no database at all, only words that somebody has put here, long enough for a header of 100 bytes',
  );
  await expect(createSqliteStore({ file })).rejects.toThrow('not a database');
});

test('makes a copy while phones push, and the copy has everything that was saved before', async () => {
  const store = await createSqliteStore({ file });
  const { aid } = await anAccount(store);
  let head = 0;
  const push = async (): Promise<void> => {
    const records = Array.from({ length: 50 }, () => aRecord({ env: bytes(4000) }));
    const pushed = await store.push(aid, head, aPush(...records), aQuota());
    if (pushed.type === 'Pushed') head = pushed.head;
  };
  for (let count = 0; count < 20; count++) await push();
  const saved = head;
  const copying = store.backup?.(join(folder, 'copy.db'));
  for (let count = 0; count < 20; count++) await push();
  await copying;
  await store.close();

  expect(await readdir(folder)).toEqual(['copy.db', 'mitra.db']);
  const copy = await createSqliteStore({ file: join(folder, 'copy.db') });
  const pulled = await pullAll(copy, aid);
  expect(pulled.head).toBeGreaterThanOrEqual(saved);
  expect(pulled.head % 50).toBe(0);
  expect(pulled.records).toHaveLength(pulled.head);
  await copy.close();
});

test('keeps no byte of a deleted account in the file or its journal', async () => {
  const store = await createSqliteStore({ file });
  const gone: Uint8Array[] = [];
  const stays: Uint8Array[] = [];
  const accounts: { aid: Uint8Array; traces: Uint8Array[] }[] = [];
  // Many accounts side by side, of many sizes, so that their rows share pages and pages are split.
  for (let count = 0; count < 18; count++) {
    const account = await anAccount(store);
    accounts.push({ aid: account.aid, traces: [account.aid, account.cid, account.authHash, account.ring] });
  }
  for (let round = 0; round < 7; round++) {
    for (const { aid, traces } of accounts) {
      const pulled = await pullAll(store, aid);
      const again = pulled.records.slice(0, 2).map(({ rid }) => ({ rid, env: bytes(300 + round * 50) }));
      const records = [
        ...again,
        ...Array.from({ length: 5 }, () => aRecord({ env: bytes(150 * (round + 1) ** 2) })),
      ];
      await store.push(aid, pulled.head, aPush(...records), aQuota());
      const blob = aBlob();
      await store.reserveBlob(aid, blob, TODAY, aQuota());
      traces.push(...records.flatMap(({ rid, env }) => [rid, env.slice(-24)]), blob.bid, blob.digest);
    }
  }
  for (const [index, { aid, traces }] of accounts.entries()) {
    (index % 3 === 0 ? gone : stays).push(...traces);
    const code = {
      cid: id(),
      aid,
      role: 'reader',
      authHash: bytes(32),
      ring: bytes(500),
      ringVersion: 1,
    } as const;
    await store.putCredential(code, 5);
    if (index % 3 === 0) gone.push(code.cid, code.ring.slice(0, 24));
  }
  const countTraces = async (traces: readonly Uint8Array[]): Promise<number> => {
    const parts = [];
    for (const name of await readdir(folder)) parts.push(await readFile(join(folder, name)));
    const all = Buffer.concat(parts);
    return traces.filter((trace) => all.includes(Buffer.from(trace.slice(0, 24)))).length;
  };
  expect(await countTraces(gone)).toBeGreaterThan(gone.length * 0.7);

  for (const [index, { aid }] of accounts.entries()) if (index % 3 === 0) await deleteWholly(store, aid, 20);
  expect(await countTraces(gone)).toBe(0);
  expect(await countTraces(stays)).toBeGreaterThan(stays.length * 0.7);
  await store.close();
  expect(await countTraces(gone)).toBe(0);
});

test('answers writes that come together each for itself: what fails or is refused touches no other', async () => {
  const store = await createSqliteStore({ file });
  const accounts = await Promise.all(Array.from({ length: 40 }, () => anAccount(store)));
  const small = aQuota({ records: 1 });
  const expected = new Map<Uint8Array, number>();
  const answers = await Promise.all(
    accounts.map(async ({ aid }, index) => {
      const body = aPush(aRecord(), aRecord());
      switch (index % 4) {
        case 0:
          // The table takes bytes and nothing else: this statement fails in the middle of the transaction.
          return store
            .push(aid, 0, { ...body, manifest: 'no bytes' as never }, aQuota())
            .catch(() => 'failed');
        case 1:
          return (await store.push(aid, 0, body, small)).type;
        case 2:
          return (await store.push(aid, 1, body, aQuota())).type;
        default: {
          expected.set(aid, 2);
          const both = [store.push(aid, 0, body, aQuota()), store.push(aid, 0, aPush(aRecord()), aQuota())];
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
  const { aid } = await anAccount(store);
  const pushing = store.push(aid, 0, aPush(aRecord()), aQuota());
  await store.close();
  expect(await pushing).toEqual({ type: 'Pushed', head: 1 });
  await expect(store.push(aid, 1, aPush(aRecord()), aQuota())).rejects.toThrow('closed');
});

test('recalls a code until anything is done to codes', async () => {
  const store = await createSqliteStore({ file });
  const { aid, cid, authHash } = await anAccount(store);
  const recalled = (): unknown => store.recallCredential?.(cid);
  const credential = { cid, aid, role: 'owner', authHash, ring: bytes(301), ringVersion: 2 } as const;
  const changes = [
    () => store.putCredential(credential, 5),
    () => anAccount(store),
    () => store.deleteCredential(aid, id()),
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
