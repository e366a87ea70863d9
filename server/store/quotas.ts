import type { QuotaExceeded, Quotas } from './store.ts';

/** `null` when there is room. What does not grow always has room, also where the operator has lowered a quota. */
export function findFullQuota(
  quotas: Quotas,
  growth: readonly { readonly which: keyof Quotas; readonly from: number; readonly to: number }[],
): QuotaExceeded | null {
  const full = growth.find(({ which, from, to }) => to > from && to > quotas[which]);
  return full
    ? { type: 'QuotaExceeded', which: full.which, limit: quotas[full.which], used: full.from }
    : null;
}
