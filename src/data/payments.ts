import type { Day } from '#lib/day.ts';
import type { Result } from '#lib/result.ts';
import type { FeeCurrency } from './contracts.ts';
import type { Database, Row } from './database.ts';
import { type Removed, removeRecord, saveRecord } from './records.ts';
import type { StorageError } from './storageError.ts';

/** Money that the worker gave to an agency or its people. `null` means: not filled in. */
export interface PaymentFields {
  readonly agencyId: string | null;
  readonly amount: number | null;
  readonly currency: FeeCurrency | null;
  readonly paidOn: Day | null;
  readonly paidTo: string | null;
  readonly purpose: string | null;
}

export interface Payment extends PaymentFields {
  readonly id: string;
}

/** A payment to this agency with nothing filled in. */
export function emptyPayment(agencyId: string | null): PaymentFields {
  return { agencyId, amount: null, currency: null, paidOn: null, paidTo: null, purpose: null };
}

/** The payments to an agency, the oldest first. */
export async function listPayments(db: Database, agencyId: string): Promise<Payment[]> {
  const rows = await db.payments.where('agencyId').equals(agencyId).toArray();
  return rows.map(toPayment).sort((a, b) => (a.paidOn ?? '').localeCompare(b.paidOn ?? ''));
}

/** Saves what changed; see `saveRecord` for `opened`. A new payment brings an id from `newId(db)`. */
export function savePayment(
  db: Database,
  id: string,
  fields: Partial<PaymentFields>,
  opened: Partial<PaymentFields> | null = null,
): Promise<Result<void, StorageError>> {
  return saveRecord(db, 'payments', id, fields, opened);
}

/** Removes a payment with its receipts. `restoreRecord` brings both back. */
export function removePayment(db: Database, id: string): Promise<Result<Removed, StorageError>> {
  return removeRecord(db, 'payments', id);
}

function toPayment(row: Row): Payment {
  return { ...emptyPayment(null), ...row };
}
