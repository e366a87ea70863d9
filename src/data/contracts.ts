import type { Country } from '#i18n/languages.ts';
import type { Day } from '#lib/day.ts';
import type { Result } from '#lib/result.ts';
import type { Database, Row } from './database.ts';
import { type Removed, removeRecord, saveRecord } from './records.ts';
import type { StorageError } from './storageError.ts';

/** Where the worker goes: not Cambodia. */
export type Destination = Exclude<Country, 'kh'>;
export type Currency = 'KRW' | 'THB' | 'MYR' | 'USD';
export type FeeCurrency = Currency | 'KHR';
export type Job = 'factory' | 'farm' | 'construction' | 'domestic' | 'fishing' | 'services' | 'other';
export type WageUnit = 'hour' | 'day' | 'month' | 'piece';
export type Provision = 'free' | 'deducted' | 'none';

/** A work contract as the worker typed it in. `null` means: not filled in. */
export interface ContractFields {
  readonly country: Destination | null;
  readonly employer: string | null;
  readonly employerPhone: string | null;
  readonly workplace: string | null;
  readonly job: Job | null;
  readonly start: Day | null;
  readonly end: Day | null;
  readonly wage: number | null;
  readonly wageUnit: WageUnit | null;
  readonly currency: Currency | null;
  readonly hoursPerDay: number | null;
  readonly daysPerWeek: number | null;
  readonly housing: Provision | null;
  readonly housingDeduction: number | null;
  readonly meals: Provision | null;
  readonly mealDeduction: number | null;
  readonly fees: number | null;
  readonly feesCurrency: FeeCurrency | null;
  readonly note: string | null;
}

export interface Contract extends ContractFields {
  readonly id: string;
}

/** A contract with nothing filled in but the country. */
export function emptyContract(country: Destination | null): ContractFields {
  return {
    country,
    employer: null,
    employerPhone: null,
    workplace: null,
    job: null,
    start: null,
    end: null,
    wage: null,
    wageUnit: null,
    currency: null,
    hoursPerDay: null,
    daysPerWeek: null,
    housing: null,
    housingDeduction: null,
    meals: null,
    mealDeduction: null,
    fees: null,
    feesCurrency: null,
    note: null,
  };
}

/** All contracts, the newest first; those without a start day come before them. */
export async function listContracts(db: Database): Promise<Contract[]> {
  const contracts = (await db.contracts.toArray()).map(toContract);
  return contracts.sort((a, b) => (b.start ?? '9999').localeCompare(a.start ?? '9999'));
}

/** One contract, `null` when there is none with this id. */
export async function getContract(db: Database, id: string): Promise<Contract | null> {
  const row = await db.contracts.get(id);
  return row === undefined ? null : toContract(row);
}

/**
 * Saves what changed. A new contract brings its own id from `newId(db)`. `opened` is the contract as the form
 * showed it when it opened; with it, two tabs can change different fields of one contract.
 */
export function saveContract(
  db: Database,
  id: string,
  fields: Partial<ContractFields>,
  opened: Partial<ContractFields> | null = null,
): Promise<Result<void, StorageError>> {
  return saveRecord(db, 'contracts', id, fields, opened);
}

/** Removes a contract with its pages. The answer brings all of it back through `restoreRecord`. */
export function removeContract(db: Database, id: string): Promise<Result<Removed, StorageError>> {
  return removeRecord(db, 'contracts', id);
}

function toContract(row: Row): Contract {
  return { ...emptyContract(null), ...row };
}
