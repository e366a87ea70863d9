/** Why the phone could not keep or read something. Each type has words and a way out. */
export type StorageError =
  // No room left on the phone.
  | { readonly type: 'QuotaExceeded' }
  // Private mode, or the browser was told to keep nothing.
  | { readonly type: 'StorageBlocked' }
  // A newer version of the app has already changed the database.
  | { readonly type: 'DatabaseNewer' }
  // The browser closed the database under us, and opening it again did not help.
  | { readonly type: 'ConnectionLost' }
  // The browser cannot read its own files any more.
  | { readonly type: 'Damaged' };

const TYPE_BY_NAME: Readonly<Record<string, StorageError['type']>> = {
  QuotaExceededError: 'QuotaExceeded',
  SecurityError: 'StorageBlocked',
  MissingAPIError: 'StorageBlocked',
  VersionError: 'DatabaseNewer',
  DatabaseClosedError: 'ConnectionLost',
  NotReadableError: 'Damaged',
  NotFoundError: 'Damaged',
  DataCorruptedError: 'Damaged',
};

/** The storage error behind an exception. Throws the exception again when it is not about storage. */
export function toStorageError(thrown: unknown): StorageError {
  let found: StorageError['type'] | null = null;
  // Dexie wraps the browser's own error once or twice; the innermost one says why.
  for (let error = thrown; error instanceof Error; error = innerError(error)) {
    found = typeOf(error) ?? found;
  }
  if (found !== null) {
    return { type: found };
  }
  // An abort without a reason: the browser ended the transaction itself, as when it closes the database.
  if (thrown instanceof Error && thrown.name === 'AbortError') {
    return { type: 'ConnectionLost' };
  }
  throw thrown;
}

function typeOf(error: Error): StorageError['type'] | null {
  const known = Object.hasOwn(TYPE_BY_NAME, error.name) ? TYPE_BY_NAME[error.name] : undefined;
  if (known !== undefined) {
    return known;
  }
  if (error.name === 'InvalidStateError') {
    // Firefox in private mode says "a mutation operation was attempted on a database that did not allow mutations".
    return /mutation/i.test(error.message) ? 'StorageBlocked' : 'ConnectionLost';
  }
  if (error.name === 'UnknownError') {
    // iOS: https://github.com/dexie/Dexie.js/issues/2008. Chromium says "Internal error" for broken files.
    return /connection|server lost|closing/i.test(error.message) ? 'ConnectionLost' : 'Damaged';
  }
  return null;
}

function innerError(error: Error): unknown {
  // Of many writes at once Dexie gives a list.
  if ('failures' in error && Array.isArray(error.failures)) return error.failures[0];
  return 'inner' in error ? error.inner : null;
}
