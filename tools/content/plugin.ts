import type { Plugin } from 'vite';
import { INDEX_ADDRESS } from '#content/fileIndex.ts';
import { type BuiltContent, buildContent, contentAddresses, contentFiles } from './build.ts';
import { reportProblems } from './checks.ts';
import { breakKhmer } from './khmerBreaks.ts';

/** Sets word breaks into every text of a locale file. */
function breakWords(value: unknown): unknown {
  if (typeof value === 'string') return breakKhmer(value);
  if (value && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, breakWords(inner)]));
  return value;
}

/**
 * Compiles `content/` into files that the app fetches, and makes the Khmer interface words breakable.
 * No script names an address of content, so that new content changes no script.
 * Stops the build with one report of all problems. `built` gives what was compiled, for the pages that are written after it.
 */
export function contentPlugin(today: string): { plugin: Plugin; built: () => BuiltContent } {
  let built: BuiltContent = { packs: [], sources: {}, search: {}, problems: [] };
  let serving = false;
  const plugin: Plugin = {
    name: 'mitra-content',
    config(_config, { command }) {
      serving = command === 'serve';
    },
    buildStart() {
      built = buildContent(process.cwd(), today);
      if (built.problems.length === 0) return;
      if (serving) this.warn(reportProblems(built.problems));
      else this.error(reportProblems(built.problems));
    },
    transform: {
      filter: { id: /locales\/km\.json$/ },
      order: 'pre',
      handler(code) {
        return JSON.stringify(breakWords(JSON.parse(code)));
      },
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const index = { ...contentAddresses(built), words: {}, pages: {} };
        const json =
          request.url === INDEX_ADDRESS
            ? JSON.stringify(index)
            : contentFiles(built).find(({ url }) => url === request.url)?.json;
        if (!json) return next();
        response.setHeader('content-type', 'application/json; charset=utf-8');
        response.end(json);
      });
    },
    generateBundle() {
      if (this.environment.config.build.ssr) return;
      for (const { url, json } of contentFiles(built))
        this.emitFile({ type: 'asset', fileName: url.slice(1), source: json });
    },
  };
  return { plugin, built: () => built };
}
