import { createHash } from 'node:crypto';
import { AwsClient } from 'aws4fetch';
import type { BlobStore } from './blobStore.ts';
import { BusyError } from './store.ts';

export interface S3Options {
  /** Where the service is, such as `https://s3.example.org`. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** `path`: endpoint/bucket/name, which every service knows. `host`: bucket.endpoint/name, which some ask for. */
  readonly style?: 'path' | 'host';
  /** Milliseconds for one request, its body included. */
  readonly patience?: number;
}

export interface S3Blobs extends BlobStore {
  /** Rejects when the bucket is not there or cannot be read: at the start, in front of the operator. */
  checkBucket(): Promise<void>;
}

/** More in one list are never given (the S3 API). */
const MOST_LISTED = 1000;
/** Deletions under way at once. */
const AT_ONCE = 8;

/**
 * Photos in a bucket of any store that speaks S3; the bucket exists and keeps no old versions. Only plain requests:
 * OpenStack Swift answers conditional ones with 501 (docs/sync-design.md §12).
 */
export function createS3Blobs({
  endpoint,
  bucket,
  region,
  accessKeyId,
  secretAccessKey,
  style = 'path',
  patience = 60_000,
}: S3Options): S3Blobs {
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 2 });
  const root = bucketAddress(endpoint, bucket, style);
  const prefixOf = (aid: Uint8Array): string => `${Buffer.from(aid).toString('base64url')}/`;
  const nameOf = (aid: Uint8Array, bid: Uint8Array): string =>
    `${prefixOf(aid)}${Buffer.from(bid).toString('base64url')}`;

  /**
   * Resolves with the answer's bytes when its status is one of those expected. 404 is one only when the store says that
   * the name is not there: a bucket that is not there and a wrong address answer 404 too.
   */
  async function ask(
    method: 'PUT' | 'GET' | 'DELETE',
    address: string,
    expected: readonly number[],
    { headers = {}, body }: { headers?: Record<string, string>; body?: Uint8Array<ArrayBuffer> } = {},
  ): Promise<{ status: number; bytes: Uint8Array<ArrayBuffer> }> {
    const request = {
      method,
      // With the digest in the signature the store refuses bytes that were changed on the way.
      headers: { ...headers, 'X-Amz-Content-Sha256': sha256(body ?? new Uint8Array(0)) },
      signal: AbortSignal.timeout(patience),
      ...(body ? { body } : {}),
    };
    let status: number;
    let bytes: Uint8Array<ArrayBuffer>;
    try {
      const response = await client.fetch(root + address, request);
      status = response.status;
      bytes = new Uint8Array(await response.arrayBuffer());
    } catch (error) {
      throw new BusyError(`The store of photos did not answer: ${reasonOf(error)}`);
    }
    const code = status === 404 ? readErrorCode(bytes) : '';
    if (!expected.includes(status) || (status === 404 && code !== 'NoSuchKey'))
      throw new BusyError(`The store of photos answered ${status}${code && ` ${code}`}.`);
    return { status, bytes };
  }

  async function list(prefix: string, most: number): Promise<readonly string[]> {
    const query = new URLSearchParams({
      'list-type': '2',
      prefix,
      'max-keys': String(Math.min(most, MOST_LISTED)),
      'encoding-type': 'url',
    });
    const { bytes } = await ask('GET', `?${query}`, [200]);
    return readNames(new TextDecoder().decode(bytes)).filter((name) => name.startsWith(prefix));
  }

  const remove = (name: string): Promise<unknown> => ask('DELETE', encodeName(name), [200, 204, 404]);

  return {
    put: async (aid, bid, bytes) => {
      await ask('PUT', nameOf(aid, bid), [200, 201], { body: new Uint8Array(bytes) });
    },

    get: async (aid, bid, range) => {
      const headers = range ? { Range: `bytes=${range.from}-${range.to}` } : {};
      const { status, bytes } = await ask('GET', nameOf(aid, bid), [200, 206, 404, 416], { headers });
      if (status === 404) return null;
      if (status === 416) return new Uint8Array(0);
      // A store that knows no ranges sends everything.
      return status === 200 && range ? bytes.slice(range.from, range.to + 1) : bytes;
    },

    delete: async (aid, bid) => {
      await remove(nameOf(aid, bid));
    },

    deleteAccount: async (aid, most) => {
      const names = await list(prefixOf(aid), most);
      for (let from = 0; from < names.length; from += AT_ONCE)
        await Promise.all(names.slice(from, from + AT_ONCE).map(remove));
      // Done is only what a list without names says: something may have come meanwhile.
      return { done: names.length === 0 };
    },

    checkBucket: async () => {
      await list('', 1);
    },
  };
}

function bucketAddress(endpoint: string, bucket: string, style: 'path' | 'host'): string {
  const url = new URL(endpoint);
  if (style === 'host') url.hostname = `${bucket}.${url.hostname}`;
  const path = url.pathname.replace(/\/$/, '');
  return `${url.origin}${path}/${style === 'path' ? `${bucket}/` : ''}`;
}

/** The names in a list of the S3 API, which has them as in addresses (`encoding-type=url`). */
function readNames(xml: string): readonly string[] {
  return [...xml.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, name = '']) =>
    decodeURIComponent(name.replace(/\+/g, ' ')),
  );
}

/** The word of the S3 API for what was wrong; nothing else of the answer, which may repeat the name. */
function readErrorCode(bytes: Uint8Array): string {
  return /<Code>(\w+)<\/Code>/.exec(new TextDecoder().decode(bytes))?.[1] ?? '';
}

const encodeName = (name: string): string => name.split('/').map(encodeURIComponent).join('/');

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Without the address, which names the account. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { cause } = error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.name;
}
