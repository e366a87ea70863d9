import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { readConfig } from '#server/config.ts';
import { runServer } from '#server/runServer.ts';
import { buildIfStale, distFolder } from '#tools/build.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the built app is served, without a slash at the end. */
    baseUrl: string;
  }
}

/** Builds the app when its sources changed, and serves it with its sync server on a free port while the journeys run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await buildIfStale();
  const data = await mkdtemp(join(tmpdir(), 'mitra-data-'));
  const config = readConfig({ PORT: '0', DIST: distFolder, DATA_DIR: data }, data);
  if (!config.ok) throw new Error(JSON.stringify(config));
  const server = await runServer(config.config, () => {});
  project.provide('baseUrl', server.url);
  return async () => {
    await server.close();
    await rm(data, { recursive: true, force: true });
  };
}
