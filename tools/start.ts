import { startServer } from '#server/startServer.ts';
import { stopOnSignal } from '#server/stopOnSignal.ts';
import { buildIfStale, distFolder } from './build.ts';
import { fail } from './fail.ts';

try {
  await buildIfStale();
  const server = await startServer({ dist: distFolder, port: Number(process.env['PORT'] ?? 4173) });
  stopOnSignal(server);
  console.log(`\nMitra is ready: ${server.url}   (Ctrl+C stops it)`);
} catch (error) {
  fail(error);
}
