import { beforeAll, describe, expect, test } from 'vitest';
import type { Credential, Store } from '#server/store/store.ts';
import {
  aBlob,
  anAccount,
  aNewAccount,
  aPush,
  aQuota,
  aRecord,
  atOnce,
  id,
  patiently,
  pullAll,
  TODAY,
  typesOf,
} from './builders.ts';
import type { Setting } from './setting.ts';

const PAGE = { records: 1000, bytes: 1024 * 1024 };

export function describeAccounts({ getStore }: Setting): void {
  describe('accounts', () => {
    let store: Store;
    beforeAll(() => {
      store = getStore();
    });

    test('opens an account, and says so again when the answer got lost', async () => {
      const account = aNewAccount();
      expect(await store.createAccount(account, TODAY)).toEqual({ type: 'Created' });
      expect(await store.createAccount(account, TODAY + 1)).toEqual({ type: 'Same' });
      expect(await store.readAccount(account.aid)).toEqual({
        type: 'Account',
        account: {
          head: 0,
          manifest: null,
          used: { records: 0, bytes: 0, blobs: 0, blobBytes: 0 },
        },
      });
      expect(await store.findCredential(account.cid)).toEqual({
        type: 'Known',
        credential: { ...account, role: 'owner', ringVersion: 1 } satisfies Credential,
      });
    });

    test('says the same when the account has been used since', async () => {
      const account = await anAccount(store);
      await patiently(() => store.push(account, 0, aPush(aRecord()), aQuota()));
      expect(await store.createAccount(account, TODAY)).toEqual({ type: 'Same' });
      expect((await pullAll(store, account.aid)).head).toBe(1);
    });

    test('refuses an account or a code that somebody else has', async () => {
      const account = await anAccount(store);
      for (const stranger of [
        aNewAccount({ aid: account.aid }),
        aNewAccount({ cid: account.cid }),
        aNewAccount({ aid: account.aid, cid: account.cid }),
      ])
        expect(await store.createAccount(stranger, TODAY)).toEqual({ type: 'AlreadyExists' });
      const found = await store.findCredential(account.cid);
      expect(found.type === 'Known' && found.credential.authHash).toEqual(account.authHash);
      expect(await store.listCredentials(account.aid)).toHaveLength(1);
    });

    test('leaves no second account behind when the code is taken', async () => {
      const account = await anAccount(store);
      const stranger = aNewAccount({ cid: account.cid });
      expect(await store.createAccount(stranger, TODAY)).toEqual({ type: 'AlreadyExists' });
      expect(await store.readAccount(stranger.aid)).toEqual({ type: 'Gone' });
    });

    test('opens it once when the same request comes several times at once', async () => {
      const account = aNewAccount();
      const answers = await atOnce(5, () => store.createAccount(account, TODAY));
      expect(typesOf(answers)).toEqual(['Created', 'Same', 'Same', 'Same', 'Same']);
    });

    test('opens it for one of two phones that made up the same account', async () => {
      for (let round = 0; round < 5; round++) {
        const both = [aNewAccount(), aNewAccount()];
        const aid = id();
        const answers = await atOnce(2, (index) =>
          store.createAccount({ ...aNewAccount(both[index]), aid }, TODAY),
        );
        expect(typesOf(answers)).toEqual(['AlreadyExists', 'Created']);
        expect(await store.listCredentials(aid)).toHaveLength(1);
      }
    });

    test('gives a code to one of two accounts that ask for it at once', async () => {
      for (let round = 0; round < 5; round++) {
        const cid = id();
        const answers = await atOnce(2, () => store.createAccount(aNewAccount({ cid }), TODAY));
        expect(typesOf(answers)).toEqual(['AlreadyExists', 'Created']);
      }
    });

    test('does not know a code that nobody has', async () => {
      expect(await store.findCredential(id())).toEqual({ type: 'Unknown' });
    });

    test('says gone for an account that was never there', async () => {
      const [aid, gone] = [id(), { type: 'Gone' }];
      const { cid, authHash, ring } = aNewAccount();
      const nobody = { aid, cid };
      expect(await store.readAccount(aid)).toEqual(gone);
      expect(await store.pull(aid, 0, PAGE)).toEqual(gone);
      expect(await store.push(nobody, 0, aPush(aRecord()), aQuota())).toEqual(gone);
      expect(await store.reserveBlob(nobody, aBlob(), TODAY, aQuota())).toEqual(gone);
      expect(await store.finishBlob(aid, id())).toEqual(gone);
      expect(await store.hideBlob(aid, id())).toEqual(gone);
      expect(await store.findBlob(aid, id())).toEqual(gone);
      expect(await store.listBlobs(aid)).toEqual(gone);
      expect(await store.listCredentials(aid)).toEqual(gone);
      const code = { cid, role: 'owner', authHash, ring, ringVersion: 1 } as const;
      expect(await store.putCredential(nobody, code, 5)).toEqual(gone);
      expect(await store.deleteCredential(nobody, cid)).toEqual(gone);
      await store.touch(aid, TODAY);
      await store.forgetBlob(aid, id());
    });
  });
}
