/** The browser's own offer to install the app; Chromium only. */
interface InstallOffer extends Event {
  prompt: () => Promise<unknown>;
}

let offer: InstallOffer | null = null;
const listeners = new Set<() => void>();

function set(next: InstallOffer | null): void {
  offer = next;
  for (const listener of listeners) listener();
}

/** Keeps the browser's offer for the install page. Call it once, early: the browser makes it only once. */
export function watchInstall(): void {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    set(event as InstallOffer);
  });
  addEventListener('appinstalled', () => set(null));
}

export function installOffer(): InstallOffer | null {
  return offer;
}

export function subscribeToInstall(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The app runs from the home screen. */
export function isInstalled(): boolean {
  const onIphone = 'standalone' in navigator && navigator.standalone === true;
  return onIphone || matchMedia('(display-mode: standalone)').matches;
}

/** Facebook, Messenger, Instagram, LINE, Telegram and KakaoTalk open links in browsers of their own, which cannot install. */
export function isInAppBrowser(userAgent: string): boolean {
  return /FBA[NV]|FB_IAB|Instagram|Line\/|Telegram|KAKAOTALK/i.test(userAgent);
}

/** An iPhone or iPad: there is no offer there, and papers are deleted after seven unused days (WebKit). */
export function isIphone(userAgent: string): boolean {
  return /iPhone|iPad|iPod/.test(userAgent);
}
