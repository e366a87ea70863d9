import { LIMITS } from '#shared/protocol.ts';
import { type Answer, answerBytes, answerJson, isAnswer, refuse, refuseBusy } from './answer.ts';
import { bytesToText } from './base64.ts';
import { readByteRange } from './byteRange.ts';
import type { KnownCall } from './call.ts';
import { hasDigest, readContentDigest } from './contentDigest.ts';
import { dayOf } from './day.ts';
import type { ApiDependencies } from './dependencies.ts';
import { readId } from './ids.ts';
import { readBody } from './readBody.ts';
import { refuseQuota } from './records.ts';

/** `PUT /v1/blobs/{bid}` with `Content-Digest` */
export async function putBlob(dependencies: ApiDependencies, call: KnownCall): Promise<Answer> {
  const bid = readId(call.request.param('bid'));
  const digest = readContentDigest(call.request.header('Content-Digest'));
  if (bid === null || digest === null) return refuse('BadRequest');
  const bytes = await readBody(call, LIMITS.blob);
  if (isAnswer(bytes)) return bytes;
  if (bytes.length === 0 || !hasDigest(bytes, digest)) return refuse('Malformed');
  const { aid } = call.credential;
  return dependencies.inTurn(bytesToText(aid), () => storeBlob(dependencies, aid, { bid, bytes, digest }));
}

interface NewBlob {
  readonly bid: Uint8Array;
  readonly bytes: Uint8Array;
  readonly digest: Uint8Array;
}

/** Reserve, bytes, finish: a crash in between leaves a row that is not ready, which the sweep finds. */
async function storeBlob(
  dependencies: ApiDependencies,
  aid: Uint8Array,
  { bid, bytes, digest }: NewBlob,
): Promise<Answer> {
  const { store, blobs, quotas, now } = dependencies;
  const blob = { bid, size: bytes.length, digest };
  const reserved = await store.reserveBlob(aid, blob, dayOf(now()), quotas);
  switch (reserved.type) {
    case 'Same':
      return { status: 200 };
    case 'AlreadyExists':
      return refuse('AlreadyExists');
    case 'QuotaExceeded':
      return refuseQuota(reserved);
    case 'Gone':
      return refuse('Gone');
    case 'Reserved':
  }
  // Should this fail, the reserved row waits for the phone to try again, or for the sweep.
  await blobs.put(aid, bid, bytes);
  const finished = await store.finishBlob(aid, bid);
  switch (finished.type) {
    case 'Ready':
      return { status: 201 };
    case 'NotFound':
      return refuseBusy();
    case 'Gone':
      // Should this fail, a deletion that waits for its turn here finds them.
      await blobs.delete(aid, bid);
      return refuse('Gone');
  }
}

/** `GET /v1/blobs/{bid}` with or without `Range` */
export async function getBlob(
  { store, blobs }: ApiDependencies,
  { request, credential, hold }: KnownCall,
): Promise<Answer> {
  const { aid } = credential;
  const bid = readId(request.param('bid'));
  if (bid === null) return refuse('BadRequest');
  if ((await store.readAccount(aid)).type === 'Gone') return refuse('Gone');
  const blob = await store.findBlob(aid, bid);
  if (blob === null) return refuse('NotFound');
  const range = readByteRange(request.header('Range'), blob.size);
  if (range === 'OutOfRange') return refuse('OutOfRange', {}, { 'Content-Range': `bytes */${blob.size}` });
  const size = range === null ? blob.size : range.to - range.from + 1;
  if (!hold(size)) return refuseBusy();

  const bytes = range === null ? await blobs.get(aid, bid) : await blobs.get(aid, bid, range);
  // The row is there and the bytes are not: a bucket or folder that was restored from an older copy.
  if (bytes?.length !== size) return refuse('NotFound');
  const headers = { 'Accept-Ranges': 'bytes' };
  return range === null
    ? answerBytes(200, bytes, headers)
    : answerBytes(206, bytes, {
        ...headers,
        'Content-Range': `bytes ${range.from}-${range.to}/${blob.size}`,
      });
}

/** `GET /v1/blobs` */
export async function listBlobs({ store }: ApiDependencies, { credential }: KnownCall): Promise<Answer> {
  if ((await store.readAccount(credential.aid)).type === 'Gone') return refuse('Gone');
  const blobs = await store.listBlobs(credential.aid);
  return answerJson(
    200,
    blobs.map(({ bid, size }) => ({ bid: bytesToText(bid), size })),
  );
}

/** `DELETE /v1/blobs/{bid}` */
export async function deleteBlob(
  { store, blobs, inTurn }: ApiDependencies,
  { request, credential }: KnownCall,
): Promise<Answer> {
  const { aid } = credential;
  const bid = readId(request.param('bid'));
  if (bid === null) return refuse('BadRequest');
  return inTurn(bytesToText(aid), async () => {
    const hidden = await store.hideBlob(aid, bid);
    if (hidden.type === 'Gone') return refuse('Gone');
    if (hidden.type === 'Hidden') {
      await blobs.delete(aid, bid);
      await store.forgetBlob(aid, bid);
    }
    return { status: 204 };
  });
}
