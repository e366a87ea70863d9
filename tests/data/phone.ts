import { onTestFinished, vi } from 'vitest';
import { createDatabase, type Database, type DatabaseOptions, openDatabase } from '#data/database.ts';
import type { Result } from '#lib/result.ts';

export const START = Date.UTC(2026, 10, 21, 3);
export const HOUR = 60 * 60 * 1000;

export interface Phone {
  readonly name: string;
  /** A clock that stands still until the test moves it. */
  readonly clock: { now: number };
  /** Opens the app: a tab, or the next start after `restart`. */
  readonly open: (options?: Partial<DatabaseOptions>) => Promise<Database>;
  /** Closes every tab and opens the app again. */
  readonly restart: () => Promise<Database>;
}

/** A phone with an empty database of its own, deleted when the test ends. */
export function aPhone(): Phone {
  const name = `test-${crypto.getRandomValues(new Uint32Array(2)).join('-')}`;
  const clock = { now: START };
  const tabs: Database[] = [];
  const build = (options: Partial<DatabaseOptions> = {}) => {
    const db = createDatabase({ name, now: () => clock.now, randomBytes, ...options });
    tabs.push(db);
    return db;
  };
  const closeAll = () => {
    for (const tab of tabs.splice(0)) {
      tab.close();
    }
  };
  onTestFinished(async () => {
    vi.restoreAllMocks();
    closeAll();
    await deleteDatabase(name);
  });
  const open = async (options: Partial<DatabaseOptions> = {}) => {
    const db = build(options);
    valueOf(await openDatabase(db));
    return db;
  };
  const restart = () => {
    closeAll();
    return open();
  };
  return { name, clock, open, restart };
}

/** The value of a success. Throws, and so fails the test, when it is a failure. */
export function valueOf<T, E>(result: Result<T, E>): T {
  if (!result.ok) {
    throw new Error(`Failed: ${JSON.stringify(result.error)}`);
  }
  return result.value;
}

export function randomBytes(count: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(count));
}

/** Everything the database holds, to compare before and after; without what is drawn anew at every write. */
export async function dump(db: Database): Promise<Record<string, unknown[]>> {
  const content: Record<string, unknown[]> = {};
  for (const table of db.tables) {
    const rows = await table.toArray();
    content[table.name] = table.name === 'unsent' ? rows.map(({ generation: _, ...row }) => row) : rows;
  }
  return content;
}

/** From the `putsBefore + 1`st write on, the phone is full. */
export function fillStorage(putsBefore = 0): { readonly makeRoom: () => void } {
  silenceDexie();
  const put = IDBObjectStore.prototype.put;
  let puts = 0;
  const spy = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
    this: IDBObjectStore,
    ...values: Parameters<IDBObjectStore['put']>
  ) {
    puts += 1;
    if (puts > putsBefore) {
      throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
    }
    return put.apply(this, values);
  });
  return { makeRoom: () => spy.mockRestore() };
}

/** On localhost Dexie writes every failed request to the console. */
export function silenceDexie(): void {
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  vi.spyOn(console, 'trace').mockImplementation(() => {});
}

function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(new Error('The test database was not deleted'));
  });
}
