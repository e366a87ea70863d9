import { sha256 } from '@noble/hashes/sha2.js';
import * as v from 'valibot';
import { concat } from '#crypto/bytes.ts';
import type { Credential } from '#crypto/keys.ts';
import { base64url } from '#lib/id.ts';
import { err, ok, type Result } from '#lib/result.ts';
import {
  ACCOUNT,
  BLOB_LIST,
  CREDENTIAL_LIST,
  decodePullPage,
  ERROR_ANSWER,
  type CREDENTIAL,
  type ErrorType,
  HEAD_ANSWER,
  LIMITS,
  type NEW_ACCOUNT,
  type PullPage,
  type QUOTAS,
  STATUS_OF,
} from '#shared/protocol.ts';

/*
 * The only file that talks to a server (docs/sync-design.md §7). Every answer is checked: what does not fit, such as the
 * login page of a Wi-Fi, is `BadAnswer` and changes nothing on the phone.
 */

/** The server's own refusals, one member for each type, so that a switch over them can be complete. */
type Refusal = {
  readonly [T in ErrorType]: {
    readonly type: T;
    readonly which?: (typeof QUOTAS)[number];
    /** Milliseconds. */
    readonly retryAfter?: number;
  };
}[ErrorType];

export type NetError = { readonly type: 'Offline' } | { readonly type: 'BadAnswer' } | Refusal;

export type Answer<T> = Result<T, NetError>;

export type Account = v.InferOutput<typeof ACCOUNT>;
export type CredentialEntry = v.InferOutput<typeof CREDENTIAL_LIST>[number];

type NewCredential = v.InferInput<typeof CREDENTIAL>;

export interface Net {
  createAccount(message: v.InferInput<typeof NEW_ACCOUNT>): Promise<Answer<null>>;
  account(code: Code): Promise<Answer<Account>>;
  pull(code: Code, since: number): Promise<Answer<PullPage>>;
  push(code: Code, base: number, body: Uint8Array): Promise<Answer<{ readonly head: number }>>;
  listBlobs(code: Code): Promise<Answer<v.InferOutput<typeof BLOB_LIST>>>;
  /** `AlreadyExists`: other bytes lie there under this name, so the photo is safe. */
  putBlob(code: Code, bid: string, env: Uint8Array): Promise<Answer<null>>;
  /** Goes on after `part`. When the network breaks, `onPart` gets what came. */
  getBlob(
    code: Code,
    bid: string,
    part: Uint8Array | null,
    onPart: (bytes: Uint8Array) => void,
  ): Promise<Answer<Uint8Array>>;
  deleteBlob(code: Code, bid: string): Promise<Answer<null>>;
  listCredentials(code: Code): Promise<Answer<readonly CredentialEntry[]>>;
  putCredential(code: Code, cid: string, credential: NewCredential): Promise<Answer<null>>;
  deleteCredential(code: Code, cid: string): Promise<Answer<null>>;
  deleteAccount(code: Code): Promise<Answer<null>>;
  /** The server's clock minus the phone's, ms; `null` until an answer said it. */
  clockDifference(): number | null;
}

type Code = Pick<Credential, 'cid' | 'token'>;

export interface NetOptions {
  /** The browser's own without it. */
  readonly fetch?: (address: string, init: RequestInit) => Promise<Response>;
  readonly now: () => number;
  /** Counts what goes over the network, for the screen. */
  readonly onBytes?: (received: number) => void;
}

/** Slow networks are the rule: a push of 1 MiB at 100 kbit/s takes 90 s. */
const TIMEOUT = 120_000;
const BLOB_TIMEOUT = 600_000;

export function createNet({ now, onBytes = () => {}, ...options }: NetOptions): Net {
  const send = options.fetch ?? ((address: string, init: RequestInit) => fetch(address, init));
  let difference: number | null = null;

  interface Request {
    readonly method: string;
    readonly path: string;
    readonly code?: Code;
    readonly headers?: Record<string, string>;
    readonly body?: Uint8Array | string;
    readonly timeout?: number;
    readonly onPart?: (bytes: Uint8Array) => void;
    /** Answers that are no failure. */
    readonly good: readonly number[];
    /** More than this is not read. */
    readonly most?: number;
  }

  interface Reply {
    readonly status: number;
    readonly bytes: Uint8Array;
  }

  async function ask(request: Request): Promise<Answer<Reply>> {
    const { method, path, code, headers = {}, body, timeout = TIMEOUT, onPart, good } = request;
    const authorization: Record<string, string> = code
      ? { Authorization: `Bearer ${base64url(concat(code.cid, code.token))}` }
      : {};
    let response: Response;
    let bytes: Uint8Array | null;
    let cameAt: number;
    try {
      response = await send(`/v1/${path}`, {
        method,
        headers: { ...authorization, ...headers },
        ...(body === undefined ? {} : { body: body as BodyInit }),
        cache: 'no-store',
        credentials: 'omit',
        redirect: 'error',
        referrerPolicy: 'no-referrer',
        signal: AbortSignal.timeout(timeout),
      });
      // Now: the body of a photo may take minutes more.
      cameAt = now();
      bytes = await readBody(response, request.most ?? 2 * LIMITS.pullBytes, onPart);
    } catch {
      return err({ type: 'Offline' });
    }
    if (bytes === null) return BAD_ANSWER;
    if (!good.includes(response.status)) return refusal(response, bytes);
    const date = Date.parse(response.headers.get('Date') ?? '');
    // Only our own server's answers: the clock of a Wi-Fi's login page says nothing.
    if (Number.isFinite(date)) difference = date - cameAt;
    return ok({ status: response.status, bytes });
  }

  /** The body, at most `most` bytes; `null` when there are more. Rejects when the network breaks. */
  async function readBody(
    response: Response,
    most: number,
    onPart?: (bytes: Uint8Array) => void,
  ): Promise<Uint8Array | null> {
    const reader = response.body?.getReader();
    const parts: Uint8Array[] = [];
    let length = 0;
    while (reader) {
      const { done, value } = await reader.read();
      if (done) break;
      length += value.length;
      onBytes(value.length);
      if (length > most) {
        await reader.cancel();
        return null;
      }
      parts.push(value);
      if (response.ok) onPart?.(value);
    }
    return concat(...parts);
  }

  async function json<T>(schema: v.GenericSchema<unknown, T>, request: Request): Promise<Answer<T>> {
    const reply = await ask(request);
    if (!reply.ok) return reply;
    const parsed = v.safeParse(schema, parse(reply.value.bytes));
    return parsed.success ? ok(parsed.output) : BAD_ANSWER;
  }

  async function nothing(request: Request): Promise<Answer<null>> {
    const reply = await ask(request);
    if (!reply.ok) return reply;
    // A page of a proxy that says 200 to everything has stored nothing.
    const isOurs = reply.value.bytes.length === 0 || parse(reply.value.bytes) !== null;
    return isOurs ? NOTHING : BAD_ANSWER;
  }

  const asJson = { 'Content-Type': 'application/json' };
  const asBytes = { 'Content-Type': 'application/octet-stream' };

  return {
    createAccount: (message) =>
      nothing({
        method: 'POST',
        path: 'accounts',
        headers: asJson,
        body: JSON.stringify(message),
        good: [200, 201],
      }),
    account: (code) => json(ACCOUNT, { method: 'GET', path: 'account', code, good: [200] }),
    async pull(code, since) {
      const path = `records?since=${since}&limit=${LIMITS.pullRecords}`;
      const reply = await ask({ method: 'GET', path, code, good: [200] });
      if (!reply.ok) return reply;
      const page = decodePullPage(reply.value.bytes);
      return page ? ok(page) : BAD_ANSWER;
    },
    push: (code, base, body) =>
      json(HEAD_ANSWER, {
        method: 'POST',
        path: 'records',
        code,
        headers: { ...asBytes, 'If-Match': `"${base}"` },
        body,
        good: [200],
      }),
    listBlobs: (code) => json(BLOB_LIST, { method: 'GET', path: 'blobs', code, good: [200] }),
    putBlob: (code, bid, env) =>
      nothing({
        method: 'PUT',
        path: `blobs/${bid}`,
        code,
        headers: { ...asBytes, 'Content-Digest': `sha-256=:${btoa(String.fromCharCode(...sha256(env)))}:` },
        body: env,
        timeout: BLOB_TIMEOUT,
        good: [200, 201],
      }),
    async getBlob(code, bid, part, onPart) {
      const from = part?.length ?? 0;
      const reply = await ask({
        method: 'GET',
        path: `blobs/${bid}`,
        code,
        headers: from > 0 ? { Range: `bytes=${from}-` } : {},
        timeout: BLOB_TIMEOUT,
        most: 2 * LIMITS.blob,
        good: [200, 206],
        onPart,
      });
      if (!reply.ok) return reply;
      const { status, bytes } = reply.value;
      return ok(status === 206 && part ? concat(part, bytes) : bytes);
    },
    deleteBlob: (code, bid) => nothing({ method: 'DELETE', path: `blobs/${bid}`, code, good: [204] }),
    listCredentials: (code) => json(CREDENTIAL_LIST, { method: 'GET', path: 'creds', code, good: [200] }),
    putCredential: (code, cid, credential) =>
      nothing({
        method: 'PUT',
        path: `creds/${cid}`,
        code,
        headers: asJson,
        body: JSON.stringify(credential),
        good: [200, 201],
      }),
    deleteCredential: (code, cid) => nothing({ method: 'DELETE', path: `creds/${cid}`, code, good: [204] }),
    deleteAccount: (code) =>
      nothing({ method: 'DELETE', path: 'account', code, headers: { Confirm: 'delete' }, good: [200] }),
    clockDifference: () => difference,
  };
}

const BAD_ANSWER = err({ type: 'BadAnswer' } as const);
const NOTHING = ok(null);

/** A failure in our server's own words. A proxy's 410 or 401 without them must not erase a key. */
function refusal(response: Response, bytes: Uint8Array): Answer<never> {
  const parsed = v.safeParse(ERROR_ANSWER, parse(bytes));
  if (!parsed.success) {
    // A proxy with a limit of its own refuses in its own words. Only what is sent then becomes smaller, or waits.
    if (response.status === 413) return err({ type: 'TooLarge' });
    const isBusy = response.status === 429 || response.status >= 500;
    return isBusy ? err({ type: 'Busy', ...wait(response) }) : BAD_ANSWER;
  }
  const { error, which } = parsed.output;
  // These two end a copy or its runs: only with the status that our server gives them.
  for (const ending of ['Gone', 'NotAuthorised'] as const) {
    if ((error === ending) !== (response.status === STATUS_OF[ending])) return BAD_ANSWER;
  }
  return err({ type: error, ...(which ? { which } : {}), ...wait(response) });
}

/** `Retry-After` in ms, at most a day. */
function wait(response: Response): { retryAfter?: number } {
  const seconds = Number(response.headers.get('Retry-After') ?? Number.NaN);
  return seconds > 0 ? { retryAfter: Math.min(seconds, 86_400) * 1000 } : {};
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}
