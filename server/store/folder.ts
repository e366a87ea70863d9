import { randomBytes } from 'node:crypto';
import { access, mkdir, open, readdir, rename, rm, rmdir, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BlobStore } from './blobStore.ts';
import { BusyError } from './store.ts';

/**
 * Photos as files: `<folder>/<first two letters>/<aid>/<bid>`, so that no folder gets too large for old file systems.
 * Several servers may share the folder. Rejects when it cannot be written.
 */
export async function createFolderBlobs({ folder }: { readonly folder: string }): Promise<BlobStore> {
  const unfinished = join(folder, 'unfinished');
  const nameOf = (id: Uint8Array): string => Buffer.from(id).toString('base64url');
  const folderOf = (aid: Uint8Array): string => join(folder, nameOf(aid).slice(0, 2), nameOf(aid));
  const fileOf = (aid: Uint8Array, bid: Uint8Array): string => join(folderOf(aid), nameOf(bid));

  // What a crash has left half written. An upload of another server that loses its file this way is asked for again.
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true, mode: 0o700 });

  /** `null` where something is missing. Rejects when all is: then the disk is away, and everything on it still there. */
  async function nullWhenMissing<T>(work: Promise<T>): Promise<T | null> {
    try {
      return await work;
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
      await access(unfinished);
      return null;
    }
  }

  return {
    put: (aid, bid, bytes) =>
      saysBusy(async () => {
        const part = join(unfinished, randomBytes(16).toString('hex'));
        try {
          await writeSafely(part, bytes);
          await mkdir(folderOf(aid), { recursive: true, mode: 0o700 });
          await rename(part, fileOf(aid, bid));
          // The folders too may be new, made by this upload or by one beside it.
          for (const changed of [folderOf(aid), dirname(folderOf(aid)), folder]) await sync(changed);
        } catch (error) {
          await rm(part, { force: true });
          throw error;
        }
      }),

    get: (aid, bid, range) =>
      saysBusy(async () => {
        const file = await nullWhenMissing(open(fileOf(aid, bid), 'r'));
        if (!file) return null;
        try {
          const { size } = await file.stat();
          const from = Math.min(range?.from ?? 0, size);
          const to = Math.min(range?.to ?? size - 1, size - 1);
          const bytes = new Uint8Array(Math.max(to - from + 1, 0));
          let read = 0;
          while (read < bytes.length) {
            const { bytesRead } = await file.read(bytes, read, bytes.length - read, from + read);
            if (bytesRead === 0) throw new Error('The file became shorter while it was read.');
            read += bytesRead;
          }
          return bytes;
        } finally {
          await file.close();
        }
      }),

    delete: (aid, bid) =>
      saysBusy(async () => {
        await nullWhenMissing(unlink(fileOf(aid, bid)));
        await nullWhenMissing(sync(folderOf(aid)));
      }),

    deleteAccount: (aid, most) =>
      saysBusy(async () => {
        const ours = folderOf(aid);
        const names = await nullWhenMissing(readdir(ours));
        if (names === null) return { done: true };
        for (const name of names.slice(0, most)) await rm(join(ours, name), { recursive: true, force: true });
        if (names.length > most) return { done: false };
        await sync(ours);
        // An upload that came to its end just now makes this fail; then there is something left.
        const isEmpty = await rmdir(ours).then(
          () => true,
          (error: unknown) => codeOf(error) === 'ENOENT',
        );
        if (!isEmpty) return { done: false };
        await sync(dirname(ours));
        return { done: true };
      }),
  };
}

async function writeSafely(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function sync(folder: string): Promise<void> {
  // Windows cannot open a folder, and writes down renames by itself.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The words of a failure name the file, and so the account: only its code goes on. */
async function saysBusy<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new BusyError(`The folder of photos: ${codeOf(error) ?? 'unreadable'}`);
  }
}

const codeOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
