import type { QUOTAS } from '#shared/protocol.ts';
import type { CollectionName } from './database.ts';
import type { StorageError } from './storageError.ts';

/*
 * What the phone remembers of the opt-in copy (docs/sync-design.md §6): one row, in the database beside the entries, so
 * that it changes in the same transaction. Nothing of it is there before the worker agreed or typed a code.
 */

/** What the worker chooses to save, in the words of the consent screen. */
export const GROUPS = ['contracts', 'agencies', 'contacts', 'checklist', 'cards'] as const;
export type Group = (typeof GROUPS)[number];

/** Which tables belong to a group. A table in no group is never sent, until a new text has asked for it. */
export const GROUP_OF: Readonly<Record<Exclude<CollectionName, 'choice'>, Group>> = {
  contracts: 'contracts',
  pages: 'contracts',
  agencies: 'agencies',
  agencyPeople: 'agencies',
  promises: 'agencies',
  payments: 'agencies',
  receipts: 'agencies',
  contacts: 'contacts',
  checklist: 'checklist',
  cards: 'cards',
};

export type Choice = Readonly<Record<Group | 'photos', boolean>>;

export type SyncRole = 'owner' | 'reader';

/**
 * `starting`: agreed, but the server has not answered yet. `on`: saving. `withdrawing`: stopped, and the server's copy is
 * not proved to be gone yet.
 */
export type SyncPhase = 'starting' | 'on' | 'withdrawing';

/** Which part of the server's room is used up (the answer 507). */
export type FullPart = (typeof QUOTAS)[number];

/** Why saving does not go on; each type has words and a way out. All but `Offline` stand until a run goes well. */
export type SyncProblem =
  | { readonly type: 'Offline' }
  /** The server asks us to wait, or cannot answer now. */
  | { readonly type: 'Busy' }
  /** Something else than our server answered: often the login page of a Wi-Fi. */
  | { readonly type: 'BadAnswer' }
  /** The server does not know this code any more. Tried once a day. */
  | { readonly type: 'NotAuthorised' }
  | { readonly type: 'Full'; readonly which: FullPart }
  /** The server does not let this phone write. It goes on reading. */
  | { readonly type: 'NotAllowed' }
  /** The operator asks for an enrol code before a new copy. */
  | { readonly type: 'EnrolNeeded' }
  /** Some entries came from a newer app: update to see them. */
  | { readonly type: 'AppTooOld' }
  /** One entry or photo is refused again and again: too large. The rest goes on. */
  | { readonly type: 'Refused'; readonly count: number }
  | { readonly type: 'Storage'; readonly error: StorageError };

/** Told once, until the worker has seen it. */
export type SyncNews =
  /** "The server's copy was not complete; your phone's copy is being saved again." */
  | 'Repaired'
  /** The same on a family copy, which can only tell. */
  | 'Incomplete'
  /** Somebody with the code deleted the copy; the entries are still here. */
  | 'StoppedElsewhere'
  /** The worker's own stop is proved: nothing is left on the server. */
  | 'Deleted'
  /** A family copy was taken away; what is here stays. */
  | 'TakenAway';

/** All a screen needs to say how saving goes. */
export interface SyncOverview {
  readonly phase: SyncPhase | 'off';
  readonly role: SyncRole | null;
  /** When everything of this phone was last on the server, ms; `null` when never. */
  readonly savedAt: number | null;
  /** Chosen entries that are not on the server yet. */
  readonly entriesLeft: number;
  /** The choice is not on the server yet: what was taken out of it still is. */
  readonly choiceLeft: boolean;
  readonly photosLeft: number;
  /** Photos that other phones have and this one does not yet. */
  readonly photosToCome: number;
  readonly problem: SyncProblem | null;
  readonly news: readonly SyncNews[];
  /** The code still waits to be written down: its 32 digits, until two groups were typed back. */
  readonly code: string | null;
  /** When to remind of the code, ms. */
  readonly remindAt: number | null;
  readonly choice: Choice;
  readonly wifiOnly: boolean;
  /** Photos of other phones come on any network. */
  readonly mayFetchPhotos: boolean;
  /** When and to which version of the text the worker agreed; `null` when this phone only opened a copy. */
  readonly consent: { readonly at: number; readonly text: number } | null;
}
