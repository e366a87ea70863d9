import { beforeAll, describe, expect, test } from 'vitest';
import type { Credential, Store } from '#server/store/store.ts';
import {
  aBlob,
  anAccount,
  aPush,
  aQuota,
  aRecord,
  atOnce,
  bytes,
  hex,
  id,
  patiently,
  pullAll,
  TODAY,
  typesOf,
  usedBy,
} from './builders.ts';
import type { Setting } from './setting.ts';

export function describeCodes({ getStore, withOwnDatabase }: Setting): void {
  describe('codes', () => {
    let store: Store;
    beforeAll(() => {
      store = getStore();
    });

    const aCode = (aid: Uint8Array, changes: Partial<Credential> = {}): Credential => ({
      cid: id(),
      aid,
      role: 'owner',
      authHash: bytes(32),
      ring: bytes(301),
      ringVersion: 1,
      ...changes,
    });
    const codesOf = async (aid: Uint8Array): Promise<readonly Credential[]> => {
      const listed = await patiently(() => store.listCredentials(aid));
      if ('type' in listed) throw new Error('gone');
      return listed;
    };

    test('adds a code and finds it', async () => {
      const worker = await anAccount(store);
      const { aid, cid } = worker;
      const reader = aCode(aid, { role: 'reader', ringVersion: 7 });
      expect(await store.putCredential(worker, reader, 5)).toEqual({ type: 'Created' });
      expect(await store.findCredential(reader.cid)).toEqual({ type: 'Known', credential: reader });
      const codes = await codesOf(aid);
      expect(codes.map((code) => hex(code.cid)).sort()).toEqual([cid, reader.cid].map(hex).sort());
      expect(codes).toContainEqual(reader);
    });

    test('writes a ring again only with a higher version', async () => {
      const worker = await anAccount(store);
      const { aid } = worker;
      const code = aCode(aid, { ringVersion: 2 });
      await store.putCredential(worker, code, 5);
      for (const ringVersion of [1, 2])
        expect(await store.putCredential(worker, { ...code, ring: bytes(50), ringVersion }, 5)).toEqual({
          type: 'AlreadyExists',
        });
      expect(await store.findCredential(code.cid)).toEqual({ type: 'Known', credential: code });
      const newer = { ...code, ring: bytes(400), ringVersion: 3 };
      expect(await store.putCredential(worker, { ...newer, authHash: null }, 5)).toEqual({
        type: 'Replaced',
      });
      expect(await store.findCredential(code.cid)).toEqual({ type: 'Known', credential: newer });
      const other = { ...newer, authHash: bytes(32), ringVersion: 4 };
      expect(await store.putCredential(worker, other, 5)).toEqual({ type: 'Replaced' });
      expect(await store.findCredential(code.cid)).toEqual({ type: 'Known', credential: other });
    });

    test('does not add a code without something to compare its token with', async () => {
      const worker = await anAccount(store);
      const { aid } = worker;
      expect(await store.putCredential(worker, { ...aCode(aid), authHash: null }, 5)).toEqual({
        type: 'NotFound',
      });
      expect(await codesOf(aid)).toHaveLength(1);
    });

    test('refuses the code of another account', async () => {
      const [mine, theirs] = [await anAccount(store), await anAccount(store)];
      const stolen = aCode(mine.aid, { cid: theirs.cid, ringVersion: 9 });
      expect(await store.putCredential(mine, stolen, 5)).toEqual({ type: 'AlreadyExists' });
      expect(await store.deleteCredential(mine, theirs.cid)).toEqual({ type: 'Deleted' });
      expect(await store.findCredential(theirs.cid)).toMatchObject({ credential: { aid: theirs.aid } });
      expect(await codesOf(mine.aid)).toHaveLength(1);
    });

    test('refuses to make an owner of a reader, and the other way round', async () => {
      const worker = await anAccount(store);
      const { aid, cid } = worker;
      const reader = aCode(aid, { role: 'reader' });
      await store.putCredential(worker, reader, 5);
      const grown = { ...reader, role: 'owner', ringVersion: 2 } as const;
      expect(await store.putCredential(worker, grown, 5)).toEqual({ type: 'AlreadyExists' });
      const shrunk = aCode(aid, { cid, role: 'reader', ringVersion: 2 });
      expect(await store.putCredential(worker, shrunk, 5)).toEqual({ type: 'AlreadyExists' });
      expect(await store.findCredential(cid)).toMatchObject({ credential: { role: 'owner' } });
    });

    test('holds exactly five codes', async () => {
      const worker = await anAccount(store);
      const { aid, cid } = worker;
      const others = Array.from({ length: 4 }, () => aCode(aid));
      for (const other of others)
        expect(await store.putCredential(worker, other, 5)).toEqual({ type: 'Created' });
      const sixth = aCode(aid);
      expect(await store.putCredential(worker, sixth, 5)).toEqual({ type: 'AlreadyExists' });
      expect(await store.findCredential(sixth.cid)).toEqual({ type: 'Unknown' });
      const newer = aCode(aid, { cid, ringVersion: 2 });
      expect(await store.putCredential(worker, newer, 5)).toEqual({ type: 'Replaced' });
      const [first] = others;
      expect(await store.deleteCredential(worker, first?.cid ?? id())).toEqual({ type: 'Deleted' });
      expect(await store.putCredential(worker, sixth, 5)).toEqual({ type: 'Created' });
    });

    test('keeps the last owner', async () => {
      const worker = await anAccount(store);
      const { aid, cid } = worker;
      const reader = aCode(aid, { role: 'reader' });
      await store.putCredential(worker, reader, 5);
      expect(await store.deleteCredential(worker, cid)).toEqual({ type: 'AlreadyExists' });
      expect(await store.deleteCredential(worker, reader.cid)).toEqual({ type: 'Deleted' });
      expect(await store.deleteCredential(worker, reader.cid)).toEqual({ type: 'Deleted' });
      expect(await store.findCredential(reader.cid)).toEqual({ type: 'Unknown' });
      const second = aCode(aid);
      await store.putCredential(worker, second, 5);
      expect(await store.deleteCredential(worker, cid)).toEqual({ type: 'Deleted' });
      expect(await store.findCredential(cid)).toEqual({ type: 'Unknown' });
      expect(await store.deleteCredential(second, second.cid)).toEqual({ type: 'AlreadyExists' });
    });

    test('never holds a sixth code when many are added at once', async () => {
      for (let round = 0; round < 4; round++) {
        const worker = await anAccount(store);
        const { aid } = worker;
        const codes = Array.from({ length: 8 }, () => aCode(aid));
        await atOnce(8, async (index) => store.putCredential(worker, codes[index] ?? aCode(aid), 5));
        const listed = await codesOf(aid);
        expect(listed.length).toBeLessThanOrEqual(5);
        const known = await Promise.all(codes.map(({ cid }) => store.findCredential(cid)));
        expect(known.filter(({ type }) => type === 'Known')).toHaveLength(listed.length - 1);
        // Who came too late may have taken a place for a moment; it is free again.
        for (let count = listed.length; count < 5; count++)
          expect(await patiently(() => store.putCredential(worker, aCode(aid), 5))).toEqual({
            type: 'Created',
          });
        expect(await store.putCredential(worker, aCode(aid), 5)).toEqual({ type: 'AlreadyExists' });
      }
    });

    test('keeps an owner when two owners remove each other at once', async () => {
      for (let round = 0; round < 10; round++) {
        const worker = await anAccount(store);
        const { aid, cid } = worker;
        const other = aCode(aid);
        await patiently(() => store.putCredential(worker, other, 5));
        const cids = [cid, other.cid];
        const answers = await atOnce(2, (index) =>
          store.deleteCredential({ aid, cid: cids[index] ?? cid }, cids[1 - index] ?? cid),
        );
        expect(typesOf(answers)).toEqual(['Deleted', 'NotAuthorised']);
        expect(await codesOf(aid)).toHaveLength(1);
        const found = await Promise.all(cids.map((each) => store.findCredential(each)));
        expect(typesOf(found)).toEqual(['Known', 'Unknown']);
      }
    });

    test('takes nothing more from a code that was taken away', async () => {
      const worker = await anAccount(store);
      const { aid, cid } = worker;
      const [lost, reader, next] = [aCode(aid), aCode(aid, { role: 'reader' }), aCode(aid)];
      for (const code of [lost, reader]) await store.putCredential(worker, code, 5);
      expect(await store.push(lost, 0, aPush(aRecord()), aQuota())).toMatchObject({ type: 'Pushed' });
      expect(await store.deleteCredential(worker, lost.cid)).toEqual({ type: 'Deleted' });

      const refused = { type: 'NotAuthorised' };
      for (const asker of [lost, { aid, cid: id() }, { aid, cid: (await anAccount(store)).cid }]) {
        expect(await store.push(asker, 1, aPush(aRecord()), aQuota())).toEqual(refused);
        expect(await store.push(asker, 0, aPush(aRecord()), aQuota())).toEqual(refused);
        expect(await store.reserveBlob(asker, aBlob(), TODAY, aQuota())).toEqual(refused);
        expect(await store.putCredential(asker, next, 5)).toEqual(refused);
        expect(await store.putCredential(asker, { ...lost, ringVersion: 2 }, 5)).toEqual(refused);
        expect(await store.putCredential(asker, { ...reader, ringVersion: 2 }, 5)).toEqual(refused);
        for (const other of [cid, reader.cid, id()])
          expect(await store.deleteCredential(asker, other)).toEqual(refused);
      }
      expect((await pullAll(store, aid)).head).toBe(1);
      expect(await usedBy(store, aid)).toMatchObject({ blobs: 0 });
      expect(await codesOf(aid)).toHaveLength(2);
      expect(await store.findCredential(next.cid)).toEqual({ type: 'Unknown' });
      expect(await store.findCredential(reader.cid)).toEqual({ type: 'Known', credential: reader });
    });

    test('takes nothing from a code whose removal a crash has cut short, but that it goes on with it', () =>
      withOwnDatabase(async (own) => {
        let other = await own.open();
        const worker = await anAccount(other);
        const lost = aCode(worker.aid);
        await other.putCredential(worker, lost, 5);
        await other.close();
        await own.query('UPDATE code_of SET state = 2 WHERE cid = ?', [lost.cid]);
        other = await own.open();
        expect(await other.findCredential(lost.cid)).toMatchObject({ type: 'Known' });
        expect(await other.push(lost, 0, aPush(aRecord()), aQuota())).toEqual({ type: 'NotAuthorised' });
        expect(await other.deleteCredential(lost, worker.cid)).toEqual({ type: 'NotAuthorised' });
        expect(await other.deleteCredential(lost, lost.cid)).toEqual({ type: 'Deleted' });
        expect(await other.findCredential(lost.cid)).toEqual({ type: 'Unknown' });
        await other.close();
      }));

    test('lets a code take itself away, more than once, while another owner is left', async () => {
      const worker = await anAccount(store);
      const second = aCode(worker.aid);
      await store.putCredential(worker, second, 5);
      expect(await store.deleteCredential(worker, worker.cid)).toEqual({ type: 'Deleted' });
      expect(await store.deleteCredential(worker, worker.cid)).toEqual({ type: 'Deleted' });
      expect(await store.deleteCredential(second, second.cid)).toEqual({ type: 'AlreadyExists' });
    });

    test('lists a code exactly when it opens the account, also when it is added and removed at once', async () => {
      for (let round = 0; round < 10; round++) {
        const worker = await anAccount(store);
        const { aid } = worker;
        const code = aCode(aid);
        await atOnce(4, async (index) =>
          index % 2 === 0
            ? store.putCredential(worker, { ...code, ringVersion: index + 1 }, 5)
            : store.deleteCredential(worker, code.cid),
        );
        const isListed = (await codesOf(aid)).some(({ cid }) => hex(cid) === hex(code.cid));
        expect((await store.findCredential(code.cid)).type).toBe(isListed ? 'Known' : 'Unknown');
        expect(await patiently(() => store.deleteCredential(worker, code.cid))).toEqual({ type: 'Deleted' });
        expect(await codesOf(aid)).toHaveLength(1);
      }
    });

    test('keeps one of two rings that are written with the same version at once', async () => {
      const worker = await anAccount(store);
      const { aid, cid } = worker;
      for (let ringVersion = 2; ringVersion < 8; ringVersion++) {
        const answers = await atOnce(3, () =>
          store.putCredential(worker, aCode(aid, { cid, ringVersion }), 5),
        );
        expect(typesOf(answers)).toEqual(['AlreadyExists', 'AlreadyExists', 'Replaced']);
      }
    });

    test('gives back places that a crash has left taken', () =>
      withOwnDatabase(async (own) => {
        let other = await own.open();
        const worker = await anAccount(other);
        const { aid, cid } = worker;
        const [halfAdded, written, halfRemoved] = [id(), aCode(aid), aCode(aid)];
        await other.putCredential(worker, written, 5);
        await other.putCredential(worker, halfRemoved, 5);
        await other.close();
        await own.query('INSERT INTO code_of (aid, cid, role, state) VALUES (?, ?, 1, 0)', [aid, halfAdded]);
        await own.query('UPDATE code_of SET state = 0 WHERE cid = ?', [written.cid]);
        await own.query('UPDATE code_of SET state = 2 WHERE cid = ?', [halfRemoved.cid]);

        other = await own.open();
        // Nobody but the first code is surely an owner.
        expect(await other.deleteCredential(worker, cid)).toEqual({ type: 'AlreadyExists' });
        expect(await other.putCredential(worker, aCode(aid), 4)).toEqual({ type: 'Created' });
        expect(await other.putCredential(worker, aCode(aid), 4)).toEqual({ type: 'Created' });
        expect(await other.putCredential(worker, aCode(aid), 4)).toEqual({ type: 'AlreadyExists' });
        expect(await other.findCredential(written.cid)).toMatchObject({ type: 'Known' });
        expect(await other.findCredential(halfRemoved.cid)).toEqual({ type: 'Unknown' });
        expect(await other.deleteCredential(worker, cid)).toEqual({ type: 'Deleted' });
        await other.close();
      }));

    test('counts a code again whose adding was cut short, when it is sent once more', () =>
      withOwnDatabase(async (own) => {
        let other = await own.open();
        const worker = await anAccount(other);
        const { aid, cid } = worker;
        const code = aCode(aid);
        await other.putCredential(worker, code, 5);
        await other.close();
        await own.query('UPDATE code_of SET state = 0 WHERE cid = ?', [code.cid]);
        other = await own.open();
        expect(await other.putCredential(worker, code, 5)).toEqual({ type: 'AlreadyExists' });
        expect(await other.listCredentials(aid)).toHaveLength(2);
        expect(await other.deleteCredential(worker, cid)).toEqual({ type: 'Deleted' });
        await other.close();
      }));

    test('opens an account again whose first request was cut short', () =>
      withOwnDatabase(async (own) => {
        let other = await own.open();
        const account = await anAccount(other);
        await other.close();
        await own.query('UPDATE code_of SET state = 0');
        await own.query('DELETE FROM cred');
        other = await own.open();
        expect(await other.createAccount(account, TODAY)).toEqual({ type: 'Created' });
        expect(await other.createAccount(account, TODAY)).toEqual({ type: 'Same' });
        expect(await other.findCredential(account.cid)).toMatchObject({ type: 'Known' });
        await other.close();
      }));
  });
}
