import { useCallback, useEffect, useRef } from 'react';
import { useLocation } from 'wouter';

/**
 * Tells whether the worker is still on the page that asked. What ends late, as a request on a slow network does, must not
 * pull them back from where they went.
 */
export function useIsHere(): () => boolean {
  const [path] = useLocation();
  const isMounted = useRef(false);
  useEffect(() => {
    isMounted.current = true;
    return () => {
      isMounted.current = false;
    };
  }, []);
  return useCallback(() => isMounted.current && location.pathname === path, [path]);
}
