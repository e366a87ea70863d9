import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'vite';
import { LANGUAGES } from '#i18n/languages.ts';
import type { Page, RenderPages } from '#app/prerender.tsx';
import type { BuiltPack } from '#tools/content/build.ts';
import { defaultPolicy } from '#server/securityHeaders.ts';

/** Where `vite build --ssr` leaves the renderer (see `build` in package.json). */
const RENDERER = '.build/ssr/prerender.js';

function escapeAttribute(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
}

/** Puts one page into the built template. The markers stand in index.html. */
function fillTemplate(template: string, page: Page): string {
  const head = [
    `<title>${escapeAttribute(page.title)}</title>`,
    `<meta name="description" content="${escapeAttribute(page.description)}">`,
    ...page.alternates.map(
      ({ language, path }) => `<link rel="alternate" hreflang="${language}" href="${path}">`,
    ),
    page.packUrl ? `<link rel="preload" as="fetch" crossorigin href="${page.packUrl}">` : '',
  ].join('');
  return template
    .replace(/<html lang="[^"]*"/, `<html lang="${page.language}"`)
    .replace(/<title>.*?<\/title>/, '')
    .replace('<!--head-->', () => head)
    .replace('<!--app-->', () => page.html);
}

/** The style sheet of the public screens, taken into every page so that the first paint needs no other file. */
function inlineStyles(html: string, dist: string): { html: string; css: string } {
  const link = /<link rel="stylesheet"[^>]*href="(\/[^"]+\.css)"[^>]*>\s*/g;
  const files = [...html.matchAll(link)]
    .map(([, file]) => readFileSync(join(dist, file ?? ''), 'utf8').trim())
    .join('');
  if (files === '') throw new Error('The built page names no style sheet.');
  // The order of the layers, before any file can name one (src/ui/tokens.css).
  const css = `@layer base,ui;${files}`;
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

/**
 * Writes every public page as finished HTML into `dist`, with the style sheet inside and no inline
 * script, then the shell `app.html` for personal screens and the policy that allows just this style.
 */
export function prerenderPlugin(packsOf: () => BuiltPack[]): Plugin {
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
        const packs = packsOf();
        for (const page of await renderPages(packs)) {
          const file = join(dist, page.file);
          mkdirSync(dirname(file), { recursive: true });
          writeFileSync(file, fillTemplate(template, page));
        }
        const calculator = join(dist, 'calculator/index.html');
        const exit = inlineStyles(readFileSync(calculator, 'utf8'), dist);
        writeFileSync(calculator, exit.html);

        // What src/sw/kept.ts keeps of a language and country that is visited.
        const urls = packs.map(({ pack, url }) => [`${pack.language}-${pack.country}`, url]);
        const index = { packs: Object.fromEntries(urls), words: wordFiles(dist) };
        writeFileSync(join(dist, 'packs/index.json'), JSON.stringify(index));
        const hashes = [css, exit.css].map(
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
