import { randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { PullPage, PushBody } from '#shared/protocol.ts';
import { BusyError, type NewAccount, type Quotas, type Store, type Usage } from '#server/store/store.ts';

/** Things for tests of a store: made-up bytes, and a phone that is patient. */

export const TODAY = 20_779;

export const id = (): Uint8Array => new Uint8Array(randomBytes(16));
export const bytes = (length: number): Uint8Array<ArrayBuffer> => new Uint8Array(randomBytes(length));
export const hex = (value: Uint8Array): string => Buffer.from(value).toString('hex');

/** No quota that a test runs into by accident. */
export const aQuota = (changes: Partial<Quotas> = {}): Quotas => ({
  records: 20_000,
  bytes: 32 * 1024 * 1024,
  blobs: 300,
  blobBytes: 100 * 1024 * 1024,
  firstDay: 60 * 1024 * 1024,
  ...changes,
});

export const aNewAccount = (changes: Partial<NewAccount> = {}): NewAccount => ({
  aid: id(),
  cid: id(),
  authHash: bytes(32),
  ring: bytes(301),
  ...changes,
});

export const aRecord = (changes: Partial<PushBody['records'][number]> = {}): PushBody['records'][number] => ({
  rid: id(),
  env: bytes(301),
  ...changes,
});

export const aPush = (...records: PushBody['records']): PushBody => ({ manifest: bytes(301), records });

export const aBlob = (size = 1000) => ({ bid: id(), size, digest: bytes(32) });

/** Opens an account in the store. */
export async function anAccount(store: Store, changes: Partial<NewAccount> = {}): Promise<NewAccount> {
  const account = aNewAccount(changes);
  const created = await patiently(() => store.createAccount(account, TODAY));
  if (created.type !== 'Created') throw new Error(`The account was not created: ${created.type}`);
  return account;
}

/** Asks again after 503, as a phone does. */
export async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    // SQLite answers without a pause; a loop of requests would leave no turn to anything else.
    await setImmediate();
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof BusyError) || attempt === 20) throw error;
    }
  }
}

/** What the account uses; `null` when it is gone. */
export async function usedBy(store: Store, aid: Uint8Array): Promise<Usage | null> {
  const read = await patiently(() => store.readAccount(aid));
  return read.type === 'Account' ? read.account.used : null;
}

/** A whole pull, page by page. */
export async function pullAll(
  store: Store,
  aid: Uint8Array,
  limits = { records: 1000, bytes: 1024 * 1024 },
): Promise<PullPage> {
  const records: PullPage['records'][number][] = [];
  for (let since = 0; ; ) {
    const pulled = await patiently(() => store.pull(aid, since, limits));
    if (pulled.type === 'Gone') throw new Error('The account is gone.');
    const { page } = pulled;
    records.push(...page.records);
    if (page.manifest !== null || page.head === 0) return { ...page, records };
    since = page.records.at(-1)?.seq ?? page.head;
  }
}

/** Deletes an account to the end. */
export async function deleteWholly(store: Store, aid: Uint8Array, most = 1000): Promise<void> {
  await patiently(() => store.startDeletion(aid));
  await finishDeletion(store, aid, most);
}

export async function finishDeletion(store: Store, aid: Uint8Array, most = 1000): Promise<void> {
  while (!(await patiently(() => store.continueDeletion(aid, most, TODAY + 90))).done);
}

/** Resolves to the answers in the order of the questions, all asked at once. */
export const atOnce = <T>(count: number, ask: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => patiently(() => ask(index))));

export const typesOf = (answers: readonly { readonly type: string }[]): string[] =>
  answers.map(({ type }) => type).sort();
