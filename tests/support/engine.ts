import type { Database } from '#data/database.ts';
import { LIMITS } from '#shared/protocol.ts';
import type { Engine } from '#sync/engine.ts';
import { createNet, type NetOptions } from '#sync/net.ts';

/** What a run needs on a phone without a screen: it never lets one breathe, and moves photos on any network. */
export function anEngine(db: Database, fetch: NonNullable<NetOptions['fetch']>): Engine {
  return {
    db,
    net: createNet({ fetch, now: db.now }),
    pause: () => Promise.resolve(),
    mayMovePhotos: () => true,
    isAwaited: () => Promise.resolve(false),
    pushSize: LIMITS.pushRecords,
  };
}
