import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { describe, expect, test } from 'vitest';
import { fromHex, toHex, u32, u64, concat } from './bytes.ts';
import { open, padme, type Seal, seal, tagOf } from './envelope.ts';
import { accountKeys, authHash, contributionOf, credentialOf, deriveRoot, epochKeys, ridOf } from './keys.ts';
import { groupsOf, qrText, readCode } from './recoveryCode.ts';

/* The vectors of docs/sync-design.md §17, which a second implementation has checked. */

const DIGITS = '01234567890123456789012345678901';
const bytes = (length: number, value: number) => new Uint8Array(length).fill(value);
const digest = (data: Uint8Array) => toHex(sha256(data));
const aid = bytes(16, 0xa1);
const account = accountKeys(bytes(32, 0x22));
const epoch = epochKeys(bytes(32, 0x11));
const nonce = () => bytes(24, 7);
const rid = ridOf(account, 'diary', 'd-2026-11-21');
const CONTRIBUTION = '1093e79de4c2480198a3b42edace3045e9ffa112e5f543c861c443bfdf93e6ed';

function sealed(content: Uint8Array, how: Seal): Uint8Array {
  const env = seal(content, how, nonce);
  if (!env) throw new Error('Too large.');
  expect(open(env, how)).toEqual(content);
  return env;
}

const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const root = await deriveRoot(DIGITS);

test('the code stands in eight groups, and is read back', () => {
  expect(groupsOf(DIGITS).join(' ')).toBe('01236 45673 89015 23452 67898 01232 45671 89019');
  expect(readCode(qrText(DIGITS))).toEqual({ type: 'Code', digits: DIGITS });
});

describe('keys', () => {
  test('of a code', () => {
    expect(toHex(root)).toBe('8fce6861b27a11bbf1c96b2c3c1e76a9015383170676f7ee43d1ae0095accc08');
    const { cid, token, wrap } = credentialOf(root);
    expect(toHex(cid)).toBe('e4f43e7b975431ac7e919dfae32ecf4e');
    expect(toHex(token)).toBe('6b87a5db39fb649d5434a4583e33647b600749bd974f8a3b63048f99cb13546f');
    expect(toHex(authHash(token))).toBe('e0a904362a9cf173bbc5439577f2092e4a30cffbae5396ed280803ad428d6e23');
    expect(toHex(wrap)).toBe('366185a1f120fc7eb9b3453a7078d479673d21fcf71361e2b42da79b418bdf03');
  });

  test('of an account and an epoch', () => {
    const mac = (key: string) => toHex(hmac(sha256, fromHex(key, 32) ?? bytes(0, 0), rid));
    expect(toHex(account.rid(rid))).toBe(
      mac('eb34e0d63145fad4fbb343fedd6c0dc69d6502a7d5972777956e52516b28be74'),
    );
    expect(toHex(account.set(rid))).toBe(
      mac('3f9775e47f7bcbf341b27867be08f90b9f0803e5a8c472eca8486678add4d93c'),
    );
    expect(toHex(epoch.rec)).toBe('246b911694b4f73b329d4859461be3bab1c1d0bc529f04be1c38d5b66333a616');
  });
});

describe('envelopes', () => {
  test('of a record', () => {
    expect(toHex(rid)).toBe('fbd78b15b381dfb7636cea864f19dbe2');
    const env = sealed(json({ v: 1 }), {
      kind: 'rec',
      key: epoch.rec,
      epoch: 1,
      binding: concat(aid, rid, u64(5)),
    });
    expect(env).toHaveLength(301);
    expect(digest(env)).toBe('e9977636c6027d9f5e7a0ab6cf4fd51c79d9cef2d389d6ebf1dc28eff7171906');
    expect(toHex(tagOf(env))).toBe('9fe243cecc929396a269bf802dcba006');
    expect(toHex(contributionOf(account, rid, 5, tagOf(env)))).toBe(CONTRIBUTION);
  });

  test('of a manifest', () => {
    const manifest = { head: 5, count: 1, x: CONTRIBUTION, ep: 1, at: 1795219200000, live: 1 };
    const binding = concat(aid, u64(5));
    const env = sealed(json(manifest), { kind: 'man', key: epoch.man, epoch: 1, binding });
    expect(env).toHaveLength(301);
    expect(digest(env)).toBe('c5b41e7ebe6219a5d04c1d1ece657067cae62b89d3c0851c854889fc094972d7');
  });

  test('of a ring', () => {
    const { cid, wrap } = credentialOf(root);
    const env = sealed(json({ v: 1 }), { kind: 'ring', key: wrap, epoch: 0, binding: concat(cid, u32(1)) });
    expect(env).toHaveLength(301);
    expect(digest(env)).toBe('e6c6b929790bd8be20695a6342d58c50a432225012fb6dc7c2373f57e0d026ff');
  });

  test('of a photo', () => {
    const binding = concat(aid, bytes(16, 0xb2));
    const env = sealed(bytes(1000, 5), { kind: 'blob', key: epoch.blob, epoch: 1, binding });
    expect(env).toHaveLength(1069);
    expect(digest(env)).toBe('da1b760ad56b158befa4d5071f0d32881944db00d8bfb40bbc77439853e59622');
  });

  test('are padded to the sizes of PADMÉ', () => {
    expect(padme(300_004)).toBe(303_104);
    expect(padme(60_004)).toBe(61_440);
  });
});

test('hex is read strictly', () => {
  expect(fromHex('00ff', 2)).toEqual(Uint8Array.of(0, 255));
  for (const text of ['00f', '00FF', '00fg', '00ff00']) expect(fromHex(text, 2)).toBeNull();
});
