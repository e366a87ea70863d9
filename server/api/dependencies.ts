import type { LIMITS } from '#shared/protocol.ts';
import type { BlobStore } from '#server/store/blobStore.ts';
import type { Quotas, Store } from '#server/store/store.ts';
import type { ByteBudget } from './byteBudget.ts';
import type { Deletions } from './deletions.ts';
import type { InTurn } from './turns.ts';

/** How often somebody may ask; the defaults are `LIMITS` of the protocol. */
export type Rates = Readonly<
  Record<
    keyof Pick<typeof LIMITS, 'requestsPerMinute' | 'burst' | 'failedLoginsPerMinute' | 'newAccountsPerHour'>,
    number
  >
>;

export interface ApiDependencies {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly deletions: Deletions;
  /** The same that `deletions` was made with: photos of one account are written and removed one after the other. */
  readonly inTurn: InTurn;
  readonly memory: ByteBudget;
  readonly quotas: Quotas;
  readonly rates: Rates;
  readonly now: () => number;
  /** Gets one line for each request and each trouble; nothing in it tells who asked or for what. */
  readonly log: (line: string) => void;
  /** With it only who knows the operator's word can open an account. */
  readonly enrolCode: string | null;
  /** Our address as browsers see it; `null` takes the Host header. */
  readonly origin: string | null;
  /** How many proxies stand before us. */
  readonly proxies: number;
  /** Milliseconds that a request for a deletion waits for its end before it is answered 503. */
  readonly deletionPatience: number;
}
