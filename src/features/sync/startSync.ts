import { useLiveQuery } from 'dexie-react-hooks';
import { useSyncExternalStore } from 'react';
import type { Database } from '#data/database.ts';
import { syncOverview } from '#data/syncQueries.ts';
import type { SyncOverview } from '#data/syncState.ts';
import type { Activity, SyncClient } from '#sync/client.ts';

/** What every screen of the copy gets: how it stands, and the client once it is loaded. */
export interface Sync {
  /** `undefined` while it is read. */
  readonly overview: SyncOverview | undefined;
  /** `null` until somebody agreed or typed a code on this phone. */
  readonly client: SyncClient | null;
  /** Loads the client. Rejects when its file is neither on the phone nor to be had. */
  readonly load: () => Promise<SyncClient>;
}

const loading = new WeakMap<Database, Promise<SyncClient>>();
const clients = new WeakMap<Database, SyncClient>();
const listeners = new Set<() => void>();

/** The client of a database, made once. A file that could not be had is asked for again. */
export function loadSync(db: Database): Promise<SyncClient> {
  const known = loading.get(db);
  if (known) return known;
  const made = make(db);
  loading.set(db, made);
  made.catch(() => loading.delete(db));
  return made;
}

async function make(db: Database): Promise<SyncClient> {
  const { createSyncClient } = await import('#sync/createSyncClient.ts');
  const client = createSyncClient(db);
  // Until there is a copy its runs end at once.
  client.start();
  clients.set(db, client);
  for (const listener of listeners) listener();
  return client;
}

/** Goes on with the copy, when there is one. Loads nothing of it otherwise. */
export async function startSync(db: Database): Promise<void> {
  const { phase } = await syncOverview(db);
  // Without the file nothing is lost: it is tried again at the next start, and by the buttons of the screens.
  if (phase !== 'off') await loadSync(db).catch(() => null);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Follows the copy of a database. */
export function useSync(db: Database): Sync {
  const overview = useLiveQuery(async () => syncOverview(db), [db]);
  const client = useSyncExternalStore(subscribe, () => clients.get(db) ?? null);
  return { overview, client, load: () => loadSync(db) };
}

const never = (): (() => void) => () => {};

/** What the client is doing just now. */
export function useActivity(client: SyncClient | null): Activity {
  return useSyncExternalStore(client?.subscribe ?? never, () => client?.activity() ?? 'resting');
}
