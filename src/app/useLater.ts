import { useEffect, useState } from 'react';

/**
 * What a file exports, loaded after the first paint; `null` until then and in pages made at build time, `missing` when
 * the file cannot be had: no network, or a newer app on the server. `load` must be the same function at every drawing, or
 * `null` while nobody needs the file, and must not go on with `then`: Vite draws what follows an `import()` into it, and
 * would keep a missing style sheet from us.
 */
export function useLater<T>(load: (() => Promise<T>) | null): T | 'missing' | null {
  const [loaded, setLoaded] = useState<T | 'missing' | null>(null);
  useEffect(() => {
    if (!load) return;
    let current = true;
    load().then(
      (value) => current && setLoaded(value),
      () => current && setLoaded('missing'),
    );
    return () => {
      current = false;
    };
  }, [load]);
  return loaded;
}

const loadPersonal = () => import('./Personal.tsx');
const loadPersonalScreen = () => import('./PersonalScreen.tsx');
const loadCopyScreens = () => import('./CopyScreens.tsx');

/** The parts of public screens that read the phone's own database. Without them the public content stays as it is. */
export function usePersonal(): typeof import('./Personal.tsx') | null {
  const personal = useLater(loadPersonal);
  return personal === 'missing' ? null : personal;
}

/** The worker's own papers and the settings. */
export const usePersonalScreen = () => useLater(loadPersonalScreen);

/** Everything about the locked copy, as the opt-in sync is called on screen. */
export const useCopyScreens = () => useLater(loadCopyScreens);
