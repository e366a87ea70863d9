import type { Page } from 'playwright';
import { ENTRIES, type StoredState } from '#data/database.ts';
import { isEmpty, shownValues } from '#data/recordState.ts';

/* What lies in the database of a phone. */

/** Every table of a database in the browser; a photo is its number of bytes. */
export function readTables(page: Page, name = 'mitra'): Promise<Tables> {
  return page.evaluate(async (database) => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open(database);
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(new Error('no database'));
    });
    // One transaction: the app may be writing.
    const reading = db.transaction([...db.objectStoreNames]);
    const tables = await Promise.all(
      [...db.objectStoreNames].map(
        (table) =>
          new Promise<[string, unknown[]]>((resolve, reject) => {
            const all = reading.objectStore(table).getAll();
            all.onsuccess = () => resolve([table, all.result]);
            all.onerror = () => reject(new Error(`no ${table}`));
          }),
      ),
    );
    db.close();
    const readable = (_key: string, value: unknown) =>
      value instanceof Uint8Array ? `${value.length} bytes` : value;
    return JSON.parse(JSON.stringify(Object.fromEntries(tables), readable)) as Tables;
  }, name);
}

export type TableRow = Readonly<Record<string, unknown>>;
export type Tables = Readonly<Record<string, readonly TableRow[]>>;

/** The tables with entries of the worker, each row by its id: equal on two phones that have come together. */
export function entriesIn(tables: Tables): Record<string, TableRow> {
  const rows: Record<string, TableRow> = {};
  for (const table of ENTRIES) {
    for (const row of tables[table] ?? []) rows[`${table} ${String(row['id'])}`] = row;
  }
  return rows;
}

/** What of these tables is half: a row that says something else than its own history, or a page without its photo. */
export function halvesIn(tables: Tables): string[] {
  const rows = entriesIn(tables);
  const photos = new Set(tables['photos']?.map(({ id }) => id));
  const halves: string[] = [];
  const shown: Record<string, TableRow> = {};
  for (const state of tables['recordState'] as unknown as readonly StoredState[]) {
    const { collection, id } = state;
    if (collection !== 'choice' && !isEmpty(state))
      shown[`${collection} ${id}`] = { id, ...shownValues(state) };
  }
  for (const name of new Set([...Object.keys(rows), ...Object.keys(shown)])) {
    const [row, state] = [rows[name], shown[name]].map((values) => JSON.stringify(filled(values ?? {})));
    if (row !== state) halves.push(`${name}: ${row} and ${state}`);
  }
  for (const [name, row] of Object.entries(rows)) {
    if ('photoId' in row && !photos.has(row['photoId'])) halves.push(`${name}: no photo`);
  }
  return halves;
}

const filled = (row: TableRow): [string, unknown][] =>
  Object.entries(row)
    .filter(([, value]) => value !== null)
    .sort(([a], [b]) => (a < b ? -1 : 1));
