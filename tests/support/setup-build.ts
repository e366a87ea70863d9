import { buildIfStale } from '#tools/build.ts';

// Vitest calls `setup` once, before the tests of the project that names this file.
export async function setup(): Promise<void> {
  await buildIfStale();
}
