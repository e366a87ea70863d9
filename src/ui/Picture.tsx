import { PICTURES } from './icons.ts';

/** The first of the two drawings of an entry, for rows and tiles. */
export function Picture({ name }: { name: string }) {
  const Drawing = PICTURES[name]?.[0];
  return Drawing ? <Drawing aria-hidden="true" /> : null;
}
