import type { Result } from '#lib/result.ts';
import { type Database, newId, type Row } from './database.ts';
import type { Payment } from './payments.ts';
import { addPhotoInTransaction, type PhotoDraft } from './photos.ts';
import { inOneTransaction, keepParent, type Removed, removeRecord, saveInTransaction } from './records.ts';
import type { StorageError } from './storageError.ts';

/** A photographed proof of a payment. */
export interface Receipt {
  readonly id: string;
  readonly paymentId: string | null;
  readonly photoId: string | null;
}

/** The receipts of a payment. */
export async function listReceipts(db: Database, paymentId: string): Promise<Receipt[]> {
  const rows = await db.receipts.where('paymentId').equals(paymentId).toArray();
  return rows.map(toReceipt);
}

/**
 * Adds a photo as receipt and gives the id of the receipt. A payment that is not saved yet, or was removed in
 * another tab, is saved with it.
 */
export function addReceipt(
  db: Database,
  payment: Payment,
  photo: PhotoDraft,
): Promise<Result<string, StorageError>> {
  return inOneTransaction(db, async () => {
    const paymentName = { collection: 'payments', id: payment.id } as const;
    await saveInTransaction(db, paymentName, payment, payment);
    await keepParent(db, paymentName);
    const id = newId(db);
    const receipt = { paymentId: payment.id, photoId: await addPhotoInTransaction(db, photo) };
    await saveInTransaction(db, { collection: 'receipts', id }, receipt, null);
    return id;
  });
}

/** Removes a receipt. Its photo stays until `purgeUnusedPhotos`, so `restoreRecord` brings it back whole. */
export function removeReceipt(db: Database, id: string): Promise<Result<Removed, StorageError>> {
  return removeRecord(db, 'receipts', id);
}

function toReceipt(row: Row): Receipt {
  return { paymentId: null, photoId: null, ...row };
}
