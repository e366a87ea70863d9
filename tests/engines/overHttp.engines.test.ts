import { EVERYTHING_CHOSEN } from '#data/choice.ts';
import 'fake-indexeddb/auto';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { AwsClient } from 'aws4fetch';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { listContracts, removeContract, saveContract } from '#data/contracts.ts';
import { newId } from '#data/database.ts';
import { listFamily } from '#data/family.ts';
import { addPages, listPages } from '#data/pages.ts';
import { patchSyncState, readSyncState, syncOverview } from '#data/syncQueries.ts';
import { base64url } from '#lib/id.ts';
import type { TestApi } from '#server/api/testApi.ts';
import { readConfig } from '#server/config.ts';
import { runServer } from '#server/runServer.ts';
import { TABLES } from '#server/store/conformance/database.ts';
import { createPostgresSchema, type PostgresSchema } from '#server/store/conformance/postgresSchema.ts';
import { aFolder, runProcess, startProcess } from '#server/testServer.ts';
import { addFamily, otherCodes, takeAway } from '#sync/codes.ts';
import { agree } from '#sync/copies.ts';
import { aContract, aPhoto } from '#tests/support/builders.ts';
import { valueOf } from '#tests/data/phone.ts';
import { entriesOf } from '#tests/sync/quick.ts';
import { aJoinedPhone, aSyncPhone, expectDone, type SyncPhone, type World } from '#tests/sync/world.ts';

/* Real phones, real HTTP, and the server as an operator with many workers runs it: PostgreSQL and a bucket. */

const postgres = inject('postgres');
const s3 = inject('s3');
const missing = [postgres, s3].flatMap((engine) => ('missing' in engine ? [engine.missing] : []));
const reason = missing.length > 0 ? ` (not run: ${missing.join(' ')})` : '';

const BUILDER = join(import.meta.dirname, '..', '..', 'tools', 'buildServer.ts');

interface Setting {
  readonly database: PostgresSchema;
  readonly env: Record<string, string>;
}

async function aSetting(): Promise<Setting> {
  if (!('url' in postgres) || 'missing' in s3) throw new Error('unreachable');
  const database = await createPostgresSchema(postgres.url);
  onTestFinished(() => database.remove());
  const env = {
    DATABASE_URL: database.url,
    S3_ENDPOINT: s3.endpoint,
    S3_BUCKET: s3.bucket,
    S3_REGION: s3.region,
    S3_ACCESS_KEY_ID: s3.accessKeyId,
    S3_SECRET_ACCESS_KEY: s3.secretAccessKey,
  };
  return { database, env };
}

/** Names of all that lies under the prefix of an account. */
async function listObjects(aid: Uint8Array): Promise<readonly string[]> {
  if ('missing' in s3) throw new Error('unreachable');
  const client = new AwsClient({ ...s3, service: 's3' });
  const list = await client.fetch(`${s3.endpoint}/${s3.bucket}?list-type=2&prefix=${base64url(aid)}/`);
  expect(list.status).toBe(200);
  return [...(await list.text()).matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, name = '']) => name);
}

/** Every row of every table, as text that an id can be looked for in. */
async function dumpRows({ query }: PostgresSchema): Promise<Record<string, readonly string[]>> {
  const rows: Record<string, readonly string[]> = {};
  for (const table of TABLES) {
    const all = await query<Record<string, unknown>>(`SELECT * FROM ${table}`);
    rows[table] = all.map((row) =>
      Object.values(row)
        .map((value) => (Buffer.isBuffer(value) ? value.toString('hex') : String(value)))
        .join(' '),
    );
  }
  return rows;
}

async function identityOf(phone: SyncPhone): Promise<{ aid: Uint8Array; cid: Uint8Array }> {
  const state = await readSyncState(phone.db);
  if (state === null) throw new Error('The phone has no keys');
  return { aid: state.ring.aid, cid: state.credential.cid };
}

/** Everything that workers do with their copy, and then nothing of it is left. */
async function expectWholeStory(url: string, database: PostgresSchema): Promise<void> {
  const request: TestApi['request'] = (path, init) => fetch(`${url}/v1${path}`, init);
  const world: World = { server: { request } as TestApi, asked: [], bodies: [] };

  // Entries of before, and the yes.
  const worker = await aSyncPhone(world);
  const contract = { id: newId(worker.db), ...aContract() };
  valueOf(await saveContract(worker.db, contract.id, contract));
  valueOf(await addPages(worker.db, contract, [aPhoto({ seed: 1 }), aPhoto({ seed: 2, size: 300_000 })]));
  const yes = { choice: EVERYTHING_CHOSEN, wifiOnly: false, text: 1 };
  const { digits } = valueOf(await agree(worker.engine, yes));
  await expectDone(worker);
  expect(await syncOverview(worker.db)).toMatchObject({ phase: 'on', entriesLeft: 0, photosLeft: 0 });
  const { aid, cid } = await identityOf(worker);
  expect(await listObjects(aid)).toHaveLength(2);

  // Another phone gets all of it with the code.
  const second = await aJoinedPhone(world, digits);
  expect(await entriesOf(second.db)).toEqual(await entriesOf(worker.db));
  expect(await listPages(second.db, contract.id)).toHaveLength(2);

  // Both edit; one removes what the other has added.
  const added = newId(worker.db);
  valueOf(await saveContract(worker.db, added, aContract({ employer: 'Lee Orchard' })));
  valueOf(await saveContract(second.db, contract.id, { hoursPerDay: 12 }));
  for (const phone of [worker, second, worker]) await expectDone(phone);
  expect(await listContracts(second.db)).toHaveLength(2);
  valueOf(await removeContract(second.db, added));
  for (const phone of [second, worker]) await expectDone(phone);
  expect(await listContracts(worker.db)).toMatchObject([{ id: contract.id, hoursPerDay: 12 }]);

  // The family sees it, until its copy is taken away.
  const family = valueOf(await addFamily(worker.engine, 'Mother'));
  const reader = await aJoinedPhone(world, family.digits);
  expect((await listFamily(reader.db)).map(({ values }) => values['employer'])).toContain('Kim Farm');
  expect(await reader.db.photos.count()).toBe(2);
  const readerCid = (await identityOf(reader)).cid;
  const [code] = valueOf(await otherCodes(worker.engine));
  valueOf(await takeAway(worker.engine, code?.cid ?? ''));
  await expectDone(worker);
  expect(await reader.sync()).toMatchObject({ problem: { type: 'NotAuthorised' } });
  await expectDone(second);

  // Stop: the phone itself asks whether the copy is gone.
  const before = await dumpRows(database);
  for (const table of ['account', 'record', 'blob', 'code_of', 'cred']) {
    expect(before[table]?.length, table).toBeGreaterThan(0);
  }
  valueOf(await patchSyncState(worker.db, { phase: 'withdrawing', problem: null }));
  expect(await worker.sync()).toEqual({ type: 'Ended' });
  expect(await readSyncState(worker.db)).toBeNull();
  expect(await listContracts(worker.db)).toHaveLength(1);
  expect(await second.sync()).toEqual({ type: 'Ended' });
  expect(await readSyncState(second.db)).toBeNull();

  // Of the code only its hash, for the other phones to hear "gone"; nothing else in any table, and no object.
  const hash = createHash('sha256').update(cid).digest('hex');
  const { gone = [], ...rest } = await dumpRows(database);
  expect(rest).toEqual({ account: [], deleting: [], record: [], blob: [], code_of: [], cred: [] });
  expect(gone.map((row) => row.split(' ')[0])).toEqual([hash]);
  for (const id of [aid, cid, readerCid]) expect(gone.join()).not.toContain(Buffer.from(id).toString('hex'));
  expect(await listObjects(aid)).toEqual([]);
}

describe.skipIf(reason !== '')(`with PostgreSQL and a bucket${reason}`, { timeout: 120_000 }, () => {
  test('two phones and the family keep one copy, and stopping leaves nothing', async () => {
    const { database, env } = await aSetting();
    const folder = aFolder();
    const read = readConfig({ ...env, PORT: '0', LISTEN: '127.0.0.1', DIST: join(folder, 'dist') }, folder);
    if (!read.ok) throw new Error(read.problems.join('\n'));
    const lines: string[] = [];
    const running = await runServer(read.config, (line) => void lines.push(line));
    onTestFinished(running.close);
    await expectWholeStory(running.url, database);
    expect(lines.filter((line) => line.startsWith('Trouble'))).toEqual([]);
  });

  test('the same with the one file of the server, started as an operator does', async () => {
    const { database, env } = await aSetting();
    const folder = aFolder();
    const built = await runProcess(folder, [BUILDER, join(folder, 'built')]).ended;
    expect(built).toMatchObject({ code: 0 });
    const { url, said, child, ended } = await startProcess(folder, [join(folder, 'built', 'server.js')], env);
    expect(said()).toContain('PostgreSQL (DATABASE_URL)');
    await expectWholeStory(url, database);
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ code: 0, signal: null });
    expect(said()).not.toContain('Trouble');
  });
});
