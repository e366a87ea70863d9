import { findAccount, GONE, lockFor } from './accountRows.ts';
import {
  findCredentialRow,
  insertCredentialRow,
  isSame,
  listCodes,
  removeCode,
  roleNumber,
  settleCode,
  tidyCodes,
} from './codeRows.ts';
import type { Engine } from './engine.ts';
import { CODE_ADDING, CODE_IN_USE, CODE_REMOVING, SQL } from './sql.ts';
import type { Asker, Credential, Gone, NotAuthorised, Store } from './store.ts';

type PutCredential = Parameters<Store['putCredential']>[1];
type Refusal = { readonly type: 'AlreadyExists' | 'NotFound' } | NotAuthorised | Gone;

const EXISTS = { type: 'AlreadyExists' } as const;
const NOT_FOUND = { type: 'NotFound' } as const;

/** The codes of an account (`codeRows.ts` says in which order they are written). */
export function createCodes(
  engine: Engine,
): Pick<Store, 'listCredentials' | 'putCredential' | 'deleteCredential'> {
  return {
    async listCredentials(aid) {
      const codes = await engine.snapshot(async (connection) =>
        (await findAccount(connection, aid)) ? listCodes(connection, aid) : null,
      );
      if (!codes) return GONE;
      const credentials: Credential[] = [];
      for (const { cid } of codes) {
        const credential = await engine.read((connection) => findCredentialRow(connection, cid));
        if (credential && isSame(credential.aid, aid)) credentials.push(credential);
      }
      return credentials;
    },

    async putCredential(asker, credential, most) {
      let listed = await listCode(engine, asker, credential, most);
      if (listed === 'Full') {
        await tidyCodes(engine, asker.aid);
        listed = await listCode(engine, asker, credential, most);
      }
      if (listed === 'Full') return EXISTS;
      return listed === 'Listed' ? writeListedCode(engine, asker.aid, credential) : listed;
    },

    deleteCredential: (asker, cid) => removeCode(engine, asker, cid),
  };
}

/** First step: a place in the list of the account, or the reason why there is none. */
async function listCode(
  { read, write }: Engine,
  asker: Asker,
  { cid, role, authHash, ringVersion }: PutCredential,
  most: number,
): Promise<'Listed' | 'Full' | Refusal> {
  const { aid } = asker;
  const stored = await read((connection) => findCredentialRow(connection, cid));
  return write(async (connection) => {
    const locked = await lockFor(connection, asker);
    if (locked.type !== 'Locked') return locked;
    if (stored && !isSame(stored.aid, aid)) return EXISTS;
    const codes = await listCodes(connection, aid);
    const code = codes.find((other) => isSame(other.cid, cid));
    // A crash came between the second and the third step of the request before.
    if (stored && code?.state === CODE_ADDING)
      await connection.change(SQL.setCodeState, [CODE_IN_USE, aid, cid]);

    if (stored && stored.ringVersion >= ringVersion) return EXISTS;
    if (!authHash && !(stored && code)) return NOT_FOUND;
    // An owner never becomes a reader, nor a reader an owner: that is a new code.
    if (code) return code.state === CODE_REMOVING || code.role !== roleNumber(role) ? EXISTS : 'Listed';
    if (codes.length >= most) return 'Full';
    await connection.change(SQL.insertCode, [aid, cid, roleNumber(role)]);
    return 'Listed';
  });
}

/** Second and third step. */
async function writeListedCode(
  engine: Engine,
  aid: Uint8Array,
  credential: PutCredential,
): Promise<{ readonly type: 'Created' | 'Replaced' } | Refusal> {
  const { cid, authHash, ring, ringVersion } = credential;
  const written = await engine.write(async (connection) => {
    const stored = await findCredentialRow(connection, cid, SQL.lockCredential);
    if (!stored) {
      if (!authHash) return 'NotFound';
      return (await insertCredentialRow(connection, { ...credential, aid, authHash }))
        ? 'Created'
        : 'AlreadyExists';
    }
    if (!isSame(stored.aid, aid)) return 'OfAnother';
    if (stored.ringVersion >= ringVersion) return 'AlreadyExists';
    await connection.change(SQL.setRing, [authHash ?? stored.authHash, ring, ringVersion, cid]);
    return 'Replaced';
  });
  switch (written) {
    case 'Created': {
      const settled = await settleCode(engine, aid, cid);
      if (settled.type === 'Gone') return settled;
      return settled.type === 'Settled' ? { type: 'Created' } : EXISTS;
    }
    case 'OfAnother':
      await removeCode(engine, { aid, cid }, cid, { unlessInUse: true });
      return EXISTS;
    case 'Replaced':
    case 'AlreadyExists':
    case 'NotFound':
      return { type: written };
  }
}
