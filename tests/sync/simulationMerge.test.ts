import { expect, test, vi } from 'vitest';
import type { RecordState } from '#data/recordState.ts';
import { simulate } from './simulation.ts';

/* The test of the test: last-writer-wins in place of merging. */

vi.mock('#data/merge.ts', async (importActual) => {
  const actual = await importActual<typeof import('#data/merge.ts')>();
  const latest = ({ f }: RecordState): number =>
    Math.max(
      -1,
      ...Object.values(f)
        .flat()
        .map(({ t }) => t),
    );
  return {
    ...actual,
    receive(local: RecordState, received: RecordState, writer: Parameters<typeof actual.receive>[2]) {
      const merged = actual.receive(local, received, writer);
      if (actual.covers(received, local) || actual.covers(local, received)) return merged;
      const winner = latest(received) > latest(local) ? received : local;
      return { state: { vv: merged.state.vv, f: winner.f }, unsent: true };
    },
  };
});

test('last-writer-wins is found', { timeout: 60_000 }, async () => {
  const { lost } = await simulate({ seed: 1, operations: 1500, phones: 3 });
  expect(lost).toBeGreaterThan(0);
});
