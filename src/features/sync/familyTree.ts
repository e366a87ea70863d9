import type { EntryName } from '#data/database.ts';
import type { FamilyEntry } from '#data/family.ts';
import { nameText, PARENTS } from '#data/records.ts';

/** An entry with what belongs to it: the pages of a contract, the payments to an agency. */
export interface FamilyNode {
  readonly entry: FamilyEntry;
  readonly children: readonly FamilyNode[];
}

/** The kinds that stand on their own, in the order of the screen. */
const SECTIONS = ['contracts', 'agencies', 'contacts', 'checklist', 'cards'] as const;

export interface Section {
  readonly collection: (typeof SECTIONS)[number];
  readonly nodes: readonly FamilyNode[];
}

/** Which section a kind of entry belongs to: that of its parent's parent. */
function sectionOf(collection: EntryName): EntryName {
  const parent = PARENTS[collection]?.collection;
  return parent === undefined || parent === 'choice' ? collection : sectionOf(parent);
}

/** All entries in sections, children below their parents; one whose parent is not here stands on its own. */
export function familyTree(entries: readonly FamilyEntry[]): readonly Section[] {
  const keys = new Set(entries.map((entry) => nameText(entry)));
  const parentOf = ({ collection, values }: FamilyEntry): string | null => {
    const parent = PARENTS[collection];
    const id = parent && values[parent.field];
    if (!parent || typeof id !== 'string') return null;
    const key = nameText({ collection: parent.collection, id });
    return keys.has(key) ? key : null;
  };
  const below = new Map<string | null, FamilyEntry[]>();
  for (const entry of entries) {
    const parent = parentOf(entry);
    below.set(parent, [...(below.get(parent) ?? []), entry]);
  }
  const nodeOf = (entry: FamilyEntry): FamilyNode => ({
    entry,
    children: (below.get(nameText(entry)) ?? []).map(nodeOf).sort(byPlace),
  });
  const top = (below.get(null) ?? []).map(nodeOf).sort(byPlace);
  return SECTIONS.map((collection) => ({
    collection,
    nodes: top.filter(({ entry }) => sectionOf(entry.collection) === collection),
  })).filter(({ nodes }) => nodes.length > 0);
}

/** What is still there comes first; pages and contacts in the order of the worker. */
function byPlace(a: FamilyNode, b: FamilyNode): number {
  const deleted = Number(a.entry.removedAt !== null) - Number(b.entry.removedAt !== null);
  if (deleted !== 0) return deleted;
  const place = ({ entry }: FamilyNode): number => Number(entry.values['position'] ?? 0);
  return place(a) - place(b);
}
