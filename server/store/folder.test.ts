import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeBlobs } from './conformance/describeBlobs.ts';
import { bytes, id } from './conformance/builders.ts';
import { createFolderBlobs } from './folder.ts';
import { BusyError } from './store.ts';

describeBlobs('a folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mitra-blobs-'));
  const lost = join(folder, 'lost');
  const broken = await createFolderBlobs({ folder: lost });
  // A file stands where the folder was.
  await rm(lost, { recursive: true });
  await writeFile(lost, '');
  return {
    blobs: await createFolderBlobs({ folder: join(folder, 'photos') }),
    broken,
    dump: async () => {
      const parts: Buffer[] = [];
      for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
        parts.push(Buffer.from(entry.name));
        if (entry.isFile()) parts.push(await readFile(join(entry.parentPath, entry.name)));
      }
      return Buffer.concat(parts);
    },
    remove: () => rm(folder, { recursive: true }),
  };
});

test('does not take a folder that has gone for one without photos', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mitra-blobs-'));
  const blobs = await createFolderBlobs({ folder });
  const [aid, bid] = [id(), id()];
  await blobs.put(aid, bid, bytes(10));
  // What is left when its disk is taken away: the empty folder it was mounted on.
  await rename(folder, `${folder}-away`);
  await mkdir(folder);
  for (const ask of [
    () => blobs.get(aid, bid),
    () => blobs.delete(aid, bid),
    () => blobs.deleteAccount(aid, 10),
  ])
    await expect(ask()).rejects.toThrow(BusyError);
  await rm(folder, { recursive: true });
  await rename(`${folder}-away`, folder);
  expect(await blobs.get(aid, bid)).toHaveLength(10);
  await rm(folder, { recursive: true });
});

test('sweeps away at the start what a crash has left half written', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mitra-blobs-'));
  await mkdir(join(folder, 'unfinished'));
  await writeFile(join(folder, 'unfinished', 'half'), bytes(100));
  const blobs = await createFolderBlobs({ folder });
  const [aid, bid] = [id(), id()];
  await blobs.put(aid, bid, bytes(10));
  expect(await readdir(join(folder, 'unfinished'))).toEqual([]);

  const again = await createFolderBlobs({ folder });
  expect(await again.get(aid, bid)).toHaveLength(10);
  expect(await again.deleteAccount(aid, 10)).toEqual({ done: true });
  await rm(folder, { recursive: true });
});
