import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { anAccount, pullAll } from './conformance/builders.ts';
import { RECORDS, sealedFor } from './conformance/pushUntilKilled.ts';
import { createSqliteStore } from './sqlite.ts';

const PHONES = 6;
const SCRIPT = fileURLToPath(new URL('./conformance/pushUntilKilled.ts', import.meta.url));

test('loses no push that was acknowledged, and keeps no half of one, when the server is killed ten times', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mitra-killed-'));
  const file = join(folder, 'mitra.db');
  const first = await createSqliteStore({ file });
  const names: string[] = [];
  for (let phone = 0; phone < PHONES; phone++) {
    const { aid, cid } = await anAccount(first);
    names.push(Buffer.concat([aid, cid]).toString('hex'));
  }
  await first.close();

  const acknowledged = new Map(names.map((name) => [name, 0]));
  let lost = 0;
  let halves = 0;
  let pushes = 0;
  for (let kill = 0; kill < 10; kill++) {
    const child = spawn(process.execPath, [SCRIPT, file, ...names], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(child, 'close');
    createInterface(child.stdout).on('line', (line) => {
      const [name = '', head] = line.split(' ');
      // The last line may be cut off by the kill.
      if (acknowledged.has(name) && head?.endsWith('.')) acknowledged.set(name, Number.parseInt(head, 10));
    });
    await once(child.stdout, 'data');
    await setTimeout(100 + Math.random() * 400);
    child.kill('SIGKILL');
    await ended;

    // The file is free again at once.
    const store = await createSqliteStore({ file });
    for (const [name, head] of acknowledged) {
      const pulled = await pullAll(store, Buffer.from(name, 'hex').subarray(0, 16));
      if (pulled.head < head) lost += 1;
      const isWhole =
        pulled.head % RECORDS === 0 &&
        pulled.records.length === pulled.head &&
        pulled.records.every(({ seq, env }, index) => {
          return (
            seq === index + 1 && Buffer.compare(env, sealedFor(Math.ceil(seq / RECORDS) * RECORDS)) === 0
          );
        }) &&
        Buffer.compare(pulled.manifest ?? new Uint8Array(0), sealedFor(pulled.head)) === 0;
      if (!isWhole) halves += 1;
      pushes += pulled.head / RECORDS;
    }
    await store.close();
  }
  expect({ lost, halves }).toEqual({ lost: 0, halves: 0 });
  expect([...acknowledged.values()].every((head) => head > 0)).toBe(true);
  expect(pushes).toBeGreaterThan(100);
  await rm(folder, { recursive: true });
}, 120_000);
