import type { TestProject } from 'vitest/node';
import { startServer } from '#server/startServer.ts';
import { buildIfStale, distFolder } from '#tools/build.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the built app is served, without a slash at the end. */
    baseUrl: string;
  }
}

/** Builds the app when its sources changed, and serves it on a free port while the journeys run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await buildIfStale();
  const server = await startServer({ dist: distFolder, port: 0 });
  project.provide('baseUrl', server.url);
  return server.close;
}
