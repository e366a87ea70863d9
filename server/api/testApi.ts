import { createHash, randomBytes } from 'node:crypto';
import { encodePushBody, LIMITS } from '#shared/protocol.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { BlobStore } from '#server/store/blobStore.ts';
import { createFolderBlobs } from '#server/store/folder.ts';
import { createSqliteStore } from '#server/store/sqlite.ts';
import type { Quotas, Store } from '#server/store/store.ts';
import { bytesToText } from './base64.ts';
import { createByteBudget } from './byteBudget.ts';
import { type Api, createApi } from './createApi.ts';
import { createDeletions } from './deletions.ts';
import type { ApiDependencies } from './dependencies.ts';
import { createTurns } from './turns.ts';

/*
 * A server of /v1 for tests: the real engine in a folder of its own, and only time and limits in the hand of the test.
 */

export const QUOTAS: Quotas = {
  records: LIMITS.records,
  bytes: LIMITS.bytes,
  blobs: LIMITS.blobs,
  blobBytes: LIMITS.blobBytes,
  firstDay: LIMITS.firstDay,
};

/** So many that a test does not meet them by chance. */
export const NO_RATES = {
  requestsPerMinute: 1e9,
  burst: 1e9,
  failedLoginsPerMinute: 1e9,
  newAccountsPerHour: 1e9,
};

const NOON = Date.UTC(2026, 10, 22, 12);

export interface TestApiOptions extends Partial<ApiDependencies> {
  readonly changeStore?: (store: Store) => Store;
  readonly changeBlobs?: (blobs: BlobStore) => BlobStore;
}

export interface TestApi {
  readonly api: Api;
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly dependencies: ApiDependencies;
  readonly lines: string[];
  readonly clock: { now: number };
  readonly request: (path: string, init?: RequestInit, from?: string) => Promise<Response>;
}

/** Everything of the sync server but its socket. */
export async function createTestApi(options: TestApiOptions = {}): Promise<TestApi> {
  const { changeStore = (same) => same, changeBlobs = (same) => same, ...changes } = options;
  const clock = { now: NOON };
  const lines: string[] = [];
  const now = (): number => clock.now;
  const log = (line: string): void => void lines.push(line);
  const folder = mkdtempSync(join(tmpdir(), 'mitra-data-'));
  const sqlite = await createSqliteStore({ file: join(folder, 'mitra.sqlite') });
  onTestFinished(async () => {
    await sqlite.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const store = changeStore(sqlite);
  const blobs = changeBlobs(await createFolderBlobs({ folder: join(folder, 'photos') }));
  const inTurn = createTurns();
  const dependencies: ApiDependencies = {
    store,
    blobs,
    inTurn,
    deletions: createDeletions({ store, blobs, inTurn, now, log }),
    memory: createByteBudget(256 * 1024 * 1024),
    quotas: QUOTAS,
    rates: NO_RATES,
    now,
    log,
    enrolCode: null,
    origin: null,
    proxies: 0,
    deletionPatience: 20_000,
    ...changes,
  };
  const api = createApi(dependencies);

  async function request(path: string, init: RequestInit = {}, from = '203.0.113.7'): Promise<Response> {
    const headers = new Headers(init.headers);
    const { body } = init;
    // fetch over a network would do this.
    if (body != null && !headers.has('Content-Length') && !headers.has('Transfer-Encoding')) {
      const size = typeof body === 'string' ? Buffer.byteLength(body) : (body as Uint8Array).byteLength;
      headers.set('Content-Length', String(size));
    }
    return api.request(path, { ...init, headers }, {
      incoming: { socket: { remoteAddress: from } },
    } as never);
  }

  return { api, store, blobs, dependencies, lines, clock, request };
}

/** A phone with a code, as far as the server can tell: ids and a token. */
export interface Phone {
  readonly aid: Uint8Array;
  readonly cid: Uint8Array;
  readonly token: Uint8Array;
  readonly ring: Uint8Array;
  readonly authorization: string;
  readonly ask: (path: string, init?: RequestInit) => Promise<Response>;
}

type Ask = (path: string, init?: RequestInit) => Promise<Response>;

export const newId = (): Uint8Array => new Uint8Array(randomBytes(16));
export const sha256 = (bytes: Uint8Array): Uint8Array =>
  new Uint8Array(createHash('sha256').update(bytes).digest());

/** A phone whose code no server has heard of yet. */
export function aPhone(ask: Ask, { aid = newId(), cid = newId() } = {}): Phone {
  const token = new Uint8Array(randomBytes(32));
  const authorization = `Bearer ${bytesToText(Uint8Array.from([...cid, ...token]))}`;
  return {
    aid,
    cid,
    token,
    ring: new Uint8Array(randomBytes(301)),
    authorization,
    ask: (path, init = {}) =>
      ask(path, { ...init, headers: { Authorization: authorization, ...(init.headers as object) } }),
  };
}

/** What a phone sends to open its account. */
export function newAccountOf(phone: Phone, more: object = {}): RequestInit {
  const { aid, cid, token, ring } = phone;
  const [aidText, cidText, authHash, ringText] = [aid, cid, sha256(token), ring].map(bytesToText);
  return {
    method: 'POST',
    body: JSON.stringify({ aid: aidText, cid: cidText, authHash, ring: ringText, ...more }),
  };
}

/** A phone whose account is open. */
export async function aWorker(ask: Ask): Promise<Phone> {
  const phone = aPhone(ask);
  const created = await ask('/accounts', newAccountOf(phone));
  if (created.status !== 201) throw new Error(`The account was not opened: ${created.status}`);
  return phone;
}

/** A phone of the family: its own code for the same account. */
export async function aReader(owner: Phone, ask: Ask): Promise<Phone> {
  const reader = aPhone(ask, { aid: owner.aid });
  const body = JSON.stringify({
    authHash: bytesToText(sha256(reader.token)),
    role: 'reader',
    ring: bytesToText(reader.ring),
    ringVersion: 1,
  });
  const put = await owner.ask(`/creds/${bytesToText(reader.cid)}`, { method: 'PUT', body });
  if (put.status !== 201) throw new Error(`The family copy was not made: ${put.status}`);
  return reader;
}

export interface PushSizes {
  readonly manifest?: Uint8Array<ArrayBuffer>;
  readonly records?: readonly { readonly rid: Uint8Array; readonly env: Uint8Array }[];
}

/** A push of `records`, or of one record of 301 bytes, on top of `base`. */
export function aPush(base: number, { manifest, records }: PushSizes = {}): RequestInit {
  const body = encodePushBody({
    manifest: manifest ?? new Uint8Array(randomBytes(301)),
    records: records ?? [{ rid: newId(), env: new Uint8Array(randomBytes(301)) }],
  });
  return { method: 'POST', body, headers: { 'If-Match': `"${base}"` } };
}

/** A photo to be put under a bid. */
export function aPhoto(bytes: Uint8Array<ArrayBuffer>): RequestInit {
  const digest = Buffer.from(sha256(bytes)).toString('base64');
  return { method: 'PUT', body: bytes, headers: { 'Content-Digest': `sha-256=:${digest}:` } };
}

/** The same request with a body that comes only when the test lets it; `asked` resolves when the server waits for it. */
export function slowly(init: RequestInit): { init: RequestInit; asked: Promise<void>; send: () => void } {
  const { body } = init;
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : (body as Uint8Array);
  const asked = Promise.withResolvers<void>();
  const sent = Promise.withResolvers<void>();
  const stream = new ReadableStream(
    {
      async pull(controller) {
        asked.resolve();
        await sent.promise;
        controller.enqueue(bytes);
        controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  const headers = { ...(init.headers as object), 'Content-Length': String(bytes.length) };
  const whole = { ...init, body: stream, headers, duplex: 'half' } as RequestInit;
  return { init: whole, asked: asked.promise, send: sent.resolve };
}

export const newBytes = (length: number): Uint8Array<ArrayBuffer> => new Uint8Array(randomBytes(length));
