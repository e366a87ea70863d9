import { beforeAll, describe, expect, test } from 'vitest';
import type { RecordFrame } from '#shared/protocol.ts';
import type { Store } from '#server/store/store.ts';
import {
  aPush,
  aQuota,
  aRecord,
  anAccount,
  atOnce,
  bytes,
  hex,
  id,
  patiently,
  pullAll,
  typesOf,
  usedBy,
} from './builders.ts';
import type { Setting } from './setting.ts';

const PAGE = { records: 1000, bytes: 1024 * 1024 };

export function describeRecords({ getStore }: Setting): void {
  describe('records', () => {
    let store: Store;
    beforeAll(() => {
      store = getStore();
    });

    test('gives back what was saved, in the order it was saved', async () => {
      const worker = await anAccount(store);
      const { aid } = worker;
      const push = aPush(aRecord(), aRecord({ env: bytes(65_581) }), aRecord({ env: bytes(0) }));
      expect(await store.push(worker, 0, push, aQuota())).toEqual({ type: 'Pushed', head: 3 });
      expect(await store.pull(aid, 0, PAGE)).toEqual({
        type: 'Page',
        page: {
          head: 3,
          manifest: push.manifest,
          records: push.records.map((record, index) => ({ ...record, seq: index + 1 })),
        },
      });
      expect(await store.readAccount(aid)).toEqual({
        type: 'Account',
        account: {
          head: 3,
          manifest: push.manifest,
          used: { records: 3, bytes: 301 + 65_581, blobs: 0, blobBytes: 0 },
        },
      });
    });

    test('saves 200 records at once', async () => {
      const worker = await anAccount(store);
      const { aid } = worker;
      const push = aPush(...Array.from({ length: 200 }, () => aRecord()));
      expect(await store.push(worker, 0, push, aQuota())).toEqual({ type: 'Pushed', head: 200 });
      const { records } = await pullAll(store, aid);
      expect(records.map(({ env }) => hex(env))).toEqual(push.records.map(({ env }) => hex(env)));
    });

    test('keeps only the newest writing of a record', async () => {
      const worker = await anAccount(store);
      const { aid } = worker;
      const [first, second, newer] = [aRecord(), aRecord(), bytes(400)];
      await store.push(worker, 0, aPush(first, second), aQuota());
      await store.push(worker, 2, aPush({ rid: first.rid, env: newer }), aQuota());
      const { records, head } = await pullAll(store, aid);
      expect(head).toBe(3);
      expect(records).toEqual([
        { ...second, seq: 2 },
        { rid: first.rid, env: newer, seq: 3 },
      ]);
      expect(await usedBy(store, aid)).toMatchObject({ records: 2, bytes: 701 });
    });

    test('tells other phones that a record was forgotten', async () => {
      const worker = await anAccount(store);
      const { aid } = worker;
      const record = aRecord();
      await store.push(worker, 0, aPush(record), aQuota());
      await store.push(worker, 1, aPush({ rid: record.rid, env: bytes(0) }), aQuota());
      const { records } = await pullAll(store, aid);
      expect(records).toEqual([{ rid: record.rid, seq: 2, env: bytes(0) }]);
      expect(await usedBy(store, aid)).toMatchObject({ records: 1, bytes: 0 });
    });

    test('replaces the manifest alone', async () => {
      const worker = await anAccount(store);
      const { aid } = worker;
      await store.push(worker, 0, aPush(aRecord()), aQuota());
      const repaired = aPush();
      expect(await store.push(worker, 1, repaired, aQuota())).toEqual({ type: 'Pushed', head: 1 });
      expect((await pullAll(store, aid)).manifest).toEqual(repaired.manifest);
    });

    test('has no manifest before the first record', async () => {
      const worker = await anAccount(store);
      const { aid } = worker;
      expect(await store.push(worker, 0, aPush(), aQuota())).toEqual({ type: 'Pushed', head: 0 });
      expect(await store.pull(aid, 0, PAGE)).toEqual({
        type: 'Page',
        page: { head: 0, manifest: null, records: [] },
      });
    });

    test('refuses a push from a phone that has not seen the newest, and changes nothing', async () => {
      const worker = await anAccount(store);
      const { aid } = worker;
      const push = aPush(aRecord(), aRecord());
      await store.push(worker, 0, push, aQuota());
      for (const base of [0, 1, 3])
        expect(await store.push(worker, base, aPush(aRecord()), aQuota())).toEqual({
          type: 'HeadMoved',
          head: 2,
        });
      const { records, manifest } = await pullAll(store, aid);
      expect(records).toHaveLength(2);
      expect(manifest).toEqual(push.manifest);
    });

    test('refuses a record that stands in a push twice', async () => {
      const worker = await anAccount(store);
      const { aid } = worker;
      const record = aRecord();
      await expect(store.push(worker, 0, aPush(record, record), aQuota())).rejects.toThrow('twice');
      expect(await store.pull(aid, 0, PAGE)).toMatchObject({ page: { head: 0 } });
    });

    test('cuts pages after so many records, and sends the manifest with the last one only', async () => {
      const worker = await anAccount(store);
      const { aid } = worker;
      const push = aPush(...Array.from({ length: 7 }, () => aRecord()));
      await store.push(worker, 0, push, aQuota());
      const seqs: number[][] = [];
      for (const since of [0, 3, 6, 7, 8]) {
        const pulled = await store.pull(aid, since, { records: 3, bytes: 1e6 });
        if (pulled.type === 'Gone') throw new Error('gone');
        seqs.push(pulled.page.records.map(({ seq }) => seq));
        expect(pulled.page.head).toBe(7);
        expect(pulled.page.manifest).toEqual(since >= 6 ? push.manifest : null);
      }
      expect(seqs).toEqual([[1, 2, 3], [4, 5, 6], [7], [], []]);
      const whole = await store.pull(aid, 0, { records: 7, bytes: 1e6 });
      expect(whole).toMatchObject({ page: { manifest: push.manifest } });
    });

    test('cuts pages after so many bytes, and always sends one record', async () => {
      const worker = await anAccount(store);
      const { aid } = worker;
      await store.push(
        worker,
        0,
        aPush(...[100, 100, 100, 900].map((n) => aRecord({ env: bytes(n) }))),
        aQuota(),
      );
      const countOf = async (since: number, most: number): Promise<number> => {
        const pulled = await store.pull(aid, since, { records: 1000, bytes: most });
        return pulled.type === 'Page' ? pulled.page.records.length : -1;
      };
      expect(await countOf(0, 299)).toBe(2);
      expect(await countOf(0, 300)).toBe(3);
      expect(await countOf(0, 301)).toBe(3);
      expect(await countOf(0, 1199)).toBe(3);
      expect(await countOf(0, 1200)).toBe(4);
      expect(await countOf(3, 1)).toBe(1);
      expect(await countOf(0, 0)).toBe(1);
    });

    test('holds exactly so many records as the quota allows', async () => {
      const worker = await anAccount(store);
      const { aid } = worker;
      const quotas = aQuota({ records: 3 });
      const record = aRecord();
      expect(await store.push(worker, 0, aPush(record, aRecord(), aRecord()), quotas)).toMatchObject({
        head: 3,
      });
      expect(await store.push(worker, 3, aPush(record, aRecord()), quotas)).toEqual({
        type: 'QuotaExceeded',
        which: 'records',
        limit: 3,
        used: 3,
      });
      // What is there already can be written again.
      expect(await store.push(worker, 3, aPush(record), quotas)).toEqual({ type: 'Pushed', head: 4 });
      expect((await pullAll(store, aid)).records).toHaveLength(3);
    });

    test('holds exactly so many bytes as the quota allows', async () => {
      const worker = await anAccount(store);
      const { aid } = worker;
      const quotas = aQuota({ bytes: 1000 });
      const record = aRecord({ env: bytes(600) });
      expect(await store.push(worker, 0, aPush(record), quotas)).toMatchObject({ type: 'Pushed' });
      expect(await store.push(worker, 1, aPush(aRecord({ env: bytes(401) })), quotas)).toEqual({
        type: 'QuotaExceeded',
        which: 'bytes',
        limit: 1000,
        used: 600,
      });
      expect(await store.push(worker, 1, aPush(aRecord({ env: bytes(400) })), quotas)).toMatchObject({
        head: 2,
      });
      const grown = { rid: record.rid, env: bytes(601) };
      expect(await store.push(worker, 2, aPush(grown), quotas)).toMatchObject({ which: 'bytes', used: 1000 });
      expect(await usedBy(store, aid)).toMatchObject({ records: 2, bytes: 1000 });
      expect((await pullAll(store, aid)).head).toBe(2);
    });

    test('lets a phone make room where the operator has lowered the quota', async () => {
      const worker = await anAccount(store);
      const [first, second] = [aRecord(), aRecord()];
      await store.push(worker, 0, aPush(first, second), aQuota());
      const lowered = aQuota({ records: 1, bytes: 100 });
      const smaller = { rid: first.rid, env: bytes(256) };
      expect(await store.push(worker, 2, aPush(smaller), lowered)).toEqual({ type: 'Pushed', head: 3 });
      expect(await store.push(worker, 3, aPush(), lowered)).toEqual({ type: 'Pushed', head: 3 });
    });

    test('lets exactly one of two phones win that push at once', async () => {
      const worker = await anAccount(store);
      const { aid } = worker;
      for (let head = 0; head < 20; head++) {
        const answers = await atOnce(4, () => store.push(worker, head, aPush(aRecord()), aQuota()));
        expect(typesOf(answers)).toEqual(['HeadMoved', 'HeadMoved', 'HeadMoved', 'Pushed']);
      }
      const { records } = await pullAll(store, aid);
      expect(records.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    });

    test('shows one moment in a page while others push', async () => {
      const worker = await anAccount(store);
      const { aid } = worker;
      const rids = Array.from({ length: 40 }, id);
      // Every push rewrites ten records with the head it makes, and its manifest says the same.
      const sealed = (head: number): Uint8Array => new Uint8Array(Buffer.from(`head ${head}`));
      let isPushing = true;
      const pushing = (async () => {
        for (let head = 0, round = 0; round < 150; round++, head += 10) {
          const records = Array.from({ length: 10 }, (_, index) => ({
            rid: rids[(head + index) % rids.length] ?? id(),
            env: sealed(head + 10),
          }));
          await patiently(() => store.push(worker, head, { manifest: sealed(head + 10), records }, aQuota()));
        }
        isPushing = false;
      })();

      const wrong: string[] = [];
      let pages = 0;
      while (isPushing) {
        const pulled = await patiently(() => store.pull(aid, 0, PAGE));
        if (pulled.type === 'Gone') throw new Error('gone');
        const { head, manifest, records } = pulled.page;
        pages += 1;
        if (head > 0 && Buffer.from(manifest ?? []).toString() !== `head ${head}`) wrong.push('manifest');
        if (records.some(({ seq }) => seq > head)) wrong.push('a record above head');
        if (head > 0 && records.at(-1)?.seq !== head) wrong.push('nothing at head');
        if (new Set(records.map(({ rid }) => hex(rid))).size < records.length) wrong.push('a record twice');
        if (records.length < Math.min(head, rids.length)) wrong.push('a record missing');
        if (records.some(isOfAnotherPush)) wrong.push('half a push');
      }
      await pushing;
      expect(wrong).toEqual([]);
      expect(pages).toBeGreaterThan(5);
    });

    const isOfAnotherPush = ({ seq, env }: RecordFrame): boolean =>
      Buffer.from(env).toString() !== `head ${Math.ceil(seq / 10) * 10}`;
  });
}
