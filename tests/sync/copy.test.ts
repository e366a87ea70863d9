import { EVERYTHING_CHOSEN } from '#data/choice.ts';
import { expect, test } from 'vitest';
import { listContracts, saveContract, removeContract } from '#data/contracts.ts';
import { newId } from '#data/database.ts';
import { addPages, listPages } from '#data/pages.ts';
import { getPhoto } from '#data/photos.ts';
import { syncOverview } from '#data/syncQueries.ts';
import { valueOf } from '#tests/data/phone.ts';
import { aContract, aPhoto } from '#tests/support/builders.ts';
import { agree } from '#sync/copies.ts';
import { aJoinedPhone, aSavingPhone, aSyncPhone, aWorld, expectDone } from './world.ts';

test('a contract with photos comes to a second phone', async () => {
  const world = await aWorld();
  const a = await aSavingPhone(world);
  const contract = { id: newId(a.db), ...aContract() };
  valueOf(await saveContract(a.db, contract.id, contract));
  valueOf(await addPages(a.db, contract, [aPhoto(), aPhoto()]));
  await expectDone(a);
  expect(await syncOverview(a.db)).toMatchObject({
    phase: 'on',
    entriesLeft: 0,
    photosLeft: 0,
    problem: null,
  });

  const b = await aJoinedPhone(world, a.digits);
  expect(await listContracts(b.db)).toEqual(await listContracts(a.db));
  const pages = await listPages(b.db, contract.id);
  expect(pages).toEqual(await listPages(a.db, contract.id));
  for (const { photoId } of pages) {
    expect(await getPhoto(b.db, photoId ?? '')).toEqual(await getPhoto(a.db, photoId ?? ''));
  }
});

test('two phones that edit offline come together, and a deletion arrives', async () => {
  const world = await aWorld();
  const a = await aSavingPhone(world);
  const [one, two] = [newId(a.db), newId(a.db)];
  valueOf(await saveContract(a.db, one, aContract()));
  valueOf(await saveContract(a.db, two, aContract()));
  await expectDone(a);
  const b = await aJoinedPhone(world, a.digits);
  valueOf(await saveContract(a.db, one, { employer: 'Kim' }));
  valueOf(await saveContract(b.db, one, { hoursPerDay: 12 }));
  valueOf(await removeContract(b.db, two));
  await expectDone(a);
  await expectDone(b);
  await expectDone(a);
  expect(await listContracts(a.db)).toEqual(await listContracts(b.db));
  expect(await listContracts(a.db)).toMatchObject([{ id: one, employer: 'Kim', hoursPerDay: 12 }]);
});

test('where the operator asks for an invitation word, the copy begins once it was typed', async () => {
  const world = await aWorld({ enrolCode: 'welcome' });
  const a = await aSyncPhone(world);
  const yes = { choice: EVERYTHING_CHOSEN, wifiOnly: false, text: 1 };
  const { digits } = valueOf(await agree(a.engine, yes));
  await a.sync();
  expect(await syncOverview(a.db)).toMatchObject({ phase: 'starting', problem: { type: 'EnrolNeeded' } });
  const again = valueOf(await agree(a.engine, { ...yes, enrol: 'welcome' }));
  expect(again).toEqual({ digits });
  await expectDone(a);
  expect(await syncOverview(a.db)).toMatchObject({ phase: 'on', problem: null, code: digits });
});
