import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

export type Encoding = 'br' | 'gzip';

export interface ServedFile {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
  etag: string;
  /** Compressed at the first call, kept for the next ones. */
  encoded: (encoding: Encoding) => Promise<Uint8Array<ArrayBuffer>>;
}

/** Reads files of one folder and keeps them until they change on disk. The caller has checked the path. */
export function createFileCache(folder: string) {
  const kept = new Map<string, { changed: number; file: Promise<ServedFile> }>();

  /** `null` when there is no such file. */
  async function read(path: string): Promise<ServedFile | null> {
    const name = join(folder, path);
    const found = await stat(name).catch(() => null);
    if (!found?.isFile()) return null;
    const known = kept.get(name);
    if (known?.changed === found.mtimeMs) return known.file;
    const file = loadFile(name);
    kept.set(name, { changed: found.mtimeMs, file });
    // What failed once, perhaps for want of memory or of open files, is tried again.
    file.catch(() => kept.delete(name));
    return file;
  }

  return { read };
}

async function loadFile(name: string): Promise<ServedFile> {
  const bytes = new Uint8Array(await readFile(name));
  const encodings = new Map<Encoding, Promise<Uint8Array<ArrayBuffer>>>();

  function encoded(encoding: Encoding): Promise<Uint8Array<ArrayBuffer>> {
    const known = encodings.get(encoding);
    if (known) return known;
    const made = compress(bytes, encoding);
    encodings.set(encoding, made);
    made.catch(() => encodings.delete(encoding));
    return made;
  }

  // Weak, because the same tag stands for the plain and the compressed bytes.
  const etag = `W/"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
  return { name, bytes, etag, encoded };
}

// The highest level: the bytes are made once and paid for by every worker's prepaid data.
async function compress(bytes: Uint8Array, encoding: Encoding): Promise<Uint8Array<ArrayBuffer>> {
  const made =
    encoding === 'br'
      ? await promisify(brotliCompress)(bytes, {
          params: {
            [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
            [constants.BROTLI_PARAM_SIZE_HINT]: bytes.byteLength,
          },
        })
      : await promisify(gzip)(bytes, { level: 9 });
  return new Uint8Array(made);
}
