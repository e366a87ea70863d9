import { EVERYTHING_CHOSEN } from '#data/choice.ts';
import { expect, test } from 'vitest';
import { getCard } from '#data/cards.ts';
import { listContracts } from '#data/contracts.ts';
import { syncOverview } from '#data/syncQueries.ts';
import { agree } from '#sync/copies.ts';
import { valueOf } from '#tests/data/phone.ts';
import { fillVersion3 } from '#tests/data/version3.ts';
import { aJoinedPhone, aSyncPhone, aWorld, expectDone } from './world.ts';

test('what was written before this version goes into the copy too', async () => {
  const world = await aWorld();
  const a = await aSyncPhone(world);
  a.db.close();
  await a.db.delete();
  const before = await fillVersion3(a.name);
  await a.db.open();
  expect(await listContracts(a.db)).toMatchObject([before.contract]);
  expect(await syncOverview(a.db)).toMatchObject({ phase: 'off', entriesLeft: 0 });

  const { digits } = valueOf(await agree(a.engine, { choice: EVERYTHING_CHOSEN, wifiOnly: false, text: 1 }));
  expect(await syncOverview(a.db)).toMatchObject({ phase: 'starting', entriesLeft: 3 });
  await expectDone(a);
  const b = await aJoinedPhone(world, digits);
  expect(await listContracts(b.db)).toMatchObject([before.contract]);
  expect(await getCard(b.db, before.card.id)).toMatchObject({ words: 'O+' });
});
