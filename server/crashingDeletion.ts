import { join } from 'node:path';
import { createDeletions } from './api/deletions.ts';
import { textToBytes } from './api/base64.ts';
import { createTurns } from './api/turns.ts';
import { createFolderBlobs } from './store/folder.ts';
import { createSqliteStore } from './store/sqlite.ts';

/*
 * For deletionCrash.engines.test.ts: deletes an account and dies without a word at the step it is told.
 * Usage: node server/crashingDeletion.ts <data folder> <aid> <step>
 */

const [folder = '', aidText = '', lastStep = ''] = process.argv.slice(2);
const aid = textToBytes(aidText);
if (aid === null) throw new Error('No account was named.');

let step = 0;

function dieHere(): void {
  if (step === Number(lastStep)) process.kill(process.pid, 'SIGKILL');
  step += 1;
}

/** A step lies before and after each piece of work on the disk. */
async function between<T>(work: () => Promise<T>): Promise<T> {
  dieHere();
  const result = await work();
  dieHere();
  return result;
}

const store = await createSqliteStore({ file: join(folder, 'mitra.sqlite') });
const blobs = await createFolderBlobs({ folder: join(folder, 'photos') });
const deletions = createDeletions({
  store: {
    ...store,
    startDeletion: (account) => between(() => store.startDeletion(account)),
    continueDeletion: (account, most, until) =>
      between(() => store.continueDeletion(account, Math.min(most, 40), until)),
  },
  blobs: {
    ...blobs,
    deleteAccount: (account, most) => between(() => blobs.deleteAccount(account, Math.min(most, 2))),
  },
  inTurn: createTurns(),
  now: Date.now,
  log: console.error,
});
await deletions.deleteAccount(aid);
await store.close();
console.log(`${step} steps`);
