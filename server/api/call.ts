import type { HonoRequest } from 'hono';
import type { Credential } from '#server/store/store.ts';

/** One request that was let in. */
export interface Call {
  readonly request: HonoRequest;
  /** What limits count by (see `clientAddress`). */
  readonly address: string;
  /** Counts bytes that stay in memory until the answer is out; false says that there is no room now. */
  readonly hold: (bytes: number) => boolean;
}

/** One request with a right token. */
export interface KnownCall extends Call {
  readonly credential: Credential;
}
