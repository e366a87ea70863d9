import { readConfig } from '#server/config.ts';
import { runServer } from '#server/runServer.ts';
import { stopOnSignal } from '#server/stopOnSignal.ts';
import { buildIfStale, distFolder, rootFolder } from './build.ts';
import { fail } from './fail.ts';

try {
  // The log of requests is for an operator; here it would hide the address.
  const read = readConfig({ LOG: 'off', DIST: distFolder, ...process.env }, rootFolder);
  if (!read.ok) throw new Error(read.problems.join('\n'));
  await buildIfStale();
  const running = await runServer(read.config, console.log);
  stopOnSignal(running.close);
  console.log(`\n${running.words.join('\n')}`);
  console.log(`Mitra is ready: ${running.url}   (Ctrl+C stops it)`);
} catch (error) {
  fail(error);
}
