import { DatabaseError } from 'pg';
import { describe, expect, inject, test } from 'vitest';
import {
  anAccount,
  aPush,
  aQuota,
  aRecord,
  finishDeletion,
  id,
  pullAll,
  TODAY,
} from './conformance/builders.ts';
import { countRows, type TestDatabase } from './conformance/database.ts';
import { describeStore } from './conformance/describeStore.ts';
import { describeMigrations } from './conformance/describeMigrations.ts';
import { createPostgresSchema, withClient } from './conformance/postgresSchema.ts';
import { createPostgresStore, type PostgresOptions } from './postgres.ts';
import { isAllowed } from './sqlRules.ts';
import { BusyError } from './store.ts';

const server = inject('postgres');
const url = 'url' in server ? server.url : '';
const reason = 'missing' in server ? ` (not run: ${server.missing})` : '';

async function makeDatabase(
  options: Omit<PostgresOptions, 'url'> = {},
): Promise<TestDatabase & { url: string }> {
  const schema = await createPostgresSchema(url);
  return {
    ...schema,
    open: (steps) => createPostgresStore({ ...options, url: schema.url, ...(steps ? { steps } : {}) }),
  };
}

const failure = (code: string): DatabaseError =>
  Object.assign(new DatabaseError('made up', 0, 'error'), { code });

/** Every fifth transaction fails at some statement, as PostgreSQL may at any, the COMMIT included. */
function failEveryFifth(): (sql: string) => void {
  let left = -1;
  return (sql) => {
    if (sql.startsWith('BEGIN')) left = Math.random() < 0.2 ? Math.floor(Math.random() * 6) : -1;
    else if (left >= 0 && (left === 0 || sql === 'COMMIT')) {
      left = -1;
      throw failure('40001');
    } else left -= 1;
  };
}

/** What was sent, to be held against the rules. */
const sent = new Set<string>();

describe.skipIf(reason !== '')(`with a real server${reason}`, () => {
  describeStore('PostgreSQL, read committed', () => makeDatabase({ onStatement: (sql) => sent.add(sql) }));
  describeStore('PostgreSQL, serializable, every fifth transaction fails once', () =>
    makeDatabase({ isolation: 'SERIALIZABLE', onStatement: failEveryFifth() }),
  );
  describeMigrations('PostgreSQL', makeDatabase);

  test('sends only what the other databases understand too', () => {
    expect(sent.size).toBeGreaterThan(40);
    expect([...sent].filter((sql) => !/^(BEGIN|COMMIT)/.test(sql) && !isAllowed(sql))).toEqual([]);
  });

  test('lets several servers start at once on an empty database', async () => {
    const database = await makeDatabase();
    const stores = await Promise.all(Array.from({ length: 6 }, () => database.open()));
    const [store] = stores;
    if (store) await anAccount(store);
    await Promise.all(stores.map((each) => each.close()));
    expect(await database.query('SELECT COUNT(*) AS n FROM account')).toEqual([{ n: '1' }]);
    await database.remove();
  });

  test('lets exactly one win when phones push through different servers', async () => {
    const database = await makeDatabase();
    const stores = await Promise.all(Array.from({ length: 3 }, () => database.open()));
    const worker = await anAccount(stores[0] ?? (await database.open()));
    for (let head = 0; head < 10; head++) {
      const answers = await Promise.all(
        stores.map((store) => store.push(worker, head, aPush(aRecord()), aQuota())),
      );
      expect(answers.filter(({ type }) => type === 'Pushed')).toHaveLength(1);
    }
    await Promise.all(stores.map((each) => each.close()));
    await database.remove();
  });

  test('deletes all of an account also when another server deletes the same rows at the same moment', async () => {
    const deleting = Promise.withResolvers<void>();
    const database = await makeDatabase({
      onStatement: (sql) => sql.startsWith('DELETE FROM record') && deleting.resolve(),
    });
    const store = await database.open();
    const worker = await anAccount(store);
    const { aid } = worker;
    await store.push(worker, 0, aPush(...Array.from({ length: 25 }, () => aRecord())), aQuota());
    await store.startDeletion(aid);
    await withClient(database.url, async (other) => {
      await other.query('BEGIN');
      await other.query('DELETE FROM record WHERE rid IN (SELECT rid FROM record ORDER BY rid LIMIT 10)');
      const piece = store.continueDeletion(aid, 10, TODAY + 90);
      await deleting.promise;
      await other.query('COMMIT');
      expect(await piece).toEqual({ done: false });
    });
    await finishDeletion(store, aid, 10);
    await store.close();
    expect(await countRows(database)).toEqual({ gone: 1 });
    await database.remove();
  });

  test('is busy when the connection is lost, and goes on with the next', async () => {
    const database = await makeDatabase();
    let isCut = false;
    const store = await createPostgresStore({
      url: database.url,
      onStatement: (sql) => {
        if (!isCut || !sql.startsWith('UPDATE account')) return;
        isCut = false;
        throw Object.assign(new Error('Connection terminated unexpectedly'));
      },
    });
    const worker = await anAccount(store);
    const { aid } = worker;
    isCut = true;
    await expect(store.push(worker, 0, aPush(aRecord()), aQuota())).rejects.toThrow(BusyError);
    expect(await store.push(worker, 0, aPush(aRecord()), aQuota())).toEqual({ type: 'Pushed', head: 1 });

    // Now for real: the operator ends every connection while a push is under way.
    const pushing = Promise.allSettled(
      Array.from({ length: 8 }, (_, index) => store.push(worker, index + 1, aPush(aRecord()), aQuota())),
    );
    await withClient(url, (client) =>
      client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1', [
        new URL(database.url).searchParams.get('application_name'),
      ]),
    );
    for (const pushed of await pushing)
      if (pushed.status === 'rejected') expect(pushed.reason).toBeInstanceOf(BusyError);
    const { head, records } = await pullAll(store, aid);
    expect(records).toHaveLength(head);
    expect(await store.push(worker, head, aPush(aRecord()), aQuota())).toMatchObject({ type: 'Pushed' });
    await store.close();
    await database.remove();
  });

  test('is busy when a transaction fails again and again, after eight more tries', async () => {
    const database = await makeDatabase();
    for (const code of ['40001', '40P01']) {
      let tries = 0;
      let fails = false;
      const store = await createPostgresStore({
        url: database.url,
        random: () => 0,
        onStatement: (sql) => {
          if (!fails || sql !== 'COMMIT') return;
          tries += 1;
          throw failure(code);
        },
      });
      const worker = await anAccount(store);
      const { aid } = worker;
      fails = true;
      await expect(store.push(worker, 0, aPush(aRecord()), aQuota())).rejects.toThrow(BusyError);
      expect(tries).toBe(9);
      fails = false;
      expect(await store.readAccount(aid)).toMatchObject({ account: { head: 0 } });
      await store.close();
    }
    await database.remove();
  });

  test('is busy when somebody holds the account for too long', async () => {
    const database = await makeDatabase();
    const store = await createPostgresStore({ url: database.url, patience: 300 });
    const worker = await anAccount(store);
    const { aid } = worker;
    await withClient(database.url, async (client) => {
      await client.query('BEGIN');
      await client.query('SELECT aid FROM account WHERE aid = $1 FOR UPDATE', [aid]);
      await expect(store.push(worker, 0, aPush(aRecord()), aQuota())).rejects.toThrow(BusyError);
      expect(await store.readAccount(aid)).toMatchObject({ type: 'Account' });
      await client.query('ROLLBACK');
    });
    expect(await store.push(worker, 0, aPush(aRecord()), aQuota())).toMatchObject({ type: 'Pushed' });
    await store.close();
    await database.remove();
  });

  test('never repeats what somebody saved in the words of an error', async () => {
    const database = await makeDatabase();
    const store = await createPostgresStore({ url: database.url });
    const worker = await anAccount(store);
    const { aid } = worker;
    await withClient(database.url, (client) =>
      client.query('INSERT INTO record VALUES ($1, $2, 1, $3)', [aid, id(), id()]),
    );
    // Another row has the number that this push wants: a fault of PostgreSQL's that names both.
    const error = await store.push(worker, 0, aPush(aRecord()), aQuota()).then(
      () => new Error('It should have failed.'),
      (caught: Error) => caught,
    );
    expect(error.message).toContain('23505');
    const words = `${error.stack} ${JSON.stringify(error)} ${JSON.stringify(error.cause)}`;
    expect(words).not.toContain(Buffer.from(aid).toString('hex'));
    await store.close();
    await database.remove();
  });

  test('says what is wrong when the server cannot be reached', async () => {
    const nowhere = createPostgresStore({ url: 'postgres://nobody@127.0.0.1:1/none' });
    await expect(nowhere).rejects.toThrow(
      'PostgreSQL cannot be reached: Error: connect ECONNREFUSED 127.0.0.1:1',
    );
    const missing = new URL(url);
    missing.pathname = 'no_such_database';
    await expect(createPostgresStore({ url: missing.href })).rejects.toThrow('no_such_database');
  });
});
