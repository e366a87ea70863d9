import { describe, expect, test } from 'vitest';
import * as v from 'valibot';
import { ACCOUNT, LIMITS } from '#shared/protocol.ts';
import { BusyError } from '#server/store/store.ts';
import { bytesToText } from './base64.ts';
import {
  aPhone,
  aPhoto,
  aPush,
  aReader,
  aWorker,
  createTestApi,
  NO_RATES,
  newAccountOf,
  newBytes,
  newId,
  QUOTAS,
} from './testApi.ts';

describe('opening an account', () => {
  test('answers 201, and 200 when the phone asks again because the answer got lost', async () => {
    const { request } = await createTestApi();
    const phone = aPhone(request);
    const first = await request('/accounts', newAccountOf(phone));
    expect(first.status).toBe(201);
    expect(await first.json()).toEqual({ head: 0 });
    const again = await request('/accounts', newAccountOf(phone));
    expect(again.status).toBe(200);
    expect(await again.json()).toEqual({ head: 0 });
  });

  test('is refused when the account or the code is somebody else’s', async () => {
    const { request } = await createTestApi();
    const phone = await aWorker(request);
    for (const other of [aPhone(request, { aid: phone.aid }), aPhone(request, { cid: phone.cid })]) {
      const taken = await request('/accounts', newAccountOf(other));
      expect(taken.status).toBe(409);
      expect(await taken.json()).toEqual({ error: 'AlreadyExists' });
      expect((await other.ask('/account')).status).toBe(401);
    }
    expect((await phone.ask('/account')).status).toBe(200);
  });

  test('needs the operator’s word where there is one, and guessing it ends after 20 tries a minute', async () => {
    const { request, clock } = await createTestApi({
      enrolCode: 'sunday class',
      rates: { ...NO_RATES, failedLoginsPerMinute: LIMITS.failedLoginsPerMinute, newAccountsPerHour: 1 },
    });
    for (let tries = 0; tries < LIMITS.failedLoginsPerMinute; tries += 1) {
      const enrol = `sunday clas${tries}`;
      const refused = await request('/accounts', newAccountOf(aPhone(request), { enrol }));
      expect(refused.status).toBe(403);
      expect(await refused.json()).toEqual({ error: 'NotAllowed' });
    }
    expect((await request('/accounts', newAccountOf(aPhone(request), { enrol: 'sunday' }))).status).toBe(429);
    // Who has the word is let in, and the limit of new accounts an hour does not hold.
    for (let workers = 0; workers < 5; workers += 1) {
      const let_in = await request('/accounts', newAccountOf(aPhone(request), { enrol: 'sunday class' }));
      expect(let_in.status).toBe(201);
    }
    clock.now += 60_000;
    expect((await request('/accounts', newAccountOf(aPhone(request)))).status).toBe(403);
  });

  test('asks for the operator’s word as often as phones come without one', async () => {
    const rates = { ...NO_RATES, failedLoginsPerMinute: LIMITS.failedLoginsPerMinute };
    const { request } = await createTestApi({ enrolCode: 'sunday class', rates });
    for (let phones = 0; phones < 2 * LIMITS.failedLoginsPerMinute; phones += 1) {
      const asked = await request('/accounts', newAccountOf(aPhone(request)));
      expect(asked.status).toBe(403);
      expect(await asked.json()).toEqual({ error: 'NotAllowed' });
    }
    expect((await request('/accounts', newAccountOf(aPhone(request), { enrol: 'sunday' }))).status).toBe(403);
  });

  test('that failed does not count as one of those of an hour', async () => {
    let isBroken = true;
    const { request } = await createTestApi({
      rates: { ...NO_RATES, newAccountsPerHour: 1 },
      changeStore: (store) => ({
        ...store,
        createAccount: (...asked) =>
          isBroken ? Promise.reject(new BusyError('the disk is full')) : store.createAccount(...asked),
      }),
    });
    const phone = aPhone(request);
    for (let tries = 0; tries < 5; tries += 1)
      expect((await request('/accounts', newAccountOf(phone))).status).toBe(503);
    isBroken = false;
    expect((await request('/accounts', newAccountOf(phone))).status).toBe(201);
    const taken = aPhone(request, { aid: phone.aid });
    for (let tries = 0; tries < 5; tries += 1)
      expect((await request('/accounts', newAccountOf(taken), '203.0.113.9')).status).toBe(409);
    expect((await request('/accounts', newAccountOf(aPhone(request)), '203.0.113.9')).status).toBe(201);
  });

  test('is possible 60 times an hour from one address, and asking again does not count', async () => {
    const { request, clock } = await createTestApi({
      rates: { ...NO_RATES, newAccountsPerHour: LIMITS.newAccountsPerHour },
    });
    const phone = aPhone(request);
    await request('/accounts', newAccountOf(phone));
    for (let more = 1; more < LIMITS.newAccountsPerHour; more += 1) {
      expect((await request('/accounts', newAccountOf(phone))).status).toBe(200);
      expect((await request('/accounts', newAccountOf(aPhone(request)))).status).toBe(201);
    }
    const late = aPhone(request);
    const refused = await request('/accounts', newAccountOf(late));
    expect(refused.status).toBe(429);
    expect(await refused.json()).toEqual({ error: 'TooManyRequests' });
    const seconds = Number(refused.headers.get('Retry-After'));
    expect(seconds).toBe(60);
    expect((await request('/accounts', newAccountOf(late), '203.0.113.8')).status).toBe(201);
    clock.now += seconds * 1000;
    expect((await request('/accounts', newAccountOf(aPhone(request)))).status).toBe(201);
  });

  test.each([
    ['not JSON', '{'],
    ['not UTF-8', Uint8Array.of(0x22, 0xff, 0x22)],
    ['a list', '[]'],
    ['nothing in it', '{}'],
    ['a short id', { aid: 'AAAA' }],
    ['an id with a second spelling', { aid: `${'A'.repeat(21)}B` }],
    ['no ring', { ring: '' }],
    ['a ring one byte too long', { ring: bytesToText(newBytes(LIMITS.ring + 1)) }],
    ['something more', { admin: true }],
    ['an enrol code without end', { enrol: 'a'.repeat(201) }],
  ])('with %s is refused', async (_name, body) => {
    const { request } = await createTestApi();
    const whole =
      typeof body === 'string' || body instanceof Uint8Array
        ? { method: 'POST', body }
        : newAccountOf(aPhone(request), body);
    const refused = await request('/accounts', whole as RequestInit);
    expect(refused.status).toBe(400);
    expect(await refused.json()).toEqual({ error: 'BadRequest' });
  });

  test('takes the largest ring', async () => {
    const { request } = await createTestApi();
    const phone = { ...aPhone(request), ring: newBytes(LIMITS.ring) };
    expect((await request('/accounts', newAccountOf(phone, { enrol: 'x'.repeat(200) }))).status).toBe(201);
    const account = (await (await phone.ask('/account')).json()) as { ring: string };
    expect(account.ring).toBe(bytesToText(phone.ring));
  });

  test('reads no body that is larger than any account', async () => {
    const { request } = await createTestApi();
    const body = JSON.stringify({ ring: 'A'.repeat(30_000) });
    const refused = await request('/accounts', { method: 'POST', body });
    expect(refused.status).toBe(413);
    expect(await refused.json()).toEqual({ error: 'TooLarge' });
    const chunked = await request('/accounts', {
      method: 'POST',
      body: '{}',
      headers: { 'Transfer-Encoding': 'chunked' },
    });
    expect(chunked.status).toBe(411);
    expect(await chunked.json()).toEqual({ error: 'LengthRequired' });
  });
});

describe('looking at an account', () => {
  test('tells ring, head, manifest, what is used and what may be', async () => {
    const { request } = await createTestApi();
    const phone = await aWorker(request);
    const empty = v.parse(ACCOUNT, await (await phone.ask('/account')).json());
    expect(empty).toEqual({
      ring: bytesToText(phone.ring),
      ringVersion: 1,
      head: 0,
      manifest: null,
      used: { records: 0, bytes: 0, blobs: 0, blobBytes: 0 },
      limits: QUOTAS,
    });

    const manifest = newBytes(301);
    await phone.ask('/records', aPush(0, { manifest }));
    await phone.ask(`/blobs/${bytesToText(newId())}`, aPhoto(newBytes(1069)));
    const full = v.parse(ACCOUNT, await (await phone.ask('/account')).json());
    expect(full.manifest).toBe(bytesToText(manifest));
    expect(full.used).toEqual({ records: 1, bytes: 301, blobs: 1, blobBytes: 1069 });
    expect(full.head).toBe(1);

    const reader = await aReader(phone, request);
    const seen = v.parse(ACCOUNT, await (await reader.ask('/account')).json());
    expect(seen).toEqual({ ...full, ring: bytesToText(reader.ring) });
  });
});

describe('the health of the server', () => {
  test('needs no code', async () => {
    const { request } = await createTestApi();
    const healthy = await request('/health');
    expect(healthy.status).toBe(200);
    expect(await healthy.json()).toEqual({ ok: true });
  });

  test('is bad when the database does not answer', async () => {
    const { request, lines } = await createTestApi({
      changeStore: (store) => ({
        ...store,
        findCredential: () => Promise.reject(new Error('secret words of an error')),
      }),
    });
    const ill = await request('/health');
    expect(ill.status).toBe(503);
    expect(await ill.json()).toEqual({ error: 'Busy' });
    expect(Number(ill.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect(lines.join('\n')).toMatch(
      /^Trouble with \/health: Error at [\w.]+:\d+\nGET \/v1\/health 503 0 ms$/,
    );
  });
});
