import { useEffect, useState } from 'react';

/**
 * What a file exports, loaded after the first paint; `null` until then and in pages made at build
 * time. `load` must be the same function at every drawing, or `null` while nobody needs the file.
 */
export function useLater<T>(load: (() => Promise<T>) | null): T | null {
  const [loaded, setLoaded] = useState<T | null>(null);
  useEffect(() => {
    if (!load) return;
    let current = true;
    // Without the file the public content stays; the next screen tries again.
    load().then(
      (value) => current && setLoaded(value),
      () => {},
    );
    return () => {
      current = false;
    };
  }, [load]);
  return loaded;
}

const loadPersonal = () => import('./Personal.tsx');
const loadPersonalScreen = () => import('./PersonalScreen.tsx');

/** The parts of public screens that read the phone's own database. */
export const usePersonal = () => useLater(loadPersonal);

/** The worker's own papers and the settings. */
export const usePersonalScreen = () => useLater(loadPersonalScreen);

// Apart from its `then`: Vite draws what follows an `import()` into it, and would keep a missing style sheet from us.
const loadCopyScreens = () => import('./CopyScreens.tsx');

type CopyScreens = typeof import('./CopyScreens.tsx');

/** Everything about the locked copy, as the opt-in sync is called on screen; `missing` when its file cannot be had. */
export function useCopyScreens(): CopyScreens | 'missing' | null {
  const [screens, setScreens] = useState<CopyScreens | 'missing' | null>(null);
  useEffect(() => {
    let current = true;
    loadCopyScreens().then(
      (loaded) => current && setScreens(loaded),
      () => current && setScreens('missing'),
    );
    return () => {
      current = false;
    };
  }, []);
  return screens;
}
