import { createHash } from 'node:crypto';
import { relative } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { contentPlugin } from './tools/content/plugin.ts';
import { prerenderPlugin } from './tools/prerender/plugin.ts';

const today = new Date().toISOString().slice(0, 10);
const content = contentPlugin(today);

/** Short class names: they stand many times in every finished page. The same in both builds, and readable in dev. */
function shortClassName(name: string, file: string): string {
  const path = relative(process.cwd(), file.split('?')[0] ?? file);
  const hash = createHash('sha256').update(`${path} ${name}`).digest('base64url');
  return `c${hash.replace(/[^a-zA-Z0-9]/g, '').slice(0, 4)}`;
}

/**
 * Adds the guard (quick exit, Back after it) as a classic blocking script: it must work
 * before the page is painted and before the app has loaded.
 */
function guardPlugin(): Plugin {
  let chunk = '';
  let building = false;
  return {
    name: 'mitra-guard',
    configResolved(config) {
      building = config.command === 'build' && !config.build.ssr;
    },
    buildStart() {
      if (building) chunk = this.emitFile({ type: 'chunk', id: 'src/app/guard.ts', name: 'guard' });
    },
    transformIndexHtml: {
      order: 'post',
      handler(_html, context) {
        const file = Object.values(context.bundle ?? {}).find((item) => item.name === 'guard');
        const attrs =
          chunk && file ? { src: `/${file.fileName}` } : { type: 'module', src: '/src/app/guard.ts' };
        return [{ tag: 'script', attrs, injectTo: 'head-prepend' as const }];
      },
    },
  };
}

/** `npm run dev` draws into an empty page; the build writes finished ones. */
const emptyPagePlugin: Plugin = {
  name: 'mitra-empty-page',
  apply: 'serve',
  transformIndexHtml: (html) => html.replace('<!--app-->', '<div id="app"></div>'),
};

export default defineConfig(({ command, isSsrBuild }) => ({
  appType: 'spa',
  define: {
    __APP_VERSION__: JSON.stringify(process.env.npm_package_version ?? '0'),
  },
  css: command === 'build' ? { modules: { generateScopedName: shortClassName } } : {},
  // Words are data of a page, read whole: no tree shaking of single keys.
  json: { namedExports: false, stringify: true },
  build: isSsrBuild
    ? { outDir: '.build/ssr', emptyOutDir: true, target: 'node22', copyPublicDir: false }
    : {
        target: 'es2022',
        // tools/prerender reads which styles belong to which script.
        manifest: true,
        modulePreload: { polyfill: false },
        assetsInlineLimit: 0,
        rolldownOptions: { input: { app: 'index.html', calculator: 'calculator/index.html' } },
      },
  plugins: [
    react(),
    content.plugin,
    guardPlugin(),
    emptyPagePlugin,
    prerenderPlugin(content.built),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/sw',
      filename: 'sw.ts',
      registerType: 'prompt',
      injectRegister: null,
      // The phone takes the icons when the app is installed; the app itself shows none of them.
      includeManifestIcons: false,
      injectManifest: {
        // Packs and pages of a language and country are kept when they are visited (src/sw/kept.ts).
        globPatterns: [
          'assets/*.{js,css}',
          'fonts/*.woff2',
          'icons/icon.svg',
          'app.html',
          'index.html',
          'calculator/index.html',
          'packs/index.json',
        ],
        // The words of a language are kept when it is visited, too.
        // So are the files of the locked copy: most workers never open them.
        globIgnores: [
          'assets/{km,th,ko,ms,en}-*.js',
          'assets/{CopyScreens,createSyncClient,decode}-*.{js,css}',
        ],
        maximumFileSizeToCacheInBytes: 1_000_000,
      },
      manifest: {
        id: '/',
        name: 'Mitra',
        short_name: 'Mitra',
        description: 'Rights, phone numbers and papers for Cambodian workers abroad.',
        start_url: '/',
        scope: '/',
        display: 'standalone',
        background_color: '#FBF8F2',
        theme_color: '#0D5C56',
        lang: 'km',
        icons: [
          { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: '/icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
      },
    }),
  ],
}));
