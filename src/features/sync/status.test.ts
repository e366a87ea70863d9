import { expect, test } from 'vitest';
import type { SyncOverview } from '#data/syncState.ts';
import { agoOf, isReminderDue, mayLeaveBehind, statusOf } from './status.ts';

const NOW = 1_795_219_200_000;
const ALL = { contracts: true, agencies: true, contacts: true, checklist: true, cards: true, photos: true };

function anOverview(fields: Partial<SyncOverview> = {}): SyncOverview {
  return {
    phase: 'on',
    role: 'owner',
    savedAt: NOW,
    entriesLeft: 0,
    choiceLeft: false,
    photosLeft: 0,
    photosToCome: 0,
    problem: null,
    news: [],
    code: null,
    remindAt: null,
    choice: ALL,
    wifiOnly: true,
    mayFetchPhotos: false,
    consent: { at: NOW, text: 1 },
    ...fields,
  };
}

const resting = { activity: 'resting', isOnline: true } as const;

test('says when everything was saved', () => {
  expect(statusOf(anOverview(), resting)).toEqual({ type: 'saved', at: NOW });
  // Without a network too: nothing waits for it.
  expect(statusOf(anOverview(), { ...resting, isOnline: false })).toEqual({ type: 'saved', at: NOW });
});

test('never says "saved" when nothing is chosen to be saved', () => {
  const onlyPhotos = {
    ...ALL,
    contracts: false,
    agencies: false,
    contacts: false,
    checklist: false,
    cards: false,
  };
  expect(statusOf(anOverview({ choice: onlyPhotos }), resting)).toEqual({ type: 'nothingChosen' });
  // What is chosen comes with the copy.
  expect(statusOf(anOverview({ choice: onlyPhotos, savedAt: null }), resting)).toEqual({ type: 'soon' });
});

test('says what waits for the network', () => {
  const waiting = { type: 'waiting', entries: 3 };
  expect(statusOf(anOverview({ entriesLeft: 3 }), { ...resting, isOnline: false })).toEqual(waiting);
  expect(statusOf(anOverview({ entriesLeft: 3, problem: { type: 'Offline' } }), resting)).toEqual(waiting);
});

test('says a problem before anything else that goes on', () => {
  const problem = { type: 'Full', which: 'blobs' } as const;
  expect(statusOf(anOverview({ problem, entriesLeft: 2 }), { ...resting, activity: 'working' })).toEqual({
    type: 'problem',
    problem,
  });
});

test('says that the copy is being deleted, whatever else there is', () => {
  const overview = anOverview({ phase: 'withdrawing', problem: { type: 'Busy' } });
  expect(statusOf(overview, resting)).toEqual({ type: 'withdrawing', isOnline: true });
  expect(statusOf(overview, { ...resting, isOnline: false })).toEqual({
    type: 'withdrawing',
    isOnline: false,
  });
});

test('lets the worker leave a copy behind only when its end will hardly come by itself', () => {
  expect(mayLeaveBehind(null, false)).toBe(false);
  expect(mayLeaveBehind({ type: 'BadAnswer' }, false)).toBe(true);
  expect(mayLeaveBehind({ type: 'NotAuthorised' }, false)).toBe(true);
  for (const type of ['Busy', 'Offline'] as const) {
    expect(mayLeaveBehind({ type }, false)).toBe(false);
    expect(mayLeaveBehind({ type }, true)).toBe(true);
  }
});

test('speaks of photos only when the entries are saved', () => {
  expect(statusOf(anOverview({ photosLeft: 4, entriesLeft: 1 }), resting)).toEqual({ type: 'soon' });
  expect(statusOf(anOverview({ photosLeft: 4 }), resting)).toEqual({
    type: 'photosLeft',
    photos: 4,
    needsWifi: true,
  });
});

test('never says "saved" on the phone of the family, which only reads', () => {
  expect(statusOf(anOverview({ role: 'reader' }), resting)).toEqual({ type: 'read', at: NOW });
});

test('tells how long ago, as it is said', () => {
  expect(agoOf(NOW, NOW + 59_000)).toEqual({ unit: 'now' });
  expect(agoOf(NOW, NOW - 3_600_000)).toEqual({ unit: 'now' });
  expect(agoOf(NOW, NOW + 180_000)).toEqual({ unit: 'minutes', count: 3 });
  expect(agoOf(NOW, NOW + 7_300_000)).toEqual({ unit: 'hours', count: 2 });
  expect(agoOf(NOW, NOW + 86_400_000)).toEqual({ unit: 'day' });
});

test('reminds of a code that is not written down, and again some days after "later"', () => {
  const code = '0'.repeat(32);
  expect(isReminderDue(anOverview(), NOW)).toBe(false);
  expect(isReminderDue(anOverview({ code }), NOW)).toBe(true);
  expect(isReminderDue(anOverview({ code, remindAt: NOW + 1 }), NOW)).toBe(false);
  expect(isReminderDue(anOverview({ code, remindAt: NOW }), NOW)).toBe(true);
});
