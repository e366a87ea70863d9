/*
 * Runs before the first paint of every page, as a classic script without imports: it must work
 * before the app has loaded, and also when the app fails to load.
 */
(() => {
  const LEFT = 'mitra.left';
  const EXIT = '/calculator';

  function leave(): void {
    // Blank at once: the next page may take a moment on a slow phone.
    document.documentElement.hidden = true;
    try {
      sessionStorage.setItem(LEFT, '1');
    } catch {
      // Without storage Back may return; the exit itself still works.
    }
    location.replace(EXIT);
  }

  function hasLeft(): boolean {
    try {
      return sessionStorage.getItem(LEFT) === '1';
    } catch {
      return false;
    }
  }

  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  if (hasLeft()) {
    if (navigation?.type === 'back_forward') leave();
    else if (!location.pathname.startsWith(EXIT)) sessionStorage.removeItem(LEFT);
  }
  // A page that Back brings out of memory does not load again.
  addEventListener('pageshow', (event) => {
    if (event.persisted && hasLeft()) leave();
  });

  document.addEventListener('click', (event) => {
    if (event.target instanceof Element && event.target.closest('[data-quick-exit]')) {
      event.preventDefault();
      leave();
    }
  });

  let escapes: number[] = [];
  addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    escapes = [...escapes.filter((at) => event.timeStamp - at < 2000), event.timeStamp];
    if (escapes.length >= 3) leave();
  });
})();
