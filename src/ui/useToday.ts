import { dayOf } from '#lib/day.ts';
import { useScripting } from './useScripting.ts';

/** The phone's own day as `YYYY-MM-DD`; `null` in pages made at build time, which know no today. */
export function useToday(): string | null {
  return useScripting() ? dayOf(Date.now()) : null;
}
