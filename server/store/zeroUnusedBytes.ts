import { type FileHandle, open } from 'node:fs/promises';

/*
 * `secure_delete` zeroes what is deleted, but not the copies that SQLite leaves in the unused middle of a page when it
 * moves rows to another one (rebuildPage in btree.c; found with 3.53.4: rids of deleted accounts, in about 1 of 400
 * pages). VACUUM would remove them too, and stop the whole server for 1.2 s for each 100 MB; this takes 0.2 s, and the
 * server goes on with everything else. The format of the file: https://www.sqlite.org/fileformat2.html#b_tree_pages
 */

const READ_AT_ONCE = 4 * 1024 * 1024;
const HEADER = 100;

/** First byte of a page with rows or keys, and the length of what stands before its list of cells. */
const PAGE_HEADERS = new Map([
  [0x02, 12],
  [0x05, 12],
  [0x0a, 8],
  [0x0d, 8],
]);

/**
 * Writes zeros over what no page uses, and nothing else. The database is closed meanwhile, with nothing in its journal;
 * a crash at any moment does no harm. Resolves to the number of pages that were cleaned.
 */
export async function zeroUnusedBytes(path: string): Promise<number> {
  const file = await open(path, 'r+');
  try {
    const { size } = await file.stat();
    if (size < HEADER) return 0;
    const pageSize = await readPageSize(file);
    const pages = Buffer.alloc(READ_AT_ONCE);
    let cleaned = 0;
    for (let at = 0; at < size; at += READ_AT_ONCE) {
      const { bytesRead } = await file.read(pages, 0, READ_AT_ONCE, at);
      for (let from = 0; from + pageSize <= bytesRead; from += pageSize) {
        const unused = findUnused(pages.subarray(from, from + pageSize), at + from === 0);
        if (!unused) continue;
        await file.write(Buffer.alloc(unused.to - unused.from), 0, null, at + from + unused.from);
        cleaned += 1;
      }
    }
    if (cleaned > 0) await file.sync();
    return cleaned;
  } finally {
    await file.close();
  }
}

async function readPageSize(file: FileHandle): Promise<number> {
  const header = Buffer.alloc(HEADER);
  await file.read(header, 0, HEADER, 0);
  const size = header.readUInt16BE(16);
  const isExpected =
    header.toString('latin1', 0, 15) === 'SQLite format 3' && size >= 512 && header[20] === 0;
  if (!isExpected) throw new Error('This is not a database as this server makes them.');
  return size;
}

/** Where a page has something else than zeros between its list of cells and the first of them; `null` when nowhere. */
function findUnused(page: Buffer, isFirst: boolean): { from: number; to: number } | null {
  const start = isFirst ? HEADER : 0;
  // Pages of long rows begin with the number of the next page: 0, 1 or more 16 millions, far below the kinds here
  // until the file has 128 GB.
  const headerLength = PAGE_HEADERS.get(page[start] ?? 0);
  if (headerLength === undefined) return null;
  const count = page.readUInt16BE(start + 3);
  const from = start + headerLength + count * 2;
  const to = page.readUInt16BE(start + 5) || 65_536;
  if (from > to || to > page.length) return null;
  for (let cell = from - count * 2; cell < from; cell += 2) if (page.readUInt16BE(cell) < to) return null;
  const firstFree = page.readUInt16BE(start + 1);
  if (firstFree !== 0 && firstFree < to) return null;
  return page.subarray(from, to).some((byte) => byte !== 0) ? { from, to } : null;
}
