import type { Pack } from '#content/pack.ts';
import type { FamilyEntry } from '#data/family.ts';
import { FamilyScreen } from '#features/sync/FamilyScreen.tsx';

export { SealedFilePart } from '#features/sync/SealedFilePart.tsx';
export { SyncPages } from '#features/sync/SyncPages.tsx';

/* The screens of the locked copy: a file of its own, loaded when the first of them is opened. */

/** The family's copy, with the names that stand in the content and not in the entries. */
export function FamilyCopyScreen({ pack }: { pack: Pack }) {
  return <FamilyScreen language={pack.language} titleOf={(entry) => titleOf(entry, pack)} />;
}

function titleOf({ collection, id }: FamilyEntry, pack: Pack): string | null {
  if (collection === 'checklist') {
    return pack.checklist.find((item) => `${pack.country}/${item.id}` === id)?.title ?? id;
  }
  return collection === 'cards' ? (pack.cards.find((card) => card.id === id)?.sentence ?? id) : null;
}
