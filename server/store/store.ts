import type { PullPage, PushBody } from '#shared/protocol.ts';

/*
 * What /v1 keeps (docs/sync-design.md §7, §12). Two engines stand behind this: SQLite and PostgreSQL. Everything in it
 * that says something about a worker is sealed. Bytes are `Uint8Array`, days are whole days since 1970 in UTC.
 *
 * Every method may reject with `BusyError` when the engine could not do it now (a lock, a lost connection, too many
 * retries): the caller answers 503, and nothing has changed, unless the connection was lost just when the database
 * wrote it down. Every method may therefore be called again with the same arguments.
 */

export type Role = 'owner' | 'reader';

/** One code of an account. `authHash` is SHA-256 of the token. */
export interface Credential {
  readonly cid: Uint8Array;
  readonly aid: Uint8Array;
  readonly role: Role;
  readonly authHash: Uint8Array;
  readonly ring: Uint8Array;
  readonly ringVersion: number;
}

export interface Usage {
  readonly records: number;
  readonly bytes: number;
  readonly blobs: number;
  readonly blobBytes: number;
}

/** What an operator may set lower or higher; the defaults are `LIMITS` of the protocol. */
export interface Quotas extends Usage {
  /** Bytes of photos on the day an account was made and the day after (UTC): at least 24 hours. */
  readonly firstDay: number;
}

export interface Account {
  readonly head: number;
  /** `null` at head 0. */
  readonly manifest: Uint8Array | null;
  readonly used: Usage;
}

export interface NewAccount {
  readonly aid: Uint8Array;
  readonly cid: Uint8Array;
  readonly authHash: Uint8Array;
  readonly ring: Uint8Array;
}

/**
 * A code that asks for a change. Its token was compared before its body came, which may take minutes, so whoever changes
 * something for it looks at the code once more under the lock of the account.
 */
export interface Asker {
  readonly aid: Uint8Array;
  readonly cid: Uint8Array;
}

/** The code that asks was taken away meanwhile. */
export interface NotAuthorised {
  readonly type: 'NotAuthorised';
}

/** The account is deleted, or is being deleted. */
export interface Gone {
  readonly type: 'Gone';
}

export interface QuotaExceeded {
  readonly type: 'QuotaExceeded';
  readonly which: keyof Quotas;
  readonly limit: number;
  readonly used: number;
}

/** Accounts still at head 0 that were made before the one day, and accounts not seen since the other. */
export interface Forgotten {
  readonly emptyBefore: number;
  readonly unseenBefore: number;
}

export type Login =
  | { readonly type: 'Known'; readonly credential: Credential }
  /** This code belonged to an account that was deleted within the last 90 days. */
  | Gone
  | { readonly type: 'Unknown' };

export interface Blob {
  readonly bid: Uint8Array;
  readonly size: number;
}

export interface Store {
  /** `Same` when aid, cid and authHash were created before, by a request whose answer got lost. */
  createAccount(account: NewAccount, day: number): Promise<{ type: 'Created' | 'Same' | 'AlreadyExists' }>;

  /** Finds a code and nothing else; the token is compared by the caller. */
  findCredential(cid: Uint8Array): Promise<Login>;

  /**
   * At once what `findCredential` found before, while nothing has changed it; `null` says nothing. Only for engines that
   * no other process writes to.
   */
  recallCredential?(cid: Uint8Array): Credential | null;

  /** The second half of `findCredential` for a code that was not found: whether it is one of a deleted account. */
  isGone(cid: Uint8Array): Promise<boolean>;

  readAccount(aid: Uint8Array): Promise<{ type: 'Account'; account: Account } | Gone>;

  /** Notes that the account was used on this day; writes at most once a day. */
  touch(aid: Uint8Array, day: number): Promise<void>;

  /**
   * One page in one snapshot, in order of seq: at most `limits.records` records and `limits.bytes` bytes of them, but
   * at least one while any is newer than `since`. The manifest is there only when the page reaches head.
   */
  pull(
    aid: Uint8Array,
    since: number,
    limits: { readonly records: number; readonly bytes: number },
  ): Promise<{ type: 'Page'; page: PullPage } | Gone>;

  /** One transaction: all of it, or nothing. `seq` is `base` + position (from 1); no records replace the manifest only. */
  push(
    asker: Asker,
    base: number,
    body: PushBody,
    quotas: Quotas,
  ): Promise<
    | { type: 'Pushed'; head: number }
    | { type: 'HeadMoved'; head: number }
    | QuotaExceeded
    | NotAuthorised
    | Gone
  >;

  /**
   * First of the three steps of an upload: a row that is not ready, with the quota taken. `Same` when these bytes
   * (by digest) are there and ready. A row that never became ready is taken over, by a blob of the same size: blobs
   * never change. Rejects with `BusyError` while one of this name is being removed.
   */
  reserveBlob(
    asker: Asker,
    blob: Blob & { readonly digest: Uint8Array },
    day: number,
    quotas: Quotas,
  ): Promise<{ type: 'Reserved' | 'Same' | 'AlreadyExists' } | QuotaExceeded | NotAuthorised | Gone>;

  /**
   * Last step: the bytes are there. `Gone` says that the caller must remove them again. `NotFound` says that the row was
   * removed meanwhile: the phone is to try again (503, not 410: the account lives); the bytes may by now be those of
   * another upload of the same name, so they are left alone.
   */
  finishBlob(aid: Uint8Array, bid: Uint8Array): Promise<{ type: 'Ready' | 'NotFound' } | Gone>;

  /** Only blobs that are ready. */
  findBlob(
    aid: Uint8Array,
    bid: Uint8Array,
  ): Promise<{ type: 'Blob'; blob: Blob } | { type: 'NotFound' } | Gone>;
  listBlobs(aid: Uint8Array): Promise<readonly Blob[] | Gone>;

  /**
   * Marks it as being removed, so that nobody reads it or uploads it any more; then the caller removes the bytes, then
   * `forgetBlob`. With `unfinished` a blob that is ready is `NotFound`: for the sweep, whose list may be old by now.
   */
  hideBlob(
    aid: Uint8Array,
    bid: Uint8Array,
    which?: 'any' | 'unfinished',
  ): Promise<{ type: 'Hidden' | 'NotFound' } | Gone>;
  /** Frees its quota. Does nothing to a blob that is ready. */
  forgetBlob(aid: Uint8Array, bid: Uint8Array): Promise<void>;

  listCredentials(aid: Uint8Array): Promise<readonly Credential[] | Gone>;

  /**
   * Adds or replaces a code. Without `authHash` the stored one stays; then the code must exist. `AlreadyExists` for a
   * code of another account, a ring version not above the stored one, a sixth code, another role than it has, or when
   * somebody else was faster.
   */
  putCredential(
    asker: Asker,
    credential: Omit<Credential, 'aid' | 'authHash'> & { readonly authHash: Uint8Array | null },
    most: number,
  ): Promise<{ type: 'Created' | 'Replaced' | 'AlreadyExists' | 'NotFound' } | NotAuthorised | Gone>;

  /**
   * `AlreadyExists` for the last owner. A code that is not there counts as deleted, and a code may always go on taking
   * itself away.
   */
  deleteCredential(
    asker: Asker,
    cid: Uint8Array,
  ): Promise<{ type: 'Deleted' | 'AlreadyExists' } | NotAuthorised | Gone>;

  /**
   * Writes down that the account is to go: from now on every method answers `Gone` for it. Stays after a crash. With
   * `onlyIf` it does so, and answers `true`, only when the account is still forgotten: a list of such accounts is old
   * when its last one is reached.
   */
  startDeletion(aid: Uint8Array, onlyIf?: Forgotten): Promise<boolean>;

  /**
   * Deletes up to `most` blobs or records of an account whose deletion was started, blobs first (the caller has removed
   * their bytes), the account row last, and leaves SHA-256(cid) of its codes in `gone` until `goneUntilDay`.
   * `done` only when nothing of it is left. `done` at once for an account whose deletion was never started.
   */
  continueDeletion(aid: Uint8Array, most: number, goneUntilDay: number): Promise<{ readonly done: boolean }>;

  /** Accounts whose deletion has started and not ended, for the start of the server. */
  listDeletions(): Promise<readonly Uint8Array[]>;

  /** At most `most` accounts. */
  listForgotten(days: Forgotten & { readonly most: number }): Promise<readonly Uint8Array[]>;

  /** Whether any account was last used after the one day and before the other. */
  wasUsedBetween(after: number, before: number): Promise<boolean>;

  /** Blobs that were reserved before this day and never became ready. At most `most`. */
  listUnfinishedBlobs(
    before: number,
    most: number,
  ): Promise<readonly { readonly aid: Uint8Array; readonly bid: Uint8Array }[]>;

  /** Drops entries of `gone` that are no longer needed. */
  sweepGone(today: number): Promise<void>;

  /** A consistent copy of the database in a file; only engines that keep a file of their own can. */
  backup?(file: string): Promise<void>;

  close(): Promise<void>;
}

/** The engine could not do it now; nothing has changed. */
export class BusyError extends Error {
  override readonly name = 'BusyError';
}
