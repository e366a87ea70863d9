import { useEffect, useRef } from 'react';

/** The part of an address that says which screen it is, without language and country. */
function screenOf(path: string): string {
  return path.split('/').slice(3).join('/');
}

/** The place that the address names, opened when it is folded; else the top. */
function showPlace(): void {
  const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (place instanceof HTMLDetailsElement) place.open = true;
  if (place) place.scrollIntoView();
  else scrollTo(0, 0);
}

/**
 * On a new screen: to its top, and the focus to its heading, so that a screen reader begins there.
 * Not on the first screen, which the browser has just opened; not when only the language changed,
 * so that the reader keeps the place; and Back keeps the place that the browser remembers.
 */
export function useArrival(path: string, isReady: boolean): void {
  const shown = useRef(path);
  const wentBack = useRef(false);
  useEffect(() => {
    const note = (): void => {
      // A step of the same screen, such as typing a code, has the same address.
      wentBack.current = location.pathname !== shown.current;
    };
    addEventListener('popstate', note);
    return () => removeEventListener('popstate', note);
  }, []);
  useEffect(() => {
    if (!isReady || shown.current === path) return;
    const isSameScreen = screenOf(shown.current) === screenOf(path);
    shown.current = path;
    if (!isSameScreen) {
      if (!wentBack.current) showPlace();
      document.querySelector<HTMLElement>('h1[tabindex]')?.focus({ preventScroll: true });
    }
    wentBack.current = false;
  }, [isReady, path]);
}
