/** What the tables hold: bytes, whole numbers, nothing. */
export type Value = Uint8Array | number | null;

/** Where statements go. The texts are those of `sql.ts`, with `?` for each value. */
export interface Connection {
  select<Row>(sql: string, values?: readonly Value[]): Promise<readonly Row[]>;
  /** Resolves to the number of rows that were written or deleted. */
  change(sql: string, values?: readonly Value[]): Promise<number>;
}

export type Run = <T>(work: (connection: Connection) => Promise<T>) => Promise<T>;

/**
 * A database, reduced to what the store needs of it. `work` may run again when the database asks for it, so it changes
 * nothing outside, and it waits for nothing but its statements: SQLite does everything else only afterwards.
 */
export interface Engine {
  /** Statements without a common snapshot. */
  readonly read: Run;
  /** Reads only, and all statements see one moment. */
  readonly snapshot: Run;
  /** All of it, or nothing. */
  readonly write: Run;
  /** Removes what the database file still has of deleted rows. */
  readonly wipe: () => Promise<void>;
  /** Removes what the journal beside it has of them. */
  readonly emptyJournal: () => Promise<void>;
  readonly close: () => Promise<void>;
}
