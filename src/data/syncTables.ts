import type { Credential } from '#crypto/keys.ts';
import type { CollectionName } from './database.ts';
import type { FieldValue } from './recordState.ts';
import type { FullPart, SyncNews, SyncPhase, SyncProblem, SyncRole } from './syncState.ts';

/* The rows of the opt-in copy (`docs/sync-design.md` §6). Bytes are `Uint8Array`, times ms. */

/** A record that no server has in this state. */
export interface Unsent {
  readonly collection: CollectionName;
  readonly id: string;
  /** Another one at every write: a push clears the row only when nothing was written meanwhile. */
  readonly generation: string;
  /** Put together by a run and not typed: that run sends it. */
  readonly merged?: true;
  /** The server will not take it, even alone. Stays until the next edit. */
  readonly refused?: true;
}

/** What the server has of a record. */
export interface SyncMeta {
  /** base64url */
  readonly rid: string;
  /** `null` while nobody could open it. */
  readonly collection: CollectionName | null;
  readonly id: string | null;
  readonly seq: number;
  /** What it adds to the `x` of the manifest; `null` when the server was told to forget it. */
  readonly contribution: Uint8Array | null;
  readonly live: boolean;
  /** The pull from 0 in which it was last seen. */
  readonly pass: number;
}

/** A record that cannot be merged: from a newer app, or not authentic. Kept as it came. */
export interface Held {
  readonly rid: string;
  readonly seq: number;
  readonly env: Uint8Array;
  /** Only what is authentic counts, and is never pushed over. */
  readonly reason: 'NotUnderstood' | 'NotAuthentic';
}

/** What is known of a photo on the server. */
export interface BlobState {
  readonly bid: string;
  readonly onServer: boolean;
  /** What came of it before the network broke; `null` when nothing. */
  readonly part: Uint8Array | null;
  /** When it was first seen to be named by no record; `null` while one names it. */
  readonly unusedSince: number | null;
  /** The server would not take it when it was `sent` last. */
  readonly refused?: boolean;
  /** How often it was sent, and when last: a server that loses it again and again must not empty the data plan. */
  readonly sent?: Times;
  /** How often it came and did not open, and when last. */
  readonly spoilt?: Times;
}

export interface Times {
  readonly count: number;
  readonly at: number;
}

/** An entry of a family copy that the worker's phone has deleted since: the family keeps it. */
export interface RemovedEntry {
  readonly collection: CollectionName;
  readonly id: string;
  readonly values: Readonly<Record<string, FieldValue>>;
  readonly removedAt: number;
}

/** One code of the account, as all owners know it. */
export interface StoredCode {
  readonly cid: Uint8Array;
  /** Opens and seals the ring of this code. */
  readonly wrap: Uint8Array;
  readonly role: SyncRole;
  readonly label: string;
}

/** The keys of the account. */
export interface StoredRing {
  readonly aid: Uint8Array;
  readonly acc: Uint8Array;
  /** Epoch and its key, the oldest first. */
  readonly epochs: readonly (readonly [number, Uint8Array])[];
  readonly role: SyncRole;
  /** Every code of the account, this phone's too; empty on a reader. */
  readonly codes: readonly StoredCode[];
  /**
   * Codes that were cancelled on this phone (cid): whenever the server lists one it is deleted, and it comes into no ring
   * again. Only here, in no sealed ring.
   */
  readonly cancelled?: readonly string[];
}

/** Everything about the opt-in copy that is not about one record. */
export interface SyncState {
  readonly id: 'sync';
  readonly phase: SyncPhase;
  /** What the code opens; `root` is never kept. */
  readonly credential: Credential;
  readonly ring: StoredRing;
  /** The highest seen. */
  readonly ringVersion: number;
  /** The highest epoch of a manifest that was believed or written: a lower one was forged with old keys. */
  readonly manifestEpoch: number;
  /** Rings on the server that are behind: our own must be written again, or those of the other codes. */
  readonly ringsDue: boolean;
  /** All codes but this phone's are to be deleted: somebody may hold one who should not. */
  readonly cancelOthers: boolean;

  readonly cursor: number;
  readonly pass: number;
  /** A pull from 0 is under way. */
  readonly fullPull: boolean;
  readonly x: Uint8Array;
  readonly count: number;
  readonly live: number;
  /** The wrong manifest for which everything was pulled already. */
  readonly wrong: { readonly head: number; readonly x: string } | null;
  /** When everything was pulled because of a wrong manifest. */
  readonly fullPulls: readonly number[];
  /** The manifest must be written again although no entry is unsent. */
  readonly pushDue: boolean;
  /** Entries may have lost the contract, agency or payment they belong to. */
  readonly parentsDue: boolean;
  /** Those, as they were last shown here, by `collection id`. */
  readonly parents: Readonly<Record<string, Readonly<Record<string, FieldValue>>>>;

  readonly code: string | null;
  readonly remindAt: number | null;
  readonly consent: { readonly at: number; readonly text: number } | null;
  readonly enrol: string | null;
  readonly wifiOnly: boolean;
  /** The worker saw how large the photos of a restore are, and took them: they come on any network. */
  readonly fetchAgreed: boolean;

  readonly savedAt: number | null;
  readonly problem: SyncProblem | null;
  /** Which part of the server was full, and when. */
  readonly full: { readonly which: FullPart; readonly at: number } | null;
  /** The same for photos, which do not hold up entries. */
  readonly photosFull: { readonly which: FullPart; readonly at: number } | null;
  /** Since when the server does not know the code: tried once a day. */
  readonly refusedAt: number | null;
  /** When the photos on the server were last compared with those that records name. */
  readonly blobsCheckedAt: number | null;
  readonly clockOffset: number;
}

/** News outlive a copy that was stopped. */
export interface StoredNews {
  readonly id: 'news';
  readonly news: readonly SyncNews[];
}
