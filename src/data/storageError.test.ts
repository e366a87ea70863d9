import { Dexie } from 'dexie';
import { expect, test } from 'vitest';
import { toStorageError } from './storageError.ts';

test.each([
  ['QuotaExceededError', '', 'QuotaExceeded'],
  ['SecurityError', '', 'StorageBlocked'],
  ['InvalidStateError', 'A mutation operation was attempted on a database', 'StorageBlocked'],
  ['InvalidStateError', 'The database connection is closing.', 'ConnectionLost'],
  [
    'UnknownError',
    'Connection to Indexed Database server lost. Refresh the page to try again',
    'ConnectionLost',
  ],
  ['UnknownError', 'Internal error opening backing store for indexedDB.open.', 'Damaged'],
  ['VersionError', '', 'DatabaseNewer'],
  ['AbortError', '', 'ConnectionLost'],
])('gives %s (%s) words: %s', (name, message, type) => {
  expect(toStorageError(new DOMException(message, name))).toEqual({ type });
});

test('finds the reason inside of what Dexie wraps around it', () => {
  const quota = new DOMException('', 'QuotaExceededError');
  expect(toStorageError(new Dexie.AbortError('Transaction aborted', quota))).toEqual({
    type: 'QuotaExceeded',
  });
  const newer = new DOMException('', 'VersionError');
  expect(toStorageError(new Dexie.DatabaseClosedError('closed', newer))).toEqual({ type: 'DatabaseNewer' });
});

test('passes on what is not about storage, for the error screen', () => {
  const mistake = new TypeError('mistake');
  expect(() => toStorageError(mistake)).toThrow(mistake);
  expect(() => toStorageError('text')).toThrow('text');
});
