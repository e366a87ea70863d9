import { writeSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { aQuota, id } from './builders.ts';
import { createSqliteStore } from '#server/store/sqlite.ts';

/*
 * A server under load, for killed.engines.test.ts: pushes to each account as fast as it can, and says each push that
 * was acknowledged in a line. Arguments: the file, the accounts with their codes.
 */

export const RECORDS = 3;

/** What the records and the manifest of the push that ends at this head hold. */
export const sealedFor = (head: number): Uint8Array =>
  new Uint8Array(Buffer.from(`push up to ${head} `.repeat(20)));

async function pushForEver(file: string, accounts: readonly string[]): Promise<never> {
  const store = await createSqliteStore({ file });
  const quotas = aQuota({ records: 1e9, bytes: 1e12 });
  const pushes = accounts.map(async (name) => {
    const both = Buffer.from(name, 'hex');
    const [aid, cid] = [both.subarray(0, 16), both.subarray(16)];
    const read = await store.readAccount(aid);
    let head = read.type === 'Account' ? read.account.head : 0;
    for (;;) {
      const env = sealedFor(head + RECORDS);
      const records = Array.from({ length: RECORDS }, () => ({ rid: id(), env }));
      const pushed = await store.push({ aid, cid }, head, { manifest: env, records }, quotas);
      if (pushed.type !== 'Pushed') throw new Error(pushed.type);
      head = pushed.head;
      writeSync(1, `${name} ${head}.\n`);
      await setImmediate();
    }
  });
  await Promise.all(pushes);
  throw new Error('Nothing ends here.');
}

const [script, file, ...accounts] = process.argv.slice(1);
if (script === import.meta.filename && file) await pushForEver(file, accounts);
