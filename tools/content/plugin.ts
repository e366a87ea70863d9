import type { Plugin } from 'vite';
import { type BuiltPack, buildContent } from './build.ts';
import { reportProblems } from './checks.ts';
import { breakKhmer } from './khmerBreaks.ts';

const VIRTUAL = 'virtual:packs';

/** Sets word breaks into every text of a locale file. */
function breakWords(value: unknown): unknown {
  if (typeof value === 'string') return breakKhmer(value);
  if (value && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, breakWords(inner)]));
  return value;
}

/**
 * Compiles `content/` into packs, gives the app their addresses as `virtual:packs`,
 * and makes the Khmer interface words breakable. Stops the build with one report of all problems.
 * `packs` gives what was compiled, for the pages that are written after it.
 */
export function contentPlugin(today: string): { plugin: Plugin; packs: () => BuiltPack[] } {
  let packs: BuiltPack[] = [];
  let serving = false;
  const plugin: Plugin = {
    name: 'mitra-content',
    config(_config, { command }) {
      serving = command === 'serve';
    },
    buildStart() {
      const built = buildContent(process.cwd(), today);
      packs = built.packs;
      if (built.problems.length === 0) return;
      if (serving) this.warn(reportProblems(built.problems));
      else this.error(reportProblems(built.problems));
    },
    resolveId: (id) => (id === VIRTUAL ? `\0${VIRTUAL}` : null),
    load(id) {
      if (id !== `\0${VIRTUAL}`) return null;
      const urls = Object.fromEntries(
        packs.map(({ pack, url }) => [`${pack.language}-${pack.country}`, url]),
      );
      return `export const PACK_URLS = ${JSON.stringify(urls)};`;
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
        const found = packs.find(({ url }) => url === request.url);
        if (!found) return next();
        response.setHeader('content-type', 'application/json; charset=utf-8');
        response.end(found.json);
      });
    },
    generateBundle() {
      if (this.environment.config.build.ssr) return;
      for (const { url, json } of packs)
        this.emitFile({ type: 'asset', fileName: url.slice(1), source: json });
    },
  };
  return { plugin, packs: () => packs };
}
