import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'vite';
import { COUNTRIES, LANGUAGES } from '#i18n/languages.ts';
import type { Page, RenderPages } from '#app/prerender.tsx';
import { type FileIndex, isCopyFile, keptPages } from '#content/fileIndex.ts';
import { type BuiltContent, contentAddresses } from '#tools/content/build.ts';
import { defaultPolicy } from '#server/securityHeaders.ts';

/** Where `vite build --ssr` leaves the renderer (see `build` in package.json). */
const RENDERER = '.build/ssr/prerender.js';

function escapeAttribute(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
}

/** Puts one page into the built template. The markers stand in index.html. */
function fillTemplate(template: string, page: Page, extra: Extra): string {
  const head = [
    `<title>${escapeAttribute(page.title)}</title>`,
    `<meta name="description" content="${escapeAttribute(page.description)}">`,
    ...page.alternates.map(
      ({ language, path }) => `<link rel="alternate" hreflang="${language}" href="${path}">`,
    ),
    ...(page.isReference
      ? [`<style>${extra.css}</style>`, `<link rel="modulepreload" crossorigin href="${extra.script}">`]
      : []),
    ...page.preload.map((url) => `<link rel="preload" as="fetch" crossorigin href="${url}">`),
  ].join('');
  return template
    .replace(/<html lang="[^"]*"/, `<html lang="${page.language}"`)
    .replace(/<title>.*?<\/title>/, '')
    .replace('<!--head-->', () => head)
    .replace('<!--app-->', () => page.html);
}

/** The order of the layers, before any style can name one (src/ui/tokens.css). */
const LAYERS = '@layer base,ui;';

/** What Vite says of a built file. */
interface Chunk {
  file: string;
  css?: string[];
  imports?: string[];
}

interface Extra {
  css: string;
  script: string;
}

/** The script and styles of the reading screens, which are not among those of every page. */
function referenceFiles(dist: string): Extra {
  const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8')) as Record<
    string,
    Chunk
  >;
  const entry = manifest['src/app/Reference.tsx'];
  if (!entry) throw new Error('The build has no file for the reading screens.');
  const css = (entry.css ?? []).map((file) => readFileSync(join(dist, file), 'utf8').trim()).join('');
  return { css: LAYERS + css, script: `/${entry.file}` };
}

/** The style sheet of the public screens, taken into every page so that the first paint needs no other file. */
function inlineStyles(html: string, dist: string): { html: string; css: string } {
  const link = /<link rel="stylesheet"[^>]*href="(\/[^"]+\.css)"[^>]*>\s*/g;
  const files = [...html.matchAll(link)]
    .map(([, file]) => readFileSync(join(dist, file ?? ''), 'utf8').trim())
    .join('');
  if (files === '') throw new Error('The built page names no style sheet.');
  const css = LAYERS + files;
  return { html: html.replace(link, '').replace('</head>', () => `<style>${css}</style></head>`), css };
}

/** The built file of each language's interface words, by language. */
function wordFiles(dist: string): Record<string, string> {
  const files = readdirSync(join(dist, 'assets'));
  return Object.fromEntries(
    LANGUAGES.map((language) => {
      const file = files.find((name) => name.startsWith(`${language}-`) && name.endsWith('.js'));
      if (!file) throw new Error(`The build has no words for ${language}.`);
      return [language, `/assets/${file}`];
    }),
  );
}

/** The files of the locked copy. */
function copyFiles(dist: string): string[] {
  const files = readdirSync(join(dist, 'assets')).map((name) => `/assets/${name}`);
  return files.filter(isCopyFile).sort();
}

function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 10);
}

/**
 * Writes every public page as finished HTML into `dist`, with the style sheet inside and no inline
 * script, then the shell `app.html` for personal screens and the policy that allows just this style.
 */
export function prerenderPlugin(builtContent: () => BuiltContent): Plugin {
  return {
    name: 'mitra-prerender',
    apply: (_config, { command, isSsrBuild }) => command === 'build' && !isSsrBuild,
    closeBundle: {
      order: 'pre',
      sequential: true,
      async handler() {
        const root = process.cwd();
        const dist = join(root, 'dist');
        const { renderPages } = (await import(pathToFileURL(join(root, RENDERER)).href)) as {
          renderPages: RenderPages;
        };
        const { html: template, css } = inlineStyles(readFileSync(join(dist, 'index.html'), 'utf8'), dist);
        const extra = referenceFiles(dist);
        const built = builtContent();
        for (const page of await renderPages(built)) {
          const file = join(dist, page.file);
          mkdirSync(dirname(file), { recursive: true });
          writeFileSync(file, fillTemplate(template, page, extra));
        }
        const calculator = join(dist, 'calculator/index.html');
        const exit = inlineStyles(readFileSync(calculator, 'utf8'), dist);
        writeFileSync(calculator, exit.html);

        // What src/sw/kept.ts keeps of a language and country that is visited.
        const paths = LANGUAGES.flatMap((language) =>
          COUNTRIES.flatMap((country) => keptPages(language, country)),
        );
        const index: FileIndex = {
          ...contentAddresses(built),
          words: wordFiles(dist),
          copy: copyFiles(dist),
          pages: Object.fromEntries(paths.map((path) => [path, hashOf(join(dist, path, 'index.html'))])),
        };
        writeFileSync(join(dist, 'packs/index.json'), JSON.stringify(index));
        // Only for this plugin; nobody has to fetch it.
        rmSync(join(dist, '.vite'), { recursive: true });
        const hashes = [css, exit.css, extra.css].map(
          (style) => `'sha256-${createHash('sha256').update(style).digest('base64')}'`,
        );
        writeFileSync(
          join(dist, 'csp.json'),
          JSON.stringify({
            policy: defaultPolicy.replace("style-src 'self'", `style-src 'self' ${hashes.join(' ')}`),
          }),
        );
      },
    },
  };
}
