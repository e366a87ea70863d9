import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as v from 'valibot';
import {
  ACCOUNT,
  BLOB_LIST,
  CREDENTIAL,
  CREDENTIAL_LIST,
  decodePullPage,
  decodePushBody,
  encodePullPage,
  encodePushBody,
  ERROR_ANSWER,
  HEAD_ANSWER,
  LIMITS,
  NEW_ACCOUNT,
  type PullPage,
  type PushBody,
} from './protocol.ts';

const bytes = (least: number, most: number) => fc.uint8Array({ minLength: least, maxLength: most });
const rid = bytes(16, 16);
const env = bytes(0, 600);

const pages: fc.Arbitrary<PullPage> = fc.record({
  head: fc.maxSafeNat(),
  manifest: fc.option(bytes(1, 400)),
  records: fc.array(fc.record({ rid, seq: fc.maxSafeNat(), env }), { maxLength: 8 }),
});

const pushes: fc.Arbitrary<PushBody> = fc.record({
  manifest: bytes(1, 400),
  records: fc.uniqueArray(fc.record({ rid, env }), { maxLength: 8, selector: (record) => record.rid.join() }),
});

describe('frames', () => {
  test('are read as they were written', () => {
    fc.assert(
      fc.property(pages, pushes, (page, push) => {
        expect(decodePullPage(encodePullPage(page))).toEqual(page);
        expect(decodePushBody(encodePushBody(push))).toEqual(push);
      }),
    );
  });

  test('that are cut off or have bytes left over are refused', () => {
    fc.assert(
      fc.property(pages, pushes, fc.nat(), (page, push, at) => {
        for (const [whole, decode] of [
          [encodePullPage(page), decodePullPage],
          [encodePushBody(push), decodePushBody],
        ] as const) {
          expect(decode(whole.slice(0, at % whole.length))).toBeNull();
          expect(decode(Uint8Array.from([...whole, 0]))).toBeNull();
        }
      }),
    );
  });

  test('of chance bytes never throw and never take much memory', () => {
    fc.assert(
      fc.property(bytes(0, 200), (chance) => {
        const framed = Uint8Array.from([1, ...chance]);
        for (const decode of [decodePullPage, decodePushBody]) {
          const read = decode(framed);
          expect((read?.records ?? []).reduce((sum, record) => sum + record.env.length, 0)).toBeLessThan(201);
        }
      }),
      { numRuns: 20_000 },
    );
  });

  test('of another version, without a manifest, or with a record twice are refused', () => {
    const record = { rid: new Uint8Array(16), env: new Uint8Array(3) };
    const push = encodePushBody({ manifest: Uint8Array.of(1), records: [record] });
    expect(decodePushBody(Uint8Array.from([2, ...push.slice(1)]))).toBeNull();
    expect(decodePushBody(encodePushBody({ manifest: new Uint8Array(0), records: [record] }))).toBeNull();
    expect(
      decodePushBody(encodePushBody({ manifest: Uint8Array.of(1), records: [record, record] })),
    ).toBeNull();
  });

  test.each([
    ['a manifest', { manifest: LIMITS.manifest, env: 0, records: 0 }],
    ['a record', { manifest: 1, env: LIMITS.env, records: 1 }],
    ['the number of records', { manifest: 1, env: 0, records: LIMITS.pushRecords }],
  ])('hold at the limit of %s, and not one above it', (_name, size) => {
    const push = (more: Partial<typeof size>) => {
      const { manifest, env: length, records } = { ...size, ...more };
      return encodePushBody({
        manifest: new Uint8Array(manifest),
        records: Array.from({ length: records }, (_, index) => ({
          rid: Uint8Array.from({ length: 16 }, (_byte, place) =>
            place < 2 ? (index >> (8 * place)) & 255 : 0,
          ),
          env: new Uint8Array(length),
        })),
      });
    };
    expect(decodePushBody(push({}))).not.toBeNull();
    if (size.manifest > 1) expect(decodePushBody(push({ manifest: size.manifest + 1 }))).toBeNull();
    if (size.env > 0) expect(decodePushBody(push({ env: size.env + 1 }))).toBeNull();
    if (size.records > 1) expect(decodePushBody(push({ records: size.records + 1 }))).toBeNull();
  });
});

describe('JSON messages', () => {
  const id = 'A'.repeat(22);
  const hash = 'A'.repeat(43);
  const used = { records: 1, bytes: 2, blobs: 3, blobBytes: 4 };

  test.each([
    ['a new account', NEW_ACCOUNT, { aid: id, cid: id, authHash: hash, ring: 'AAAA' }],
    [
      'an account',
      ACCOUNT,
      { ring: 'AAAA', ringVersion: 1, head: 0, manifest: null, used, limits: { ...used, firstDay: 5 } },
    ],
    ['a head', HEAD_ANSWER, { head: 7 }],
    ['a list of photos', BLOB_LIST, [{ bid: id, size: 9 }]],
    ['a credential', CREDENTIAL, { authHash: hash, role: 'reader', ring: 'AAAA', ringVersion: 1 }],
    ['a ring sealed again, its token unknown', CREDENTIAL, { role: 'reader', ring: 'AAAA', ringVersion: 2 }],
    ['a list of credentials', CREDENTIAL_LIST, [{ cid: id, role: 'owner', ring: 'AAAA', ringVersion: 2 }]],
    ['an error', ERROR_ANSWER, { error: 'QuotaExceeded', which: 'blobs', limit: 300, used: 300 }],
  ])('%s fits, and nothing else does', (_name, schema, message) => {
    expect(v.is(schema, message)).toBe(true);
    const broken = {
      head: -1,
      ring: '?',
      aid: 'short',
      cid: 'short',
      bid: 'short',
      role: 'king',
      error: 'x',
    };
    for (const other of [null, {}, 'text', [broken], broken]) expect(v.is(schema, other)).toBe(false);
  });
});
