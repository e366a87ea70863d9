import { CREDENTIAL, LIMITS } from '#shared/protocol.ts';
import { type Answer, answerJson, isAnswer, refuse } from './answer.ts';
import { bytesToText, textToBytes } from './base64.ts';
import type { KnownCall } from './call.ts';
import type { ApiDependencies } from './dependencies.ts';
import { readId } from './ids.ts';
import { refuseUnknown } from './login.ts';
import { readJson } from './readBody.ts';

/** The largest ring in base64url, and the words around it. */
export const MOST_RING_JSON = Math.ceil((LIMITS.ring * 4) / 3) + 1024;

/** `GET /v1/creds` */
export async function listCredentials(
  { store }: ApiDependencies,
  { credential }: KnownCall,
): Promise<Answer> {
  const credentials = await store.listCredentials(credential.aid);
  if ('type' in credentials) return refuse('Gone');
  return answerJson(
    200,
    credentials.map(({ cid, role, ring, ringVersion }) => ({
      cid: bytesToText(cid),
      role,
      ring: bytesToText(ring),
      ringVersion,
    })),
  );
}

/** `PUT /v1/creds/{cid}` */
export async function putCredential({ store }: ApiDependencies, call: KnownCall): Promise<Answer> {
  const cid = readId(call.request.param('cid'));
  if (cid === null) return refuse('BadRequest');
  const body = await readJson(call, MOST_RING_JSON, CREDENTIAL);
  if (isAnswer(body)) return body;
  const ring = textToBytes(body.ring);
  const authHash = body.authHash === undefined ? null : textToBytes(body.authHash);
  if (ring === null || (authHash === null && body.authHash !== undefined)) return refuse('BadRequest');

  const { role, ringVersion } = body;
  const put = await store.putCredential(
    call.credential,
    { cid, role, ring, ringVersion, authHash },
    LIMITS.credentials,
  );
  switch (put.type) {
    case 'Created':
      return { status: 201 };
    case 'Replaced':
      return { status: 200 };
    case 'NotAuthorised':
      return refuseUnknown();
    case 'AlreadyExists':
    case 'NotFound':
    case 'Gone':
      return refuse(put.type);
  }
}

/** `DELETE /v1/creds/{cid}` */
export async function deleteCredential(
  { store }: ApiDependencies,
  { request, credential }: KnownCall,
): Promise<Answer> {
  const cid = readId(request.param('cid'));
  if (cid === null) return refuse('BadRequest');
  const deleted = await store.deleteCredential(credential, cid);
  if (deleted.type === 'NotAuthorised') return refuseUnknown();
  return deleted.type === 'Deleted' ? { status: 204 } : refuse(deleted.type);
}
