import type { Country, Language } from '#i18n/languages.ts';

export type OfflineStatus = 'unsupported' | 'preparing' | 'ready' | 'failed';

/** What the app knows of its own files on this phone: kept for use without a network, and whether newer ones wait. */
export interface OfflineState {
  status(): OfflineStatus;
  updateWaiting(): boolean;
  subscribe(listener: () => void): () => void;
  /** Keeps the packs and pages of this language and country for use without a network. */
  keep(language: Language, country: Country): void;
  /** Switches to the newer files and loads the page again. */
  update(): void;
}

/** Message of the page to the service worker; the answer is `{ ok: boolean }`. */
export interface KeepMessage {
  type: 'keep';
  language: Language;
  country: Country;
}

/** For pages made at build time and browsers without service workers. */
export const noOffline: OfflineState = {
  status: () => 'unsupported',
  updateWaiting: () => false,
  subscribe: () => () => {},
  keep: () => {},
  update: () => {},
};

/** Registers the service worker and follows its state. Resolves nothing: the app never waits for it. */
export async function watchOffline(): Promise<OfflineState> {
  if (!('serviceWorker' in navigator)) return noOffline;
  const { Workbox } = await import('workbox-window');
  const listeners = new Set<() => void>();
  let status: OfflineStatus = 'preparing';
  let waiting = false;
  const tell = (): void => {
    document.documentElement.dataset.offline = status;
    for (const listener of listeners) listener();
  };
  const address = '/sw.js';
  // The policy of the page refuses a plain string as the address of a worker.
  const trusted = window.trustedTypes?.createPolicy('mitra', { createScriptURL: (url) => url });
  const workbox = new Workbox((trusted?.createScriptURL(address) ?? address) as string);
  workbox.addEventListener('waiting', () => {
    waiting = true;
    tell();
  });
  let asked = false;
  workbox.addEventListener('controlling', () => {
    // Only the window in which the worker agreed loads again; a form in another window stays as it is.
    if (asked) location.reload();
  });
  const registered = workbox.register().catch(() => {
    status = 'failed';
    tell();
  });
  return {
    status: () => status,
    updateWaiting: () => waiting,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    keep(language, country) {
      void (async () => {
        await registered;
        const { active } = await navigator.serviceWorker.ready;
        if (!active) return;
        const channel = new MessageChannel();
        channel.port1.onmessage = (event: MessageEvent<{ ok: boolean }>) => {
          status = event.data.ok ? 'ready' : 'failed';
          tell();
        };
        active.postMessage({ type: 'keep', language, country } satisfies KeepMessage, [channel.port2]);
      })();
    },
    update() {
      asked = true;
      workbox.messageSkipWaiting();
    },
  };
}
