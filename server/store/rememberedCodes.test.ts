import { expect, test } from 'vitest';
import { aNewAccount, id } from './conformance/builders.ts';
import { createRememberedCodes } from './rememberedCodes.ts';
import type { Credential, Login } from './store.ts';

function aCode(): Credential {
  return { ...aNewAccount(), role: 'owner', ringVersion: 1 };
}

const found = (credential: Credential): Promise<Login> => Promise.resolve({ type: 'Known', credential });

test('remembers a code that was found, and none that was not', async () => {
  const codes = createRememberedCodes();
  const code = aCode();
  const find = codes.remembering((cid) =>
    cid === code.cid ? found(code) : Promise.resolve({ type: 'Unknown' }),
  );
  expect(codes.recall(code.cid)).toBeNull();
  await find(code.cid);
  // The same bytes in another place.
  expect(codes.recall(Buffer.concat([Buffer.alloc(3), code.cid]).subarray(3))).toBe(code);
  const other = id();
  await find(other);
  expect(codes.recall(other)).toBeNull();
  codes.forget();
  expect(codes.recall(code.cid)).toBeNull();
});

test('does not remember what was read before a change and arrives after it', async () => {
  const codes = createRememberedCodes();
  const code = aCode();
  const { promise, resolve } = Promise.withResolvers<Login>();
  const finding = codes.remembering(() => promise)(code.cid);
  codes.forget();
  resolve({ type: 'Known', credential: code });
  expect(await finding).toMatchObject({ type: 'Known' });
  expect(codes.recall(code.cid)).toBeNull();
});

test('remembers only so many', async () => {
  const codes = createRememberedCodes();
  const all = Array.from({ length: 5000 }, aCode);
  for (const code of all) await codes.remembering(() => found(code))(code.cid);
  const remembered = all.filter(({ cid }) => codes.recall(cid) !== null).length;
  expect(remembered).toBeGreaterThan(0);
  expect(remembered).toBeLessThanOrEqual(2000);
});
