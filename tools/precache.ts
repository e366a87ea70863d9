import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The addresses the service worker stores when it is installed. Throws when the list is not in sw.js. */
export function readPrecache(dist: string): string[] {
  const worker = readFileSync(join(dist, 'sw.js'), 'utf8');
  // The minifier may turn the list's quotes and key order around, but keeps both keys of an entry side by side.
  const entries = worker.match(/\{[^{}]*["']?\brevision\b["']?\s*:[^{}]*\}/g) ?? [];
  const urls = entries.flatMap(
    (entry) => /["']?\burl\b["']?\s*:\s*["'`]([^"'`]+)["'`]/.exec(entry)?.[1] ?? [],
  );
  if (urls.length === 0) throw new Error('dist/sw.js holds no precache list.');
  return urls.map((url) => (url.startsWith('/') ? url : `/${url}`));
}
