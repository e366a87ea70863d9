import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'vite';
import type { Page, RenderPages } from '#app/prerender.tsx';
import { buildContent } from '#tools/content/build.ts';
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

/** The one style sheet of the app, taken into every page so that the first paint needs no other file. */
function inlineStyles(html: string, dist: string): { html: string; css: string } {
  const link = /<link rel="stylesheet"[^>]*href="(\/[^"]+\.css)"[^>]*>/;
  const file = link.exec(html)?.[1];
  if (!file) throw new Error('The built page names no style sheet.');
  const css = readFileSync(join(dist, file), 'utf8').trim();
  return { html: html.replace(link, () => `<style>${css}</style>`), css };
}

/**
 * Writes every public page as finished HTML into `dist`, with the style sheet inside and no inline
 * script, then the shell `app.html` for personal screens and the policy that allows just this style.
 */
export function prerenderPlugin(today: string): Plugin {
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
        const { packs } = buildContent(root, today);
        for (const page of await renderPages(packs)) {
          const file = join(dist, page.file);
          mkdirSync(dirname(file), { recursive: true });
          writeFileSync(file, fillTemplate(template, page));
        }
        const calculator = join(dist, 'calculator/index.html');
        writeFileSync(calculator, inlineStyles(readFileSync(calculator, 'utf8'), dist).html);
        for (const name of readdirSync(join(dist, 'assets')))
          if (name.endsWith('.css')) rmSync(join(dist, 'assets', name));

        const index = packs.map(({ pack, url }) => [`${pack.language}-${pack.country}`, url]);
        writeFileSync(join(dist, 'packs/index.json'), JSON.stringify(Object.fromEntries(index)));
        const hash = createHash('sha256').update(css).digest('base64');
        writeFileSync(
          join(dist, 'csp.json'),
          JSON.stringify({
            policy: defaultPolicy.replace("style-src 'self'", `style-src 'self' 'sha256-${hash}'`),
          }),
        );
      },
    },
  };
}
