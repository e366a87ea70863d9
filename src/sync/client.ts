import type { Choice, SyncProblem, SyncRole } from '#data/syncState.ts';
import type { Result } from '#lib/result.ts';
import type { StorageError } from '#data/storageError.ts';

/** Why something that the worker asked for just now did not work. Each type has words and a way out. */
export type SyncError =
  | SyncProblem
  /** The code is well formed, but the server has no copy for it, or the copy does not open with it. */
  | { readonly type: 'WrongCode' }
  /** The copy of this code was deleted. */
  | { readonly type: 'Gone' }
  /** This phone already saves to another copy: stop that one first. */
  | { readonly type: 'OtherCopy' }
  /** It is the code of a family copy: it can read, and nothing else. */
  | { readonly type: 'NotOwner' }
  /** Five codes are the most; or the last one cannot be taken away. */
  | { readonly type: 'TooManyCodes' }
  /** The page is not on HTTPS, so the phone gives no cryptography. */
  | { readonly type: 'NotSecure' };

/** What a code opens, from the sealed manifest and never from what the server says about itself. */
export interface CopyPreview {
  readonly digits: string;
  readonly role: SyncRole;
  /** When it was last saved, ms; `null` when nothing was saved yet. */
  readonly savedAt: number | null;
  readonly entries: number;
  /** Bytes to fetch, photos apart; from the server, so a guess. */
  readonly bytes: number;
  readonly photoBytes: number;
  readonly photos: number;
  /** How many entries this phone has already: above 0 the worker is asked before both are put together. */
  readonly entriesHere: number;
}

export interface Progress {
  readonly bytes: number;
  /** As far as it is known. */
  readonly total: number;
}

/** One code besides that of this phone. */
export interface OtherCode {
  readonly cid: string;
  readonly role: SyncRole;
  readonly label: string;
}

export interface SealedFile {
  readonly file: Blob;
  readonly name: string;
  /** The 32 digits that open it; they stand nowhere else. */
  readonly digits: string;
  readonly entries: number;
  readonly photos: number;
  /** Entries and photos that are not in it, because they are too large to be sealed. */
  readonly leftOut: number;
}

export type SealedFileError =
  | StorageError
  | { readonly type: 'NotOurs' }
  | { readonly type: 'TooNew' }
  | { readonly type: 'TooBig' }
  | { readonly type: 'FileDamaged' }
  | { readonly type: 'WrongCode' }
  | { readonly type: 'NotSecure' };

export interface SealedImport {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  /** Entries of the file that were deleted here since; `bringBack` brings them back. */
  readonly deletedHere: number;
}

export type Activity = 'resting' | 'working' | 'waiting';

/**
 * The opt-in copy, as the screens use it. Made by `createSyncClient(db, …)` in `src/sync`, which is loaded only after the
 * worker agreed or typed a code. What there is to show comes from `syncOverview(db)` in `src/data`, live.
 */
export interface SyncClient {
  /**
   * The yes of the consent screen. Stores keys, code and choice on the phone first; the server is asked afterwards, now
   * or when there is a network. Gives the 32 digits of the recovery code. Again with `enrol`, when the operator asks for a
   * word: the same code, or empty text where it was typed back already.
   */
  agree(answer: {
    readonly choice: Choice;
    readonly wifiOnly: boolean;
    /** Version of the text that was on the screen. */
    readonly text: number;
    readonly enrol?: string;
  }): Promise<Result<{ readonly digits: string }, SyncError>>;

  /** Agreeing again after the text changed. */
  agreeAgain(text: number): Promise<Result<void, StorageError>>;

  /** Two groups were typed back: the code is erased from this phone. */
  confirmCode(): Promise<Result<void, StorageError>>;
  /** "Later": reminds in some days. */
  remindLater(): Promise<Result<void, StorageError>>;

  /** Changes these parts of the choice. */
  setChoice(choice: Partial<Choice>): Promise<Result<void, StorageError>>;
  setWifiOnly(wifiOnly: boolean): Promise<Result<void, StorageError>>;
  /** Sends and fetches photos now although only Wi-Fi was chosen. */
  sendPhotosNow(): Promise<void>;

  /** Looks what a code opens. Fetches no entry. */
  preview(digits: string): Promise<Result<CopyPreview, SyncError>>;
  /**
   * Takes the copy onto this phone and goes on saving with it. Resolves when all entries are here; photos come after.
   * Can be interrupted: it goes on at the next start.
   */
  restore(
    digits: string,
    onProgress: (progress: Progress) => void,
  ): Promise<Result<{ readonly entries: number }, SyncError>>;

  /** Saves now. */
  syncNow(): Promise<void>;
  activity(): Activity;
  subscribe(listener: () => void): () => void;
  seen(news: string): Promise<Result<void, StorageError>>;

  otherCodes(): Promise<Result<readonly OtherCode[], SyncError>>;
  /** A code that can only read, for the family. Gives its 32 digits: shown once, and not kept. */
  addFamily(label: string): Promise<Result<{ readonly digits: string }, SyncError>>;
  takeAway(cid: string): Promise<Result<void, SyncError>>;
  /** A new code for this phone; all others are cancelled in the same step, the family's too. */
  replaceCode(): Promise<Result<{ readonly digits: string }, SyncError>>;

  /** Deletes the server's copy and makes sure. `Offline`: it goes on by itself when there is a network. */
  stop(): Promise<Result<void, SyncError>>;
  /** Forgets the copy on this phone; the server's stays. */
  stopHere(): Promise<Result<void, StorageError>>;
  /** Deletes the copy of a code from any phone, without fetching it. */
  stopWithCode(digits: string): Promise<Result<void, SyncError>>;

  /** The same sealed copy as a file, for a phone without server (`docs/sync-design.md` §11). */
  exportSealed(
    onProgress: (done: number, total: number) => void,
  ): Promise<Result<SealedFile, SealedFileError>>;
  importSealed(
    file: Blob,
    digits: string,
    bringBack: boolean,
  ): Promise<Result<SealedImport, SealedFileError>>;
}
