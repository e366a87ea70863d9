import { decodePushBody, encodePullPage, LIMITS } from '#shared/protocol.ts';
import { type Answer, answerBytes, answerJson, isAnswer, refuse, refuseBusy } from './answer.ts';
import type { KnownCall } from './call.ts';
import type { ApiDependencies } from './dependencies.ts';
import { readNumber } from './ids.ts';
import { refuseUnknown } from './login.ts';
import { readBody } from './readBody.ts';

/** `GET /v1/records?since=S&limit=N` */
export async function pullRecords(
  { store }: ApiDependencies,
  { request, credential, hold }: KnownCall,
): Promise<Answer> {
  const since = readNumber(request.query('since') ?? '0');
  const limit = readNumber(request.query('limit') ?? String(LIMITS.pullRecords));
  if (since === null || limit === null || limit < 1 || limit > LIMITS.pullRecords)
    return refuse('BadRequest');

  const pulled = await store.pull(credential.aid, since, { records: limit, bytes: LIMITS.pullBytes });
  if (pulled.type === 'Gone') return refuse('Gone');
  const { page } = pulled;
  const ETag = `"${page.head}"`;
  if (page.head === since && request.header('If-None-Match') === ETag)
    return { status: 304, headers: { ETag } };
  const frame = encodePullPage(page);
  return hold(frame.length) ? answerBytes(200, frame, { ETag }) : refuseBusy();
}

/** `POST /v1/records` with `If-Match: "base"` */
export async function pushRecords({ store, quotas }: ApiDependencies, call: KnownCall): Promise<Answer> {
  const match = call.request.header('If-Match');
  if (match === undefined) return refuse('HeadRequired');
  const base = readNumber(/^"(\d+)"$/.exec(match)?.[1] ?? '');
  if (base === null) return refuse('BadRequest');

  const bytes = await readBody(call, LIMITS.pushBytes);
  if (isAnswer(bytes)) return bytes;
  const body = decodePushBody(bytes);
  if (body === null) return refuse('Malformed');
  const pushed = await store.push(call.credential, base, body, quotas);
  switch (pushed.type) {
    case 'Pushed':
      return answerJson(200, { head: pushed.head });
    case 'HeadMoved':
      return refuse('HeadMoved', { head: pushed.head });
    case 'QuotaExceeded':
      return refuseQuota(pushed);
    case 'NotAuthorised':
      return refuseUnknown();
    case 'Gone':
      return refuse('Gone');
  }
}

/** 507: what is full, and how much of it there is. */
export function refuseQuota({ which, limit, used }: { which: string; limit: number; used: number }): Answer {
  return refuse('QuotaExceeded', { which, limit, used });
}
