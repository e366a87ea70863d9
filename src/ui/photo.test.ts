import { expect, test } from 'vitest';
import { fitInto } from './photo.ts';

test('makes a photo of the camera small and keeps its proportions', () => {
  expect(fitInto({ width: 4000, height: 3000 }, 1600)).toEqual({ width: 1600, height: 1200 });
  expect(fitInto({ width: 3000, height: 4000 }, 1600)).toEqual({ width: 1200, height: 1600 });
  expect(fitInto({ width: 3024, height: 4032 }, 1600)).toEqual({ width: 1200, height: 1600 });
});

test('never makes a photo larger than it was', () => {
  expect(fitInto({ width: 640, height: 480 }, 1600)).toEqual({ width: 640, height: 480 });
  expect(fitInto({ width: 1600, height: 1600 }, 1600)).toEqual({ width: 1600, height: 1600 });
});

test('keeps at least one dot of a very long strip', () => {
  expect(fitInto({ width: 20_000, height: 3 }, 1600)).toEqual({ width: 1600, height: 1 });
  expect(fitInto({ width: 3, height: 20_000 }, 1600)).toEqual({ width: 1, height: 1600 });
});
