import { useEffect } from 'react';

/** Keeps the screen lit while the card is shown, where the phone can; again when the page comes back into view. */
export function useAwake(): void {
  useEffect(() => {
    // Not in every browser, and never on a page without HTTPS.
    if (!('wakeLock' in navigator)) return;
    let lock: WakeLockSentinel | null = null;
    let wanted = true;
    const hold = async (): Promise<void> => {
      // The phone lets go by itself when the page is hidden.
      if (document.visibilityState !== 'visible' || lock?.released === false) return;
      try {
        const held = await navigator.wakeLock.request('screen');
        if (wanted) lock = held;
        else await held.release();
      } catch {
        // An empty battery or the phone's own rule: the screen then goes dark as it always does.
      }
    };
    const again = (): void => void hold();
    document.addEventListener('visibilitychange', again);
    void hold();
    return () => {
      wanted = false;
      document.removeEventListener('visibilitychange', again);
      void lock?.release();
    };
  }, []);
}
