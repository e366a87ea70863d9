const NUMBER_OF = { SIGINT: 2, SIGTERM: 15 } as const;

/** Ctrl+C in `npm start` reaches us twice, from the terminal and from npm: milliseconds in which that is one signal. */
const SAME_SIGNAL = 500;

/** Ends the process in good order at the first signal, and at once at the second. */
export function stopOnSignal(close: () => Promise<void>): void {
  let since: number | null = null;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (since !== null) {
        if (performance.now() - since > SAME_SIGNAL) process.exit(128 + NUMBER_OF[signal]);
        return;
      }
      since = performance.now();
      close().then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error instanceof Error ? error.message : error);
          process.exit(1);
        },
      );
    });
  }
}
