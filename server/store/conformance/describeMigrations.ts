import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { aPush, aQuota, aRecord, bytes, id, pullAll, TODAY } from './builders.ts';
import { MIGRATIONS } from '#server/store/migrations.ts';
import type { TestDatabase } from './database.ts';

/** SHA-256 of each step that was shipped: changing one would leave older databases as no version of ours has them. */
const SHIPPED = [
  '5210d639e601dd5dc234cba381d293b86abd840a22c3409a6ec51066a1a4815d',
  '6ab9e1669448cd8fd63188419853df0d7e3b18dcf83455f8285777550d24d4ed',
];

/** What stands in a database of version 1: an account with a record, a photo, two codes; one being deleted; one gone. */
function aFrozenVersion1() {
  const ids = { aid: id(), owner: id(), reader: id(), rid: id(), bid: id(), doomed: id(), doomedCode: id() };
  const data = { env: bytes(301), manifest: bytes(301), ring: bytes(301), hash: bytes(32) };
  const rows: [string, (Uint8Array | number | null)[]][] = [
    ['INSERT INTO account VALUES (?, 1, ?, 1, 301, 1, 1000, 20000, 20001)', [ids.aid, data.manifest]],
    ['INSERT INTO record VALUES (?, ?, 1, ?)', [ids.aid, ids.rid, data.env]],
    ['INSERT INTO blob VALUES (?, ?, 1000, ?, 1, 20000)', [ids.aid, ids.bid, data.hash]],
    ['INSERT INTO cred_of VALUES (?, ?)', [ids.aid, ids.owner]],
    ['INSERT INTO cred_of VALUES (?, ?)', [ids.aid, ids.reader]],
    ['INSERT INTO cred VALUES (?, ?, 1, ?, ?, 3)', [ids.owner, ids.aid, data.hash, data.ring]],
    ['INSERT INTO cred VALUES (?, ?, 0, ?, ?, 2)', [ids.reader, ids.aid, data.hash, data.ring]],
    ['INSERT INTO account VALUES (?, 0, NULL, 0, 0, 0, 0, 20000, 20000)', [ids.doomed]],
    ['INSERT INTO cred_of VALUES (?, ?)', [ids.doomed, ids.doomedCode]],
    ['INSERT INTO cred VALUES (?, ?, 1, ?, ?, 1)', [ids.doomedCode, ids.doomed, data.hash, data.ring]],
    ['INSERT INTO deleting VALUES (?)', [ids.doomed]],
    ['INSERT INTO gone VALUES (?, 20100)', [bytes(32)]],
  ];
  return { ...ids, ...data, rows };
}

async function versionOf(database: TestDatabase): Promise<number> {
  const [row] = await database.query<{ number: number | string }>('SELECT number FROM version');
  return Number(row?.number);
}

export function describeMigrations(name: string, makeDatabase: () => Promise<TestDatabase>): void {
  describe(`${name}: versions`, () => {
    test('no step that was shipped has changed', () => {
      const hashes = MIGRATIONS.map((step) => createHash('sha256').update(step.join('\n')).digest('hex'));
      expect(hashes).toEqual(SHIPPED);
    });

    test('brings a database of version 1 up to date with everything in it', async () => {
      const database = await makeDatabase();
      await (await database.open(MIGRATIONS.slice(0, 1))).close();
      const frozen = aFrozenVersion1();
      for (const [sql, values] of frozen.rows) await database.query(sql, values);

      const store = await database.open();
      const { aid } = frozen;
      expect(await store.readAccount(aid)).toEqual({
        type: 'Account',
        account: {
          head: 1,
          manifest: frozen.manifest,
          used: { records: 1, bytes: 301, blobs: 1, blobBytes: 1000 },
        },
      });
      const owner = { aid, cid: frozen.owner };
      expect((await pullAll(store, aid)).records).toEqual([{ rid: frozen.rid, seq: 1, env: frozen.env }]);
      expect(await store.listBlobs(aid)).toEqual([{ bid: frozen.bid, size: 1000 }]);
      expect(await store.listCredentials(aid)).toHaveLength(2);
      expect(await store.deleteCredential(owner, frozen.owner)).toEqual({ type: 'AlreadyExists' });
      expect(await store.deleteCredential(owner, frozen.reader)).toEqual({ type: 'Deleted' });
      expect(await store.push(owner, 1, aPush(aRecord()), aQuota())).toEqual({ type: 'Pushed', head: 2 });
      expect(await store.listDeletions()).toEqual([frozen.doomed]);
      expect(await store.continueDeletion(frozen.doomed, 10, TODAY)).toEqual({ done: true });
      expect(await store.findCredential(frozen.doomedCode)).toEqual({ type: 'Gone' });
      await store.close();
      expect(await versionOf(database)).toBe(MIGRATIONS.length);

      await (await database.open()).close();
      await database.remove();
    });

    test('refuses a database that a newer server has written, and leaves it as it is', async () => {
      const database = await makeDatabase();
      const newer = [...MIGRATIONS, ['CREATE TABLE later (id bigint NOT NULL, PRIMARY KEY (id))']];
      await (await database.open(newer)).close();
      const refused = await database.open().catch((error: Error) => error.message);
      expect(refused).toBe(
        `The database is of version ${newer.length}, this server knows versions up to ${MIGRATIONS.length}. Start the newer server again.`,
      );
      await (await database.open(newer)).close();
      await database.remove();
    });

    test('leaves the version before when a step fails in the middle', async () => {
      const database = await makeDatabase();
      await (await database.open(MIGRATIONS.slice(0, 1))).close();
      const frozen = aFrozenVersion1();
      for (const [sql, values] of frozen.rows) await database.query(sql, values);
      const broken = [MIGRATIONS[0] ?? [], [...(MIGRATIONS[1] ?? []), 'CREATE TABLE account (aid bytea)']];
      await expect(database.open(broken)).rejects.toThrow('already exists');
      expect(await versionOf(database)).toBe(1);
      const store = await database.open();
      expect(await store.listCredentials(frozen.aid)).toHaveLength(2);
      await store.close();
      await database.remove();
    });
  });
}
