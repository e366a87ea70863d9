import { base64url } from '#lib/id.ts';
import type { Credential, Store } from '#server/store/store.ts';

/*
 * A store in memory that a test can reach into, as a dishonest operator or a broken disk would. It keeps what an honest
 * one keeps; `rows`, `head` and `manifest` may be changed at any time.
 */

export interface Row {
  readonly rid: Uint8Array;
  seq: number;
  env: Uint8Array;
}

export interface HostileAccount {
  head: number;
  manifest: Uint8Array | null;
  rows: Map<string, Row>;
}

export interface HostileStore {
  readonly store: (real: Store) => Store;
  /** The only account, or the one made last. */
  readonly account: () => HostileAccount;
  /** Everything as it stands; to be put back later. */
  readonly snapshot: () => () => void;
}

export function createHostileStore(): HostileStore {
  const accounts = new Map<string, HostileAccount>();
  const codes = new Map<string, Credential>();
  let latest = '';
  const of = (aid: Uint8Array): HostileAccount => {
    const account = accounts.get(base64url(aid));
    if (account === undefined) throw new Error('No such account');
    return account;
  };
  const copyOf = ({ head, manifest, rows }: HostileAccount): HostileAccount => ({
    head,
    manifest,
    rows: new Map([...rows].map(([rid, row]) => [rid, { ...row }])),
  });
  const used = { records: 0, bytes: 0, blobs: 0, blobBytes: 0 };

  const methods: Partial<Store> = {
    createAccount: ({ aid, cid, authHash, ring }) => {
      latest = base64url(aid);
      accounts.set(latest, { head: 0, manifest: null, rows: new Map() });
      codes.set(base64url(cid), { cid, aid, role: 'owner', authHash, ring, ringVersion: 1 });
      return Promise.resolve({ type: 'Created' });
    },
    findCredential: (cid) => {
      const credential = codes.get(base64url(cid));
      return Promise.resolve(credential ? { type: 'Known', credential } : { type: 'Unknown' });
    },
    readAccount: (aid) => {
      const { head, manifest } = of(aid);
      return Promise.resolve({ type: 'Account', account: { head, manifest, used } });
    },
    touch: () => Promise.resolve(),
    pull: (aid, since, limits) => {
      const { head, manifest, rows } = of(aid);
      const newer = [...rows.values()].filter(({ seq }) => seq > since).sort((a, b) => a.seq - b.seq);
      const records = newer.slice(0, limits.records).map((row) => ({ ...row }));
      const isWhole = records.length === newer.length;
      return Promise.resolve({ type: 'Page', page: { head, manifest: isWhole ? manifest : null, records } });
    },
    push: ({ aid }, base, body) => {
      const account = of(aid);
      if (account.head !== base) return Promise.resolve({ type: 'HeadMoved', head: account.head });
      for (const { rid, env } of body.records) {
        account.head += 1;
        account.rows.set(base64url(rid), { rid, seq: account.head, env });
      }
      account.manifest = body.manifest;
      return Promise.resolve({ type: 'Pushed', head: account.head });
    },
    listBlobs: () => Promise.resolve([]),
    listCredentials: (aid) =>
      Promise.resolve([...codes.values()].filter((code) => base64url(code.aid) === base64url(aid))),
    putCredential: ({ aid }, { cid, role, ring, ringVersion, authHash }) => {
      const known = codes.get(base64url(cid));
      if (known !== undefined && known.ringVersion >= ringVersion)
        return Promise.resolve({ type: 'AlreadyExists' });
      const hash = authHash ?? known?.authHash;
      if (hash === undefined) return Promise.resolve({ type: 'NotFound' });
      codes.set(base64url(cid), { cid, aid, role, ring, ringVersion, authHash: hash });
      return Promise.resolve({ type: known ? 'Replaced' : 'Created' });
    },
    deleteCredential: (_, cid) => {
      codes.delete(base64url(cid));
      return Promise.resolve({ type: 'Deleted' });
    },
  };

  return {
    store: (real) => ({ ...real, ...methods }),
    account: () => {
      const account = accounts.get(latest);
      if (account === undefined) throw new Error('No account yet');
      return account;
    },
    snapshot: () => {
      const before = new Map([...accounts].map(([aid, account]) => [aid, copyOf(account)]));
      const codesBefore = new Map(codes);
      return () => {
        for (const [aid, account] of before) accounts.set(aid, copyOf(account));
        codes.clear();
        for (const [cid, code] of codesBefore) codes.set(cid, code);
      };
    },
  };
}
