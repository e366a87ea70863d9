import { expect, test } from 'vitest';
import { ERROR_TYPES, STATUS_OF } from '#shared/protocol.ts';
import { problemOf } from '#sync/engine.ts';
import { createNet, type NetError } from '#sync/net.ts';
import { randomBytes } from '#tests/data/phone.ts';
import { refusal } from './quick.ts';

/* Every refusal of the server has a meaning for the worker. */

const MEANING: Readonly<Record<NetError['type'], string | null>> = {
  Offline: 'Offline',
  BadAnswer: 'BadAnswer',
  BadRequest: 'BadAnswer',
  NotAuthorised: 'NotAuthorised',
  NotAllowed: 'NotAllowed',
  NotFound: 'BadAnswer',
  AlreadyExists: 'BadAnswer',
  // Not a problem but an end, which has news of its own.
  Gone: null,
  LengthRequired: 'BadAnswer',
  HeadMoved: 'Busy',
  TooLarge: 'BadAnswer',
  OutOfRange: 'BadAnswer',
  Malformed: 'BadAnswer',
  HeadRequired: 'BadAnswer',
  TooManyRequests: 'Busy',
  QuotaExceeded: 'Full',
  Busy: 'Busy',
};

test.for(ERROR_TYPES)('the refusal %s arrives as it was meant and has a meaning', async (type) => {
  const net = createNet({
    now: () => 0,
    fetch: () => Promise.resolve(refusal(STATUS_OF[type], type, { which: 'blobs' }, { 'Retry-After': '7' })),
  });
  const answer = await net.account({ cid: randomBytes(16), token: randomBytes(32) });
  if (answer.ok) throw new Error('It was a refusal');
  expect(answer.error).toEqual({ type, which: 'blobs', retryAfter: 7000 });
  expect(problemOf(answer.error)?.type ?? null).toBe(MEANING[type]);
});

test('what is full is said, also by a server that does not say what', () => {
  expect(problemOf({ type: 'QuotaExceeded', which: 'firstDay' })).toEqual({
    type: 'Full',
    which: 'firstDay',
  });
  expect(problemOf({ type: 'QuotaExceeded' })).toEqual({ type: 'Full', which: 'bytes' });
});

test.for([
  ['7', 7000],
  ['1e99', 86_400_000],
  ['-1', undefined],
  ['0', undefined],
  ['soon', undefined],
  ['NaN', undefined],
  ['Wed, 21 Oct 2026 07:28:00 GMT', undefined],
  ['', undefined],
] as const)(
  'a wait of "%s" that the server asks for is %s ms, and never more than a day',
  async ([wait, ms]) => {
    const net = createNet({
      now: () => 0,
      fetch: () => Promise.resolve(refusal(429, 'TooManyRequests', {}, { 'Retry-After': wait })),
    });
    const answer = await net.account({ cid: randomBytes(16), token: randomBytes(32) });
    if (answer.ok || answer.error.type !== 'TooManyRequests') throw new Error('It was a refusal');
    expect(answer.error.retryAfter).toBe(ms);
  },
);

test('an answer that never ends is not read to its end', async () => {
  let sent = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      sent += 65_536;
      controller.enqueue(new Uint8Array(65_536));
    },
  });
  const net = createNet({ now: () => 0, fetch: () => Promise.resolve(new Response(endless)) });
  const answer = await net.pull({ cid: randomBytes(16), token: randomBytes(32) }, 0);
  expect(answer).toEqual({ ok: false, error: { type: 'BadAnswer' } });
  expect(sent).toBeLessThan(4 * 1024 * 1024);
});
