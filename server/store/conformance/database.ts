import type { MIGRATIONS } from '#server/store/migrations.ts';
import type { Store } from '#server/store/store.ts';

/** A database for one test: empty at first, and for as long as the test lasts. */
export interface TestDatabase {
  /** Opens it as a server does; `steps` other than all for a server of another version. */
  open(steps?: typeof MIGRATIONS): Promise<Store>;
  /** Looks at the tables behind the back of the store, which is closed meanwhile: SQLite knows one user. */
  query<Row>(sql: string, values?: readonly (Uint8Array | number | null)[]): Promise<readonly Row[]>;
  remove(): Promise<void>;
}

export const TABLES = ['account', 'deleting', 'record', 'blob', 'code_of', 'cred', 'gone'] as const;

/** How many rows there are, by table; only tables with any. */
export async function countRows(database: TestDatabase): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of TABLES) {
    const [row] = await database.query<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table}`);
    if (row && Number(row.n) > 0) counts[table] = Number(row.n);
  }
  return counts;
}
