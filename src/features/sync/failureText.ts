import type { TFunction } from 'i18next';
import type { StorageError } from '#data/storageError.ts';
import type { SealedFileError, SyncError } from '#sync/client.ts';
import type { ActionFailure } from './useAction.ts';

/** Why something did not work: by the client, by the phone, or because the client could not be loaded. */
export type Failure = SyncError | StorageError | ActionFailure;

/** Each type has words that say what happened and what to do. */
export function failureText(t: TFunction<'app'>, failure: Failure): string {
  switch (failure.type) {
    case 'NotLoaded':
      return t(($) => $.failure.contentMissing);
    case 'Storage':
      return t(($) => $.errors[failure.error.type]);
    case 'Full':
      return t(($) => $.sync.full[failure.which]);
    case 'Refused':
      return t(($) => $.sync.errors.Refused, { number: failure.count });
    case 'QuotaExceeded':
    case 'StorageBlocked':
    case 'DatabaseNewer':
    case 'ConnectionLost':
    case 'Damaged':
      return t(($) => $.errors[failure.type]);
    default:
      return t(($) => $.sync.errors[failure.type]);
  }
}

export type FileFailure = SealedFileError | ActionFailure;

/** The same for a locked file: there a code is wrong for the file, and not for the server. */
export function fileFailureText(t: TFunction<'app'>, failure: FileFailure): string {
  switch (failure.type) {
    case 'NotLoaded':
      return t(($) => $.failure.contentMissing);
    case 'Storage':
      return t(($) => $.errors[failure.error.type]);
    case 'WrongCode':
      return t(($) => $.sync.file.wrongCode);
    case 'NotSecure':
      return t(($) => $.sync.errors.NotSecure);
    default:
      return t(($) => $.errors[failure.type]);
  }
}
