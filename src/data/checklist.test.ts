import { liveQuery } from 'dexie';
import { expect, test, vi } from 'vitest';
import { aPhone, START, valueOf } from '#tests/data/phone.ts';
import { dayOf } from '#lib/day.ts';
import { listMarks, removeMark, saveMark, setDone } from './checklist.ts';
import { restoreRecord } from './records.ts';

test('keeps what is ticked, with its day and note, for each country alone', async () => {
  const phone = aPhone();
  const db = await phone.open();
  valueOf(await setDone(db, 'kr', 'passport', true));
  valueOf(await saveMark(db, 'kr', 'passport', { note: 'copy at home', date: '2026-12-01' }));
  valueOf(await setDone(db, 'th', 'passport', true));
  const after = await phone.restart();
  expect(await listMarks(after, 'kr')).toEqual(
    new Map([
      [
        'passport',
        { id: 'kr/passport', done: true, doneOn: dayOf(START), date: '2026-12-01', note: 'copy at home' },
      ],
    ]),
  );
  expect((await listMarks(after, 'my')).size).toBe(0);
});

test('takes a tick away and keeps the note', async () => {
  const db = await aPhone().open();
  valueOf(await saveMark(db, 'kr', 'visa', { note: 'asked' }));
  valueOf(await setDone(db, 'kr', 'visa', true));
  valueOf(await setDone(db, 'kr', 'visa', false));
  expect((await listMarks(db, 'kr')).get('visa')).toMatchObject({ done: false, doneOn: null, note: 'asked' });
});

test('brings a cleared item back', async () => {
  const db = await aPhone().open();
  valueOf(await setDone(db, 'kr', 'visa', true));
  const removed = valueOf(await removeMark(db, 'kr', 'visa'));
  expect((await listMarks(db, 'kr')).size).toBe(0);
  valueOf(await restoreRecord(db, removed));
  expect((await listMarks(db, 'kr')).get('visa')).toMatchObject({ done: true });
});

test('a tick in one tab appears in the other', async () => {
  const phone = aPhone();
  const here = await phone.open();
  const there = await phone.open();
  const seen: number[] = [];
  const watching = liveQuery(() => listMarks(there, 'kr')).subscribe((marks) => seen.push(marks.size));
  await vi.waitFor(() => expect(seen).toEqual([0]));
  valueOf(await setDone(here, 'kr', 'visa', true));
  await vi.waitFor(() => expect(seen.at(-1)).toBe(1));
  watching.unsubscribe();
});
