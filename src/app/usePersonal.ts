import { useEffect, useState } from 'react';

type Personal = typeof import('./Personal.tsx');

let loaded: Personal | null = null;

/**
 * The screens that read the phone's own database, with Dexie: loaded after the first paint,
 * `null` until then and in pages made at build time.
 */
export function usePersonal(): Personal | null {
  const [personal, setPersonal] = useState<Personal | null>(null);
  useEffect(() => {
    let current = true;
    const bring = async (): Promise<void> => {
      loaded ??= await import('./Personal.tsx');
      if (current) setPersonal(loaded);
    };
    // Without the file the public content stays; the next screen tries again.
    bring().catch(() => {});
    return () => {
      current = false;
    };
  }, []);
  return personal;
}
