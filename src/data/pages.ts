import type { Result } from '#lib/result.ts';
import type { Contract } from './contracts.ts';
import { type Database, newId, type Row } from './database.ts';
import { addPhotoInTransaction, type PhotoDraft } from './photos.ts';
import { byPosition, lastPosition, moveInTransaction } from './positions.ts';
import { inOneTransaction, type Removed, removeRecord, saveInTransaction } from './records.ts';
import type { StorageError } from './storageError.ts';

/** One photographed page of a contract. */
export interface Page {
  readonly id: string;
  readonly contractId: string | null;
  readonly photoId: string | null;
  readonly position: number | null;
}

/** The pages of a contract in their order. */
export async function listPages(db: Database, contractId: string): Promise<Page[]> {
  const rows = await db.pages.where('contractId').equals(contractId).toArray();
  return rows.map(toPage).sort(byPosition);
}

/** How many pages each contract has, by contract id. */
export async function countPages(db: Database): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const id of (await db.pages.orderBy('contractId').keys()) as string[]) {
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

/**
 * Adds photos as the last pages, all or none, and gives the ids of the pages. A contract that is not saved yet,
 * or was removed in another tab, is saved with them.
 */
export function addPages(
  db: Database,
  contract: Contract,
  photos: readonly PhotoDraft[],
): Promise<Result<string[], StorageError>> {
  return inOneTransaction(db, async () => {
    const contractId = contract.id;
    await saveInTransaction(db, { collection: 'contracts', id: contractId }, contract, contract);
    let position = lastPosition(await listPages(db, contractId));
    const ids: string[] = [];
    for (const photo of photos) {
      const id = newId(db);
      const photoId = await addPhotoInTransaction(db, photo);
      const page = { contractId, photoId, position };
      await saveInTransaction(db, { collection: 'pages', id }, page, null);
      ids.push(id);
      position += 1;
    }
    return ids;
  });
}

/** Moves a page to `index` (0 = first) among the pages of its contract. A page that is gone stays gone. */
export function movePage(db: Database, page: Page, index: number): Promise<Result<void, StorageError>> {
  return inOneTransaction(db, async () => {
    const pages = await listPages(db, page.contractId ?? '');
    await moveInTransaction(db, 'pages', pages, page.id, index);
  });
}

/** Removes a page. Its photo stays until `purgeUnusedPhotos`, so `restoreRecord` brings it back whole. */
export function removePage(db: Database, id: string): Promise<Result<Removed, StorageError>> {
  return removeRecord(db, 'pages', id);
}

function toPage(row: Row): Page {
  return { contractId: null, photoId: null, position: null, ...row };
}
