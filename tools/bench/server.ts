import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { encodePushBody } from '#shared/protocol.ts';
import { rootFolder } from '#tools/build.ts';
import { type Connection, openConnection, writeRequest } from './connection.ts';

/*
 * What the server makes of this machine (docs/sync-design.md §15): every figure beside the ceiling it is measured
 * against in the same run, in turns, because both change with whatever else the machine does.
 */

export interface Measure {
  readonly name: string;
  readonly unit: string;
  /** In a second. */
  readonly ours: number;
  readonly ceiling: number;
  readonly ceilingName: string;
  /** Of the ceiling, from 0 to 1. */
  readonly target: number;
}

const CONNECTIONS = 20;
const ROUNDS = 5;
const SECONDS = 2;
/** A diary record as §4 pads it. */
const ENV_BYTES = 301;

const PROCESS = join(import.meta.dirname, 'serverProcess.ts');

/** Measures for about a minute. Writes below .build, on the disk of this folder, and removes it again. */
export async function benchServer(): Promise<readonly Measure[]> {
  const build = join(rootFolder, '.build');
  mkdirSync(build, { recursive: true });
  const folder = mkdtempSync(join(build, 'bench-'));
  try {
    return await measureIn(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureIn(folder: string): Promise<readonly Measure[]> {
  const mitra = await start(['mitra', folder]);
  const phones = await Promise.all(Array.from({ length: CONNECTIONS }, () => openPhone(mitra.port)));
  const bare = openBare(join(folder, 'bare.sqlite'));

  const one = await compare(
    () => perSecond(phones, (phone) => push(phone, 1)),
    async () => bare.commitsPerSecond(1),
  );
  const hundred = await compare(
    async () => 100 * (await perSecond(phones, (phone) => push(phone, 100))),
    async () => 100 * bare.commitsPerSecond(100),
  );

  const page = await pullLast(phones[0]);
  const echo = await start(['echo', String(page)]);
  // The same requests, built and read by the same lines, and as many bytes in the answers.
  const echoes = await Promise.all(
    phones.map(async (phone) => ({ ...phone, connection: await openConnection(echo.port) })),
  );
  const pull = await compare(
    () => perSecond(phones, pullLast),
    () => perSecond(echoes, pullLast),
  );

  for (const { connection } of [...phones, ...echoes]) connection.close();
  bare.close();
  await Promise.all([mitra.stop(), echo.stop()]);
  return [
    {
      name: 'push of 1 record, 20 connections',
      unit: 'pushes',
      ...one,
      ceilingName: 'bare fsynced transactions',
      target: 0.5,
    },
    {
      name: 'push of 100 records',
      unit: 'records',
      ...hundred,
      ceilingName: 'bare fsynced records',
      target: 0.6,
    },
    { name: 'pull of 1 record', unit: 'pulls', ...pull, ceilingName: 'bare HTTP echo', target: 0.6 },
  ];
}

/** Both in turns; the middle one of the rounds of each. */
async function compare(
  ours: () => Promise<number>,
  ceiling: () => Promise<number>,
): Promise<{ ours: number; ceiling: number }> {
  // The first requests of a process are answered by code that Node has not yet compiled.
  await ceiling();
  await ours();
  const seen = { ours: [] as number[], ceiling: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    seen.ceiling.push(await ceiling());
    seen.ours.push(await ours());
  }
  const middle = (all: number[]): number => all.sort((a, b) => a - b)[all.length >> 1] ?? 0;
  return { ours: middle(seen.ours), ceiling: middle(seen.ceiling) };
}

/** Each of them asks again as soon as it is answered. */
async function perSecond<One>(all: readonly One[], work: (one: One) => Promise<unknown>): Promise<number> {
  const started = performance.now();
  const end = started + SECONDS * 1000;
  let done = 0;
  await Promise.all(
    all.map(async (one) => {
      while (performance.now() < end) {
        await work(one);
        done += 1;
      }
    }),
  );
  return (done * 1000) / (performance.now() - started);
}

interface Phone {
  readonly connection: Connection;
  readonly authorization: string;
  head: number;
}

async function openPhone(port: number): Promise<Phone> {
  const connection = await openConnection(port);
  const [aid, cid, token, ring] = [16, 16, 32, ENV_BYTES].map((length) => randomBytes(length));
  if (!aid || !cid || !token || !ring) throw new Error('unreachable');
  const authHash = createHash('sha256').update(token).digest('base64url');
  const [aidText, cidText, ringText] = [aid, cid, ring].map((bytes) => bytes.toString('base64url'));
  const account = JSON.stringify({ aid: aidText, cid: cidText, authHash, ring: ringText });
  const { status } = await connection.ask(writeRequest('POST', '/v1/accounts', {}, Buffer.from(account)));
  if (status !== 201) throw new Error(`No account could be opened: ${status}`);
  const authorization = `Bearer ${Buffer.concat([cid, token]).toString('base64url')}`;
  return { connection, authorization, head: 0 };
}

async function push(phone: Phone, records: number): Promise<void> {
  const body = encodePushBody({
    manifest: randomBytes(ENV_BYTES),
    records: Array.from({ length: records }, () => ({ rid: randomBytes(16), env: randomBytes(ENV_BYTES) })),
  });
  const headers = { Authorization: phone.authorization, 'If-Match': `"${phone.head}"` };
  const { status } = await phone.connection.ask(writeRequest('POST', '/v1/records', headers, body));
  if (status !== 200) throw new Error(`A push was refused: ${status}`);
  phone.head += records;
}

/** Pulls the last record; resolves to the bytes of the answer. */
async function pullLast(phone: Phone | undefined): Promise<number> {
  if (!phone) return 0;
  const { head, authorization, connection } = phone;
  const { status, body } = await connection.ask(
    writeRequest('GET', `/v1/records?since=${head - 1}`, { Authorization: authorization }),
  );
  if (status !== 200) throw new Error(`A pull was refused: ${status}`);
  return body.length;
}

/** The same records in the same database with nothing around it: what the disk allows. */
function openBare(file: string): { commitsPerSecond: (records: number) => number; close: () => void } {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  database.exec(
    'CREATE TABLE record (aid BLOB, rid BLOB, seq INTEGER, env BLOB, PRIMARY KEY (aid, rid), UNIQUE (aid, seq))',
  );
  const insert = database.prepare('INSERT INTO record (aid, rid, seq, env) VALUES (?, ?, ?, ?)');
  const aids = Array.from({ length: CONNECTIONS }, () => randomBytes(16));
  let seq = 0;

  function commitsPerSecond(records: number): number {
    const started = performance.now();
    let commits = 0;
    while (performance.now() - started < SECONDS * 1000) {
      const aid = aids[commits % CONNECTIONS] ?? randomBytes(16);
      database.exec('BEGIN IMMEDIATE');
      for (let record = 0; record < records; record += 1) {
        seq += 1;
        insert.run(aid, randomBytes(16), seq, randomBytes(ENV_BYTES));
      }
      database.exec('COMMIT');
      commits += 1;
    }
    return (commits * 1000) / (performance.now() - started);
  }
  return { commitsPerSecond, close: () => database.close() };
}

/** Starts the measured process; resolves when it listens. */
async function start(args: readonly string[]): Promise<{ port: number; stop: () => Promise<void> }> {
  const child = spawn(process.execPath, [PROCESS, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout.on('data', (text: Buffer) => {
      const found = /^port (\d+)/m.exec(text.toString())?.[1];
      if (found !== undefined) resolve(Number(found));
    });
    child.once('close', () => reject(new Error('The measured server ended.')));
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  return { port, stop };
}
