import { type ErrorType, STATUS_OF } from '#shared/protocol.ts';

/** What a route answers; `toResponse` adds what every answer of /v1 carries. */
export interface Answer {
  readonly status: number;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Long enough for a lock to go away, short enough for a worker who is looking at the screen. */
const BUSY_SECONDS = 5;

export function refuse(
  error: ErrorType,
  details: Readonly<Record<string, number | string>> = {},
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return {
    status: STATUS_OF[error],
    body: JSON.stringify({ error, ...details }),
    headers: { 'Content-Type': 'application/json', ...headers },
  };
}

/** 429: the caller may ask again after so many seconds. */
export function refuseFor(seconds: number): Answer {
  return refuse('TooManyRequests', {}, { 'Retry-After': String(seconds) });
}

/** 503: nothing has changed, the same request may succeed later. */
export function refuseBusy(seconds: number = BUSY_SECONDS): Answer {
  return refuse('Busy', {}, { 'Retry-After': String(seconds) });
}

export function answerJson(status: number, value: unknown): Answer {
  return { status, body: JSON.stringify(value), headers: { 'Content-Type': 'application/json' } };
}

export function answerBytes(
  status: number,
  body: Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return { status, body, headers: { 'Content-Type': 'application/octet-stream', ...headers } };
}

export function isAnswer(value: object): value is Answer {
  return 'status' in value;
}

/** The headers are one plain object: @hono/node-server writes those out without building `Headers` first. */
export function toResponse({ status, body, headers }: Answer, now: number): Response {
  return new Response(body ?? null, {
    status,
    headers: {
      ...headers,
      'Cache-Control': 'no-store',
      // The phone corrects its clock by it, so it comes from the server's one clock.
      Date: new Date(now).toUTCString(),
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
      'Referrer-Policy': 'no-referrer',
    },
  });
}
