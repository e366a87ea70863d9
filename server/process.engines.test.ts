import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { decodePullPage } from '#shared/protocol.ts';
import { bytesToText } from './api/base64.ts';
import { aPhone, aPhoto, aPush, aWorker, newAccountOf, newBytes, newId, type Phone } from './api/testApi.ts';
import { aFolder, runProcess, SOURCE, startProcess } from './testServer.ts';

const BUILDER = join(import.meta.dirname, '..', 'tools', 'buildServer.ts');

/** The same phone, after the server got another port. */
function moved(phone: Phone, ask: (path: string, init?: RequestInit) => Promise<Response>): Phone {
  const { authorization } = phone;
  return {
    ...phone,
    ask: (path, init = {}) =>
      ask(path, { ...init, headers: { Authorization: authorization, ...(init.headers as object) } }),
  };
}

async function headOf(phone: Phone): Promise<number> {
  return ((await (await phone.ask('/account')).json()) as { head: number }).head;
}

describe('the one file of the server', { timeout: 60_000 }, () => {
  test('runs anywhere with dist beside it: serves, keeps, stops in order, and keeps what it kept', async () => {
    const folder = aFolder();
    const built = await runProcess(folder, [BUILDER, join(folder, 'built')]).ended;
    expect(built).toMatchObject({ code: 0 });
    copyFileSync(join(folder, 'built', 'server.js'), join(folder, 'server.js'));
    rmSync(join(folder, 'built'), { recursive: true });
    const file = join(folder, 'server.js');

    const help = await runProcess('/', [file, '--help']).ended;
    expect(help).toMatchObject({ code: 0 });
    expect(help.said).toContain('DATA_DIR');
    const version = await runProcess('/', [file, '--version']).ended;
    const manifest = readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8');
    expect(version.said.trim()).toBe((JSON.parse(manifest) as { version: string }).version);
    const wrong = await runProcess('/', [file, '--port=80']).ended;
    expect(wrong).toMatchObject({ code: 1, said: 'Not understood: --port=80. --help says what there is.\n' });

    // Without DIST: dist lies beside the file.
    const first = await startProcess(folder, [file], { DIST: '' });
    expect(first.said()).toContain(join(folder, 'data', 'mitra.sqlite'));
    expect(await (await first.ask('/health')).json()).toEqual({ ok: true });
    expect(await (await fetch(first.url)).text()).toBe('start page');
    const phone = await aWorker(first.ask);
    expect((await phone.ask('/records', aPush(0))).status).toBe(200);
    const bid = bytesToText(newId());
    const photo = newBytes(5000);
    expect((await phone.ask(`/blobs/${bid}`, aPhoto(photo))).status).toBe(201);

    const second = await runProcess(folder, [file]).ended;
    expect(second.code).toBe(1);
    expect(second.said).toMatch(/^Another server already uses .*mitra\.sqlite\. .*\n$/);

    first.child.kill('SIGTERM');
    expect(await first.ended).toMatchObject({ code: 0, signal: null });
    const again = await startProcess(folder, [file]);
    const same = moved(phone, again.ask);
    expect(await headOf(same)).toBe(1);
    const kept = await same.ask(`/blobs/${bid}`);
    expect(new Uint8Array(await kept.arrayBuffer())).toEqual(photo);

    // Nothing that runs here was asked for by a settings file or a folder of packages.
    expect(readFileSync(file, 'utf8')).not.toMatch(/^import .* from "(?!node:)/m);
    // Only for the user who runs it.
    for (const path of ['data', 'data/mitra.sqlite', 'data/photos']) {
      expect(statSync(join(folder, path)).mode & 0o077, path).toBe(0);
    }
  });
});

describe('the server', { timeout: 60_000 }, () => {
  test('says all that is wrong with its settings, and ends', async () => {
    const folder = aFolder();
    const refused = await runProcess(folder, [SOURCE], {
      PORT: 'x',
      DATABASE_URL: 'mysql://mitra:secret-word@db/mitra',
      S3_BUKET: 'a',
    }).ended;
    expect(refused.code).toBe(1);
    expect(refused.said.trim().split('\n').length).toBe(3);
    expect(refused.said).not.toContain('secret-word');
    expect(existsSync(join(folder, 'data'))).toBe(false);
  });

  test('says where there is no app, and which folder cannot be written', async () => {
    const folder = aFolder();
    const nothing = await runProcess(folder, [SOURCE], { DIST: join(folder, 'none') }).ended;
    expect(nothing.said).toMatch(/^There is no built app in .*none\. Build it with: npm run build\n$/);
    const file = await runProcess(folder, [SOURCE], { DATA_DIR: join(folder, 'dist', 'index.html') }).ended;
    expect(file.code).toBe(1);
    expect(file.said).toMatch(
      /^The data folder .* cannot be written \(\w+\)\. .*DATA_DIR=\/var\/lib\/mitra\n$/,
    );
  });

  test('without sync makes no data folder', async () => {
    const folder = aFolder();
    const { ask, said } = await startProcess(folder, [], { SYNC: 'off' });
    expect((await ask('/health')).status).toBe(404);
    expect(said()).toContain('Sync is off: this server keeps nothing.');
    expect(existsSync(join(folder, 'data'))).toBe(false);
  });

  test('copies its database while it runs and while it does not, and the copy is a whole server', async () => {
    const folder = aFolder();
    const first = await startProcess(folder);
    const phone = await aWorker(first.ask);
    await phone.ask('/records', aPush(0));
    const running = await runProcess(folder, [SOURCE, 'backup', 'monday.sqlite']).ended;
    expect(running).toMatchObject({ code: 0, said: `Copied to ${join(folder, 'monday.sqlite')}\n` });
    expect(statSync(join(folder, 'monday.sqlite')).mode & 0o077).toBe(0);
    await phone.ask('/records', aPush(1));
    const taken = await runProcess(folder, [SOURCE, 'backup', 'monday.sqlite']).ended;
    expect(taken).toMatchObject({ code: 1 });
    expect(taken.said).toContain('is there already');
    const nowhere = await runProcess(folder, [SOURCE, 'backup', 'no/such/folder/a.sqlite']).ended;
    expect(nowhere).toMatchObject({
      code: 1,
      said: `There is no folder ${join(folder, 'no/such/folder')}. Make it first.\n`,
    });
    expect(await headOf(phone)).toBe(2);
    first.child.kill('SIGTERM');
    await first.ended;
    const stopped = await runProcess(folder, [SOURCE, 'backup', 'tuesday.sqlite']).ended;
    expect(stopped).toMatchObject({ code: 0 });

    for (const [copy, head] of [
      ['monday.sqlite', 1],
      ['tuesday.sqlite', 2],
    ] as const) {
      const restored = join(folder, `restored-${head}`);
      mkdirSync(restored);
      copyFileSync(join(folder, copy), join(restored, 'mitra.sqlite'));
      const { ask } = await startProcess(folder, [], { DATA_DIR: restored });
      expect(await headOf(moved(phone, ask))).toBe(head);
    }
    const none = await runProcess(folder, [SOURCE, 'backup', 'x'], { DATA_DIR: join(folder, 'dist') }).ended;
    expect(none.said).toContain('There is no database at');
  });

  test('ends at once at a second signal', async () => {
    const folder = aFolder();
    const { child, ended, url } = await startProcess(folder);
    // A body that never comes keeps the first signal waiting.
    const body = new ReadableStream({ start: (controller) => controller.enqueue(newBytes(1)) });
    const headers = { 'Content-Length': '500' };
    const asking = fetch(`${url}/v1/accounts`, {
      method: 'POST',
      body,
      headers,
      duplex: 'half',
    } as RequestInit);
    asking.catch(() => {});
    await setTimeout(200);
    child.kill('SIGTERM');
    await setTimeout(700);
    expect(child.exitCode).toBeNull();
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ code: 143 });
  });

  test('killed ten times in the middle of saving loses nothing it had said yes to', async () => {
    const folder = aFolder();
    const phones = new Map<Phone, { acknowledged: number; rids: Set<string> }>();
    let server = await startProcess(folder, [], { LOG: 'off' });
    for (let number = 0; number < 6; number += 1) {
      phones.set(await aWorker(server.ask), { acknowledged: 0, rids: new Set() });
    }
    let acknowledged = 0;
    for (let kills = 0; kills < 10; kills += 1) {
      const { ask } = server;
      const saving = [...phones].map(async ([phone, state]) => {
        const here = moved(phone, ask);
        for (;;) {
          const records = [1, 2, 3].map(() => ({ rid: newId(), env: newBytes(301) }));
          const pushed = await here.ask('/records', aPush(state.acknowledged, { records })).catch(() => null);
          if (pushed?.status !== 200) return;
          const head = await pushed.json().catch(() => null);
          if (head === null) return;
          state.acknowledged = (head as { head: number }).head;
          for (const { rid } of records) state.rids.add(bytesToText(rid));
          acknowledged += records.length;
        }
      });
      await setTimeout(100 + kills * 37);
      server.child.kill('SIGKILL');
      await Promise.all([...saving, server.ended]);
      server = await startProcess(folder, [], { LOG: 'off' });
      for (const [phone, state] of phones) {
        const here = moved(phone, server.ask);
        const there = new Set<string>();
        let since = 0;
        for (let head = 1; since < head; ) {
          const answer = await here.ask(`/records?since=${since}`);
          const page = decodePullPage(new Uint8Array(await answer.arrayBuffer()));
          if (page === null) throw new Error('The page could not be read.');
          for (const { rid } of page.records) there.add(bytesToText(rid));
          head = page.head;
          since = page.records.at(-1)?.seq ?? head;
        }
        for (const rid of state.rids) expect(there.has(rid)).toBe(true);
        // All of a push or nothing of it.
        expect(there.size % 3).toBe(0);
        // A push whose answer was cut off counts from now on.
        state.acknowledged = there.size;
      }
    }
    expect(acknowledged).toBeGreaterThan(100);
  });
});

test('a late repetition of the first request does not bring back what was stopped', {
  timeout: 30_000,
}, async () => {
  const folder = aFolder();
  const { ask } = await startProcess(folder);
  const phone = aPhone(ask);
  await ask('/accounts', newAccountOf(phone));
  await phone.ask('/account', { method: 'DELETE', headers: { Confirm: 'delete' } });
  expect((await ask('/accounts', newAccountOf(phone))).status).toBe(409);
  expect((await phone.ask('/account')).status).toBe(410);
});

const OLD_NODE = '/usr/bin/node';
test.skipIf(!existsSync(OLD_NODE))('an old Node is told so in one line', { timeout: 30_000 }, async () => {
  // Skipped where the system has no Node of its own; on one that is new enough it serves, which is tested above.
  const folder = aFolder();
  await runProcess(folder, [BUILDER, folder]).ended;
  const asked = spawnSync(OLD_NODE, [join(folder, 'server.js'), '--version'], { encoding: 'utf8' });
  const lines = `${asked.stdout}${asked.stderr}`.trim().split('\n');
  expect(lines.length).toBe(1);
  expect(lines[0]).toMatch(/^(?:Mitra needs Node 22\.16 or newer; this is \d.*|\d+\.\d+\.\d+)$/);
});
