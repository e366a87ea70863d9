import { describe, expect, test } from 'vitest';
import * as v from 'valibot';
import { CREDENTIAL_LIST, LIMITS } from '#shared/protocol.ts';
import { bytesToText } from './base64.ts';
import {
  aPhone,
  aPhoto,
  aPush,
  aReader,
  aWorker,
  createTestApi,
  newBytes,
  newId,
  type Phone,
  sha256,
  slowly,
} from './testApi.ts';

interface Changes {
  readonly authHash?: string | undefined;
  readonly role?: string;
  readonly ring?: string;
  readonly ringVersion?: number;
}

/** What an owner sends to make or reseal the code of `phone`. */
function credentialOf(phone: Phone, changes: Changes = {}): RequestInit {
  const whole = {
    authHash: bytesToText(sha256(phone.token)),
    role: 'owner',
    ring: bytesToText(phone.ring),
    ringVersion: 1,
    ...changes,
  };
  return { method: 'PUT', body: JSON.stringify(whole) };
}

const pathOf = (phone: Phone): string => `/creds/${bytesToText(phone.cid)}`;

async function list(phone: Phone) {
  return v.parse(CREDENTIAL_LIST, await (await phone.ask('/creds')).json());
}

async function expectRefusal(answer: Response, status: number, error: string): Promise<void> {
  expect(answer.status).toBe(status);
  expect(await answer.json()).toEqual({ error });
}

describe('a code', () => {
  test('is made, replaced with a higher ring version, and taken away', async () => {
    const { request } = await createTestApi();
    const owner = await aWorker(request);
    const second = aPhone(request, { aid: owner.aid });
    expect((await owner.ask(pathOf(second), credentialOf(second))).status).toBe(201);
    expect((await second.ask('/account')).status).toBe(200);

    const ring = bytesToText(newBytes(500));
    const resealed = await owner.ask(pathOf(second), credentialOf(second, { ring, ringVersion: 2 }));
    expect(resealed.status).toBe(200);
    expect(await list(owner)).toContainEqual({
      cid: bytesToText(second.cid),
      role: 'owner',
      ring,
      ringVersion: 2,
    });
    expect((await owner.ask(pathOf(second), { method: 'DELETE' })).status).toBe(204);
    expect((await second.ask('/account')).status).toBe(401);
    expect((await owner.ask(pathOf(second), { method: 'DELETE' })).status).toBe(204);
  });

  test('whose token the owner does not know keeps it when its ring is sealed again', async () => {
    const { request } = await createTestApi();
    const owner = await aWorker(request);
    const reader = await aReader(owner, request);
    const ring = bytesToText(newBytes(301));
    const changes = { authHash: undefined, role: 'reader', ring, ringVersion: 2 };
    expect((await owner.ask(pathOf(reader), credentialOf(reader, changes))).status).toBe(200);
    const seen = (await (await reader.ask('/account')).json()) as { ring: string };
    expect(seen.ring).toBe(ring);
    const stranger = aPhone(request, { aid: owner.aid });
    await expectRefusal(await owner.ask(pathOf(stranger), credentialOf(stranger, changes)), 404, 'NotFound');
  });

  test('of another account is neither replaced nor taken away nor listed', async () => {
    const { request } = await createTestApi();
    const [owner, other] = [await aWorker(request), await aWorker(request)];
    await expectRefusal(
      await owner.ask(pathOf(other), credentialOf(other, { ringVersion: 9 })),
      409,
      'AlreadyExists',
    );
    expect((await owner.ask(pathOf(other), { method: 'DELETE' })).status).toBe(204);
    expect((await other.ask('/account')).status).toBe(200);
    expect((await list(owner)).map(({ cid }) => cid)).toEqual([bytesToText(owner.cid)]);
  });

  test('is not replaced by a ring version that is not higher', async () => {
    const { request } = await createTestApi();
    const owner = await aWorker(request);
    await owner.ask(pathOf(owner), credentialOf(owner, { ringVersion: 5 }));
    for (const ringVersion of [1, 4, 5]) {
      await expectRefusal(
        await owner.ask(pathOf(owner), credentialOf(owner, { ringVersion })),
        409,
        'AlreadyExists',
      );
    }
    expect((await owner.ask(pathOf(owner), credentialOf(owner, { ringVersion: 6 }))).status).toBe(200);
  });

  test('can be made five times and not a sixth time', async () => {
    const { request } = await createTestApi();
    const owner = await aWorker(request);
    for (let codes = 1; codes < LIMITS.credentials; codes += 1) await aReader(owner, request);
    const sixth = aPhone(request, { aid: owner.aid });
    await expectRefusal(await owner.ask(pathOf(sixth), credentialOf(sixth)), 409, 'AlreadyExists');
    expect((await list(owner)).length).toBe(LIMITS.credentials);
  });

  test('that is the last of an owner stays', async () => {
    const { request } = await createTestApi();
    const owner = await aWorker(request);
    await aReader(owner, request);
    await expectRefusal(await owner.ask(pathOf(owner), { method: 'DELETE' }), 409, 'AlreadyExists');
    await expectRefusal(
      await owner.ask(pathOf(owner), credentialOf(owner, { role: 'reader', ringVersion: 2 })),
      409,
      'AlreadyExists',
    );
    // A new code and the old one cancelled: the way out when a phone is in wrong hands.
    const next = aPhone(request, { aid: owner.aid });
    await owner.ask(pathOf(next), credentialOf(next));
    expect((await next.ask(pathOf(owner), { method: 'DELETE' })).status).toBe(204);
    expect((await owner.ask('/account')).status).toBe(401);
  });

  test('of a reader opens none of this', async () => {
    const { request } = await createTestApi();
    const owner = await aWorker(request);
    const reader = await aReader(owner, request);
    await expectRefusal(await reader.ask('/creds'), 403, 'NotAllowed');
    const own = credentialOf(reader, { role: 'owner', ringVersion: 2 });
    await expectRefusal(await reader.ask(pathOf(reader), own), 403, 'NotAllowed');
    await expectRefusal(await reader.ask(pathOf(owner), { method: 'DELETE' }), 403, 'NotAllowed');
  });

  test('takes the largest ring, and not one byte more', async () => {
    const { request } = await createTestApi();
    const owner = await aWorker(request);
    const put = (bytes: number) =>
      owner.ask(pathOf(owner), credentialOf(owner, { ring: bytesToText(newBytes(bytes)), ringVersion: 2 }));
    await expectRefusal(await put(LIMITS.ring + 1), 400, 'BadRequest');
    expect((await put(LIMITS.ring)).status).toBe(200);
  });

  test.each([
    ['no role', { role: 'king' }],
    ['ring version 0', { ringVersion: 0 }],
    ['a ring version beyond u32', { ringVersion: 2 ** 32 }],
    ['an empty ring', { ring: '' }],
    ['a short hash', { authHash: 'AAAA' }],
    ['something more', { aid: bytesToText(newId()) }],
  ])('with %s is refused', async (_name, changes) => {
    const { request } = await createTestApi();
    const owner = await aWorker(request);
    await expectRefusal(
      await owner.ask(pathOf(owner), credentialOf(owner, { ringVersion: 2, ...changes })),
      400,
      'BadRequest',
    );
  });

  test('that is taken away while its request is on the way changes nothing any more', async () => {
    const { request } = await createTestApi();
    const owner = await aWorker(request);
    const [lost, next] = [aPhone(request, { aid: owner.aid }), aPhone(request, { aid: owner.aid })];
    await owner.ask(pathOf(lost), credentialOf(lost));
    const late = [
      ['/records', slowly(aPush(0))],
      [`/blobs/${bytesToText(newId())}`, slowly(aPhoto(newBytes(100)))],
      [pathOf(next), slowly(credentialOf(next))],
      [pathOf(owner), slowly(credentialOf(owner, { ringVersion: 7 }))],
    ] as const;
    const answers = late.map(([path, { init }]) => lost.ask(path, init));
    await Promise.all(late.map(([, { asked }]) => asked));
    expect((await owner.ask(pathOf(lost), { method: 'DELETE' })).status).toBe(204);
    for (const [, { send }] of late) send();
    for (const answer of await Promise.all(answers)) {
      expect(answer.headers.get('WWW-Authenticate')).toBe('Bearer');
      await expectRefusal(answer, 401, 'NotAuthorised');
    }
    expect((await next.ask('/account')).status).toBe(401);
    expect(await (await owner.ask('/account')).json()).toMatchObject({
      head: 0,
      ringVersion: 1,
      used: { blobs: 0 },
    });
  });

  test('named by something that is no code is refused', async () => {
    const { request } = await createTestApi();
    const owner = await aWorker(request);
    await expectRefusal(await owner.ask('/creds/x', credentialOf(owner)), 400, 'BadRequest');
    await expectRefusal(await owner.ask('/creds/x', { method: 'DELETE' }), 400, 'BadRequest');
  });
});
