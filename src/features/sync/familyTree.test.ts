import { expect, test } from 'vitest';
import type { FamilyEntry } from '#data/family.ts';
import { type FamilyNode, familyTree } from './familyTree.ts';

function anEntry(
  collection: FamilyEntry['collection'],
  id: string,
  fields: Partial<FamilyEntry> = {},
): FamilyEntry {
  return { collection, id, values: {}, removedAt: null, ...fields };
}

/** `k1[p1 p2]` */
function outline(nodes: readonly FamilyNode[]): string {
  return nodes
    .map(({ entry, children }) => (children.length > 0 ? `${entry.id}[${outline(children)}]` : entry.id))
    .join(' ');
}

test('puts the pages below their contract, in the order of the worker', () => {
  const tree = familyTree([
    anEntry('pages', 'p2', { values: { contractId: 'k1', position: 2 } }),
    anEntry('pages', 'p1', { values: { contractId: 'k1', position: 1 } }),
    anEntry('contracts', 'k1'),
  ]);
  expect(tree.map(({ collection, nodes }) => `${collection}: ${outline(nodes)}`)).toEqual([
    'contracts: k1[p1 p2]',
  ]);
});

test('puts receipts below their payment and payments below their agency', () => {
  const tree = familyTree([
    anEntry('receipts', 'r1', { values: { paymentId: 'm1' } }),
    anEntry('payments', 'm1', { values: { agencyId: 'a1' } }),
    anEntry('agencies', 'a1'),
    anEntry('contacts', 'c1'),
  ]);
  expect(tree.map(({ collection, nodes }) => `${collection}: ${outline(nodes)}`)).toEqual([
    'agencies: a1[m1[r1]]',
    'contacts: c1',
  ]);
});

test('loses nothing whose parent is not here', () => {
  const tree = familyTree([
    anEntry('receipts', 'r1', { values: { paymentId: 'gone' } }),
    anEntry('pages', 'p1', { values: { contractId: 'gone' }, removedAt: 5 }),
  ]);
  expect(tree.map(({ collection, nodes }) => `${collection}: ${outline(nodes)}`)).toEqual([
    'contracts: p1',
    'agencies: r1',
  ]);
});

test('keeps a deleted contract with its pages, behind those that are still there', () => {
  const tree = familyTree([
    anEntry('contracts', 'k1', { removedAt: 5 }),
    anEntry('pages', 'p1', { values: { contractId: 'k1' }, removedAt: 5 }),
    anEntry('contracts', 'k2'),
  ]);
  expect(tree.map(({ nodes }) => outline(nodes))).toEqual(['k2 k1[p1]']);
});
