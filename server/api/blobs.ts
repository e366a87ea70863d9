import { LIMITS } from '#shared/protocol.ts';
import type { Asker } from '#server/store/store.ts';
import { type Answer, answerBytes, answerJson, isAnswer, refuse, refuseBusy } from './answer.ts';
import { bytesToText } from './base64.ts';
import { readByteRange } from './byteRange.ts';
import type { KnownCall } from './call.ts';
import { hasDigest, readContentDigest } from './contentDigest.ts';
import { dayOf } from './day.ts';
import type { ApiDependencies } from './dependencies.ts';
import { readId } from './ids.ts';
import { troubleLine } from './logLine.ts';
import { refuseUnknown } from './login.ts';
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
  const { credential } = call;
  return dependencies.inTurn(bytesToText(credential.aid), () =>
    storeBlob(dependencies, credential, { bid, bytes, digest }),
  );
}

interface NewBlob {
  readonly bid: Uint8Array;
  readonly bytes: Uint8Array;
  readonly digest: Uint8Array;
}

/** Reserve, bytes, finish: a crash in between leaves a row that is not ready, which the sweep finds. */
async function storeBlob(
  dependencies: ApiDependencies,
  asker: Asker,
  { bid, bytes, digest }: NewBlob,
): Promise<Answer> {
  const { aid } = asker;
  const { store, blobs, quotas, now } = dependencies;
  const blob = { bid, size: bytes.length, digest };
  const reserved = await store.reserveBlob(asker, blob, dayOf(now()), quotas);
  switch (reserved.type) {
    case 'Same':
      return { status: 200 };
    case 'AlreadyExists':
      return refuse('AlreadyExists');
    case 'QuotaExceeded':
      return refuseQuota(reserved);
    case 'NotAuthorised':
      return refuseUnknown();
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
      await removeLateBytes(dependencies, aid, bid);
      return refuse('Gone');
  }
}

/**
 * The account was deleted while its photo was on the way here, perhaps through another server, which has looked for bytes
 * already. Where they cannot be removed now, the deletion is begun once more: it is taken up again until nothing is left.
 */
async function removeLateBytes(
  { store, blobs, log }: ApiDependencies,
  aid: Uint8Array,
  bid: Uint8Array,
): Promise<void> {
  try {
    await blobs.delete(aid, bid);
  } catch (error) {
    log(troubleLine('a photo that came too late', error));
    await store.startDeletion(aid);
  }
}

/** `GET /v1/blobs/{bid}` with or without `Range` */
export async function getBlob(
  dependencies: ApiDependencies,
  { request, credential, hold }: KnownCall,
): Promise<Answer> {
  const { store, blobs } = dependencies;
  const { aid } = credential;
  const bid = readId(request.param('bid'));
  if (bid === null) return refuse('BadRequest');
  const found = await store.findBlob(aid, bid);
  if (found.type !== 'Blob') return refuse(found.type);
  const { blob } = found;
  const range = readByteRange(request.header('Range'), blob.size);
  if (range === 'OutOfRange') return refuse('OutOfRange', {}, { 'Content-Range': `bytes */${blob.size}` });
  const size = range === null ? blob.size : range.to - range.from + 1;
  if (!hold(size)) return refuseBusy();

  const bytes = range === null ? await blobs.get(aid, bid) : await blobs.get(aid, bid, range);
  if (bytes === null) await forgetLostBlob(dependencies, aid, bid);
  if (bytes?.length !== size) return refuse('NotFound');
  const headers = { 'Accept-Ranges': 'bytes' };
  return range === null
    ? answerBytes(200, bytes, headers)
    : answerBytes(206, bytes, {
        ...headers,
        'Content-Range': `bytes ${range.from}-${range.to}/${blob.size}`,
      });
}

/**
 * The row is there and the bytes are not: a bucket or folder that was restored from an older copy. Without its row a phone
 * that still has the photo sends it again. In turn, and looked at once more: somebody may just have sent it.
 */
async function forgetLostBlob(
  { store, blobs, inTurn }: ApiDependencies,
  aid: Uint8Array,
  bid: Uint8Array,
): Promise<void> {
  await inTurn(bytesToText(aid), async () => {
    const found = await store.findBlob(aid, bid);
    if (found.type === 'Blob' && (await blobs.get(aid, bid, { from: 0, to: 0 })) === null)
      await removeBlob({ store, blobs }, aid, bid);
  });
}

/** `GET /v1/blobs` */
export async function listBlobs({ store }: ApiDependencies, { credential }: KnownCall): Promise<Answer> {
  const blobs = await store.listBlobs(credential.aid);
  if ('type' in blobs) return refuse('Gone');
  return answerJson(
    200,
    blobs.map(({ bid, size }) => ({ bid: bytesToText(bid), size })),
  );
}

/** `DELETE /v1/blobs/{bid}` */
export async function deleteBlob(
  dependencies: ApiDependencies,
  { request, credential }: KnownCall,
): Promise<Answer> {
  const { aid } = credential;
  const bid = readId(request.param('bid'));
  if (bid === null) return refuse('BadRequest');
  return dependencies.inTurn(bytesToText(aid), async () => {
    const removed = await removeBlob(dependencies, aid, bid);
    return removed === 'Gone' ? refuse('Gone') : { status: 204 };
  });
}

/** Hide, bytes, row: after a crash in between nobody sees the photo, and the sweep finds the row. To be called in turn. */
export async function removeBlob(
  { store, blobs }: Pick<ApiDependencies, 'store' | 'blobs'>,
  aid: Uint8Array,
  bid: Uint8Array,
  which: 'any' | 'unfinished' = 'any',
): Promise<'Hidden' | 'NotFound' | 'Gone'> {
  const { type } = await store.hideBlob(aid, bid, which);
  if (type === 'Hidden') {
    await blobs.delete(aid, bid);
    await store.forgetBlob(aid, bid);
  }
  return type;
}
