import { type FileHandle, open } from 'node:fs/promises';

/*
 * `secure_delete` zeroes what is deleted, but not the copies that SQLite leaves in the unused middle of a page when it
 * moves rows to another one (rebuildPage in btree.c; found with 3.53.4: rids of deleted accounts, in about 1 of 400
 * pages). VACUUM would remove them too, and stop the whole server for 1.2 s for each 100 MB. This reads the file
 * once: 131 ms for 655 MB, or 300 in pieces between which everybody else gets a turn and waits 40 ms at most.
 * The format of the file: https://www.sqlite.org/fileformat2.html#b_tree_pages
 */

/** Bytes of one piece; a whole number of pages of any size, as every other piece must be. */
const PIECE = 64 * 1024 * 1024;
const READ_AT_ONCE = 4 * 1024 * 1024;
const HEADER = 100;

/**
 * Pages of long rows begin with the number of the next page. From this number on its first byte could be taken for a
 * kind of page: a database of so many pages (137 GB) is left as it is.
 */
const MOST_PAGES = 0x02000000;

/** First byte of a page with rows or keys, and the length of what stands before its list of cells. */
const PAGE_HEADERS = new Map([
  [0x02, 12],
  [0x05, 12],
  [0x0a, 8],
  [0x0d, 8],
]);

/**
 * Writes zeros over what no page of one piece uses, and nothing else. The database is closed meanwhile, with nothing in
 * its journal, and no other process may open it; a crash at any moment does no harm. Resolves to where the next piece
 * begins; `null` when this was the last one.
 */
export async function zeroUnusedBytes(path: string, from: number, piece = PIECE): Promise<number | null> {
  const file = await open(path, 'r+');
  try {
    const { size } = await file.stat();
    if (size < HEADER) return null;
    const pageSize = await readPageSize(file);
    if (size / pageSize >= MOST_PAGES) return null;
    const end = Math.min(from + piece, size);
    if (await cleanPages(file, { from, end, pageSize })) await file.sync();
    return end < size ? end : null;
  } finally {
    await file.close();
  }
}

/** Resolves to whether anything was written. */
async function cleanPages(
  file: FileHandle,
  { from, end, pageSize }: { readonly from: number; readonly end: number; readonly pageSize: number },
): Promise<boolean> {
  const pages = Buffer.alloc(READ_AT_ONCE);
  let hasWritten = false;
  for (let at = from; at < end; at += READ_AT_ONCE) {
    const { bytesRead } = await file.read(pages, 0, Math.min(READ_AT_ONCE, end - at), at);
    for (let page = 0; page + pageSize <= bytesRead; page += pageSize) {
      const unused = findUnused(pages.subarray(page, page + pageSize), at + page === 0);
      if (!unused) continue;
      await file.write(Buffer.alloc(unused.to - unused.from), 0, null, at + page + unused.from);
      hasWritten = true;
    }
  }
  return hasWritten;
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
