import { useSyncExternalStore } from 'react';

const subscribe = (): (() => void) => () => {};

/**
 * False in pages made at build time and while the app takes them over, then true: for what needs
 * JavaScript or the phone's own storage, and would only mislead without them.
 */
export function useScripting(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => true,
    () => false,
  );
}
