import { useServices } from './context.ts';
import { useLater } from './useLater.ts';

/** The screens in Reference.tsx. */
const NAMES = ['right', 'path', 'cards', 'card', 'search', 'promises'] as const;
export type ReferenceName = (typeof NAMES)[number];

export function isReference(screen: string): screen is ReferenceName {
  return (NAMES as readonly string[]).includes(screen);
}

export type ReferenceFile = typeof import('./Reference.tsx');

/** `null` until it is there, `missing` when it cannot be had. */
export type LateReference = ReferenceFile | 'missing' | null;

export const loadReference = (): Promise<ReferenceFile> => import('./Reference.tsx');

/** Its screens; there at once on a page that opens with one of them, else loaded when the first one is wanted. */
export function useReference(isWanted: boolean): LateReference {
  const { reference } = useServices();
  const later = useLater(isWanted && !reference ? loadReference : null);
  return reference ?? later;
}
