import { useEffect, useRef, useState } from 'react';
import { type Contract, type ContractFields, removeContract, saveContract } from '#data/contracts.ts';
import type { Database } from '#data/database.ts';
import type { Removed } from '#data/records.ts';
import { askForPersistence } from '#data/storage.ts';
import type { StorageError } from '#data/storageError.ts';
import { ok, type Result } from '#lib/result.ts';
import { useDraft } from '#ui/useDraft.ts';

/** What every part of the form gets: the contract as it stands on the screen, and how to change it. */
export interface ContractFormPart {
  draft: ContractFields;
  change: (fields: Partial<ContractFields>) => void;
}

/** The form of one contract: saves itself, and can remove the contract. */
export function useContractForm(db: Database, opened: Contract) {
  const [first] = useState<ContractFields>(opened);
  const isRemoved = useRef(false);
  const hasAsked = useRef(false);

  const form = useDraft<ContractFields, StorageError>(opened, async (next, before) => {
    if (isRemoved.current) return ok(undefined);
    const result = await saveContract(db, opened.id, next, before);
    if (result.ok) keepOnPhone();
    return result;
  });

  const contract = useRef<Contract>(opened);
  useEffect(() => {
    contract.current = { ...form.draft, id: opened.id };
  });

  /** Asks the browser not to throw the papers away, once there are some. */
  function keepOnPhone(): void {
    if (hasAsked.current) return;
    hasAsked.current = true;
    // Not awaited: Firefox shows a question, and saving goes on meanwhile.
    void askForPersistence(db, navigator.storage);
  }

  /** Removes the contract; no save that was still waiting brings it back. */
  async function remove(): Promise<Result<Removed, StorageError>> {
    isRemoved.current = true;
    const result = await removeContract(db, opened.id);
    if (!result.ok) isRemoved.current = false;
    return result;
  }

  /** The contract as it is now, `null` when it was removed: photos may still be on their way. */
  const current = (): Contract | null => (isRemoved.current ? null : contract.current);

  return { ...form, hasChanged: form.draft !== first, current, keepOnPhone, remove };
}
