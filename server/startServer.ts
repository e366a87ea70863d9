import { createServer, type ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { refuse, toResponse } from './api/answer.ts';
import type { Api } from './api/createApi.ts';
import { createApp } from './createApp.ts';
import { readPolicy } from './securityHeaders.ts';

export interface RunningServer {
  readonly url: string;
  /** Takes no more requests, lets those under way finish, and resolves. */
  readonly close: () => Promise<void>;
}

/** Milliseconds (docs/sync-design.md §7): a whole body may take long, for 100 kbit/s is what some phones have. */
const TIMEOUTS = { headers: 10_000, silence: 30_000, whole: 600_000, lookEvery: 5000 };

/** Answers under way get so long when the server stops; what is cut off is only sent again by the phone. */
const STOP_PATIENCE = 8000;

export interface ServerOptions {
  readonly dist: string;
  /** 0 chooses a free one. */
  readonly port: number;
  readonly host?: string | null;
  readonly api?: Api;
  readonly timeouts?: typeof TIMEOUTS;
}

/** Starts the app on `port`. Rejects with plain words when the port is taken. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { dist, port, host = null, api, timeouts = TIMEOUTS } = options;
  const app = createApp({ dist, csp: readPolicy(dist), ...(api && { api }) });
  const listener = getRequestListener(app.fetch, {
    // A request that is not even one, such as a Host that is no name.
    errorHandler: () => toResponse(refuse('BadRequest'), Date.now()),
  });
  const server = createServer(
    {
      headersTimeout: timeouts.headers,
      requestTimeout: timeouts.whole,
      connectionsCheckingInterval: timeouts.lookEvery,
      // Longer than the 60 seconds of nginx: the side that asks must be the one to hang up.
      keepAliveTimeout: 65_000,
    },
    (incoming, outgoing) => void listener(incoming, outgoing),
  );
  server.setTimeout(timeouts.silence);
  const stopLooking = endLongAnswers(server, timeouts);

  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(inWords(error, port, host)));
    if (host === null) server.listen(port, resolve);
    else server.listen(port, host, resolve);
  });
  const address = server.address();
  const used = typeof address === 'object' && address ? address.port : port;

  function close(): Promise<void> {
    return new Promise((resolve) => {
      // A connection that is kept open for the next request must not hold us up, whenever it falls silent.
      const closing = setInterval(() => server.closeIdleConnections(), 50);
      const ending = setTimeout(() => server.closeAllConnections(), STOP_PATIENCE);
      server.close(() => {
        clearInterval(closing);
        clearTimeout(ending);
        stopLooking();
        resolve();
      });
      server.closeIdleConnections();
    });
  }

  return { url: `http://${host === null ? 'localhost' : nameOf(host)}:${used}`, close };
}

function inWords(error: NodeJS.ErrnoException, port: number, host: string | null): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new Error(`Port ${port} is in use. Choose another: PORT=4174`);
    case 'EACCES':
      return new Error(`Port ${port} is not for this user. Choose one above 1023: PORT=4174`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new Error(`${host} is no address of this machine. Example: LISTEN=127.0.0.1`);
    default:
      return error;
  }
}

const nameOf = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/** Node ends requests that take too long to arrive; this ends answers that take too long to leave. */
function endLongAnswers(
  server: ReturnType<typeof createServer>,
  { whole, lookEvery }: typeof TIMEOUTS,
): () => void {
  const begun = new Map<ServerResponse, number>();
  server.on('request', (_request, answer) => {
    begun.set(answer, performance.now());
    answer.once('close', () => begun.delete(answer));
  });
  const looking = setInterval(() => {
    const oldest = performance.now() - whole;
    for (const [answer, since] of begun) {
      if (since > oldest) return;
      answer.destroy();
    }
  }, lookEvery);
  looking.unref();
  return () => clearInterval(looking);
}
