import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  matchPrecache,
  precacheAndRoute,
} from 'workbox-precaching';
import { registerRoute } from 'workbox-routing';
import { isCopyFile } from '#content/fileIndex.ts';
import { keep, keepOnUse, keptPage, keptFile, refreshKept, removeOldKept } from './kept.ts';

declare const self: ServiceWorkerGlobalScope;

precacheAndRoute(self.__WB_MANIFEST, { cleanURLs: false, directoryIndex: 'index.html' });
cleanupOutdatedCaches();

self.addEventListener('install', (event) => {
  event.waitUntil(refreshKept());
});

self.addEventListener('activate', (event) => {
  event.waitUntil(removeOldKept().then(() => self.clients.claim()));
});

self.addEventListener('message', (event) => {
  const message = event.data as { type?: string; language?: string; country?: string } | null;
  if (message?.type === 'SKIP_WAITING') void self.skipWaiting();
  if (message?.type === 'keep' && message.language && message.country) {
    const [port] = event.ports;
    event.waitUntil(keep(message.language, message.country).then((ok) => port?.postMessage({ ok })));
  }
});

const shellPage = createHandlerBoundToURL('/app.html');

/** How long a page may take to come over a bad network before the kept app opens instead. */
const PATIENCE = 3000;

async function openPage(options: Parameters<typeof shellPage>[0]): Promise<Response> {
  const path = new URL(options.request.url).pathname.replace(/\/$/, '');
  // The first screen and the calculator of quick exit come with the app itself.
  const kept = (await matchPrecache(`${path}/index.html`)) ?? (await keptPage(path));
  if (kept) return kept;
  const network = fetch(options.request);
  const timeout = new Promise<never>((_resolve, reject) => {
    setTimeout(() => reject(new Error('The network is too slow.')), PATIENCE);
  });
  try {
    const response = await Promise.race([network, timeout]);
    return response.status >= 500 ? await shellPage(options) : response;
  } catch {
    network.catch(() => {});
    return shellPage(options);
  }
}

registerRoute(
  ({ request, url }) => request.mode === 'navigate' && !url.pathname.startsWith('/v1/'),
  openPage,
);
registerRoute(
  ({ url }) =>
    url.origin === self.location.origin &&
    /^\/packs\/.+\.json$|^\/assets\/(km|th|ko|ms|en)-/.test(url.pathname),
  ({ request }) => keptFile(request),
);
registerRoute(
  ({ url }) => url.origin === self.location.origin && isCopyFile(url.pathname),
  ({ request }) => keepOnUse(request),
);
