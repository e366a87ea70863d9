import { describe, expect, test } from 'vitest';
import { isClose, search, type SearchData } from './search.ts';

const entry = (id: string, danger: boolean, ...titles: string[]) => ({
  kind: 'right' as const,
  id,
  danger,
  titles,
});

const data: SearchData = {
  entries: [
    entry('wage', false, 'your wage has a legal minimum'),
    entry('photo', false, 'keep a photo of your papers'),
    entry('heat', true, 'work when it is hot'),
    entry('severance', false, 'severance money when a job ends'),
  ],
  concepts: [
    { words: ['loy', 'luy'], entries: [0] },
    { words: ['hot room'], entries: [2] },
  ],
};
const titles = data.entries.map((item) => item.titles);
const index = { data, titles, texts: ['', 'hot weather spoils a picture', '', ''] };
const idsFor = (typed: string): string[] => search(index, typed).map(({ id }) => id);

describe('search', () => {
  test('finds a Latin word from its beginning only: "hot" is not in "photo"', () => {
    expect(idsFor('hot')[0]).toBe('heat');
    expect(idsFor('oto')).toEqual([]);
  });

  test('finds a word of daily life alone, half typed, and inside a sentence', () => {
    for (const typed of ['loy', 'lo', 'knhom min ban loy te']) expect(idsFor(typed)).toContain('wage');
  });

  test('finds a misspelt word', () => {
    expect(idsFor('severence pay')[0]).toBe('severance');
  });

  test('answers nothing to nothing, to spaces and to signs', () => {
    for (const typed of ['', '   ', '?!', '\u200b']) expect(idsFor(typed)).toEqual([]);
  });
});

test.each([
  ['severance', 'severence', true],
  ['passport', 'pasport', true],
  ['pasport', 'passport', true],
  ['wage', 'wgae', true],
  ['wage', 'wage', true],
  ['passport', 'password', false],
  ['wage', 'wages', true],
  ['wage', 'wagers', false],
])('%s and %s are close: %s', (one, other, close) => {
  expect(isClose(one, other)).toBe(close);
});
