import { describe, expect, test } from 'vitest';
import { distFolder } from '#tools/build.ts';
import { measureSizes } from '#tools/sizes.ts';

describe('a phone with little data', () => {
  test.each(measureSizes(distFolder))('can afford: $name', ({ bytes, budget }) => {
    expect(bytes).toBeLessThanOrEqual(budget);
  });
});
