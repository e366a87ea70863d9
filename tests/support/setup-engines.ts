import type { TestProject } from 'vitest/node';
import { startPostgres } from './engines/postgres.ts';
import { type S3Server, startS3 } from './engines/s3.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A PostgreSQL to make databases in, or why there is none. */
    postgres: { url: string } | { missing: string };
    s3: S3Server | { missing: string };
  }
}

/** Starts a real PostgreSQL and a real S3 store for the whole run. In CI both must be there. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [postgres, s3] = await Promise.allSettled([startPostgres(), startS3()]);
  const stop = async (): Promise<void> => {
    if (postgres.status === 'fulfilled') await postgres.value.stop();
    if (s3.status === 'fulfilled') await s3.value.stop();
  };
  for (const engine of [postgres, s3]) {
    if (engine.status === 'fulfilled') continue;
    if (process.env['CI']) {
      await stop();
      throw engine.reason;
    }
    console.warn(`\nNOT TESTED: ${wordsOf(engine.reason)}\n`);
  }

  project.provide(
    'postgres',
    postgres.status === 'fulfilled' ? { url: postgres.value.url } : { missing: wordsOf(postgres.reason) },
  );
  if (s3.status === 'fulfilled') {
    const { stop: _stop, ...server } = s3.value;
    project.provide('s3', server);
  } else project.provide('s3', { missing: wordsOf(s3.reason) });
  return stop;
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
