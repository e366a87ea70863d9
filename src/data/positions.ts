import type { CollectionName, Database } from './database.ts';
import { saveInTransaction } from './records.ts';

interface Placed {
  readonly id: string;
  readonly position: number | null;
}

/** The order on the screen. Two phones may have given the same position; then the id decides. */
export function byPosition(a: Placed, b: Placed): number {
  const difference = placeOf(a) - placeOf(b);
  return difference === 0 ? a.id.localeCompare(b.id, 'en') : difference;
}

/** The position behind all others. */
export function lastPosition(items: readonly Placed[]): number {
  return items.reduce((last, item) => Math.max(last, placeOf(item)), 0) + 1;
}

/**
 * Moves one item to `index` among `items` by changing its position only. When no number is left between its new
 * neighbours, all are numbered again. Only inside `inOneTransaction`.
 */
export async function moveInTransaction(
  db: Database,
  collection: CollectionName,
  items: readonly Placed[],
  id: string,
  index: number,
): Promise<void> {
  const moved = items.find((item) => item.id === id);
  if (moved === undefined) {
    return;
  }
  const others = items.filter((item) => item.id !== id).sort(byPosition);
  const place = Math.min(Math.max(index, 0), others.length);
  const before = others[place - 1];
  const after = others[place];
  const low = before === undefined ? null : placeOf(before);
  const high = after === undefined ? null : placeOf(after);
  const position = between(low, high);
  if (position !== null) {
    await saveInTransaction(db, { collection, id }, { position }, null);
    return;
  }
  const ordered = [...others.slice(0, place), moved, ...others.slice(place)];
  for (const [i, item] of ordered.entries()) {
    await saveInTransaction(db, { collection, id: item.id }, { position: i + 1 }, null);
  }
}

function between(low: number | null, high: number | null): number | null {
  if (low === null) {
    return high === null ? 1 : high - 1;
  }
  if (high === null) {
    return low + 1;
  }
  const middle = (low + high) / 2;
  return middle > low && middle < high ? middle : null;
}

function placeOf(item: Placed): number {
  return item.position ?? 0;
}
