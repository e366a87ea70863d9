import { cpSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { bytesToText } from './api/base64.ts';
import { aPhoto, aPush, aReader, aWorker, newBytes, newId, type Phone } from './api/testApi.ts';
import { aFolder, runProcess, startProcess } from './testServer.ts';

const CRASHING = join(import.meta.dirname, 'crashingDeletion.ts');

interface Seeded {
  readonly owner: Phone;
  readonly reader: Phone;
  /** What must not be found on the disk any more. */
  readonly traces: readonly (readonly [string, Uint8Array])[];
  readonly other: Phone;
}

/** Fills the data folder through the server itself, with one account that is to stay. */
async function seed(folder: string): Promise<Seeded> {
  const { ask, child, ended } = await startProcess(folder, [], { LOG: 'off' });
  const owner = await aWorker(ask);
  const reader = await aReader(owner, ask);
  const records = Array.from({ length: 100 }, () => ({ rid: newId(), env: newBytes(301) }));
  const manifest = newBytes(301);
  await owner.ask('/records', aPush(0, { manifest, records }));
  const bids = Array.from({ length: 3 }, newId);
  const photos = bids.map(() => newBytes(3000));
  for (const [index, bid] of bids.entries()) {
    await owner.ask(`/blobs/${bytesToText(bid)}`, aPhoto(photos[index] ?? newBytes(1)));
  }
  const other = await aWorker(ask);
  await other.ask('/records', aPush(0));
  await other.ask(`/blobs/${bytesToText(newId())}`, aPhoto(newBytes(3000)));
  child.kill('SIGTERM');
  await ended;
  const names = (what: string, all: readonly Uint8Array[]) => all.map((bytes) => [what, bytes] as const);
  const traces = [
    ...names('aid', [owner.aid]),
    ...names('cid', [owner.cid, reader.cid]),
    ...names('ring', [owner.ring, reader.ring]),
    ...names('manifest', [manifest]),
    ...names(
      'rid',
      records.map(({ rid }) => rid),
    ),
    ...names(
      'record',
      records.map(({ env }) => env.slice(-40)),
    ),
    ...names('bid', bids),
    ...names(
      'photo',
      photos.map((photo) => photo.slice(0, 40)),
    ),
  ];
  return { owner, reader, traces, other };
}

/** Every trace that is still somewhere in the data folder: as bytes in a file, or in the name of one. */
function findTraces(folder: string, traces: Seeded['traces']): string[] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = paths.filter((path) => statSync(join(folder, path)).isFile());
  return files.flatMap((path) => {
    const bytes = readFileSync(join(folder, path));
    return traces
      .filter(([, trace]) => bytes.includes(Buffer.from(trace)) || path.includes(bytesToText(trace)))
      .map(([what]) => `${what} in ${path}`);
  });
}

async function expectFinished(folder: string, { owner, reader, traces, other }: Seeded): Promise<void> {
  const { ask, child, ended } = await startProcess(folder, [], { LOG: 'off' });
  const status = async ({ authorization }: Phone) =>
    (await ask('/account', { headers: { Authorization: authorization } })).status;
  expect([await status(owner), await status(reader), await status(other)]).toEqual([410, 410, 200]);
  child.kill('SIGTERM');
  await ended;
  expect(findTraces(join(folder, 'data'), traces)).toEqual([]);
  expect(findTraces(join(folder, 'data'), [['aid of another', other.aid]]).length).toBeGreaterThan(0);
}

test('a deletion that is killed at any of its steps is finished at the next start, and leaves nothing', async () => {
  const template = aFolder();
  const seeded = await seed(template);
  expect(findTraces(join(template, 'data'), seeded.traces).length).toBeGreaterThan(100);
  let steps = 0;
  for (let step = 0; ; step += 1) {
    const folder = aFolder();
    cpSync(join(template, 'data'), join(folder, 'data'), { recursive: true });
    const args = [CRASHING, join(folder, 'data'), bytesToText(seeded.owner.aid), String(step)];
    const died = await runProcess(folder, args).ended;
    if (died.signal === null) {
      // It lived: there is no such step any more.
      expect(died).toMatchObject({ code: 0, said: `${step} steps\n` });
      steps = step;
      await expectFinished(folder, seeded);
      break;
    }
    // Before the first word is written down nothing has happened.
    if (step > 0) await expectFinished(folder, seeded);
  }
  expect(steps).toBeGreaterThan(10);
}, 120_000);

test('a server that is killed while it deletes finishes at the next start, whenever that was', async () => {
  const template = aFolder();
  const seeded = await seed(template);
  for (let wait = 0; wait < 24; wait += 2) {
    const folder = aFolder();
    cpSync(join(template, 'data'), join(folder, 'data'), { recursive: true });
    const { ask, child, ended } = await startProcess(folder, [], { LOG: 'off' });
    const headers = { Authorization: seeded.owner.authorization, Confirm: 'delete' };
    const asked = ask('/account', { method: 'DELETE', headers }).catch(() => null);
    await setTimeout(wait);
    child.kill('SIGKILL');
    const answer = await asked;
    await ended;
    // When it died before it had heard of it, the phone asks again.
    const next = await startProcess(folder, [], { LOG: 'off' });
    const again = await next.ask('/account', { method: 'DELETE', headers });
    expect([200, 410]).toContain(again.status);
    if (answer?.status === 200) expect(again.status).toBe(410);
    next.child.kill('SIGTERM');
    await next.ended;
    await expectFinished(folder, seeded);
  }
}, 120_000);
