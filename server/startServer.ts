import { createServer, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
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

/**
 * Milliseconds (docs/sync-design.md §7): a whole body may take long, for 100 kbit/s is what some phones have. After
 * `slow` of them it must have come with at least `slowest` bytes a millisecond.
 */
const TIMEOUTS = {
  headers: 10_000,
  silence: 30_000,
  slow: 60_000,
  slowest: 1,
  whole: 600_000,
  lookEvery: 5000,
};

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
  const answers = watchAnswers(server);
  const stopLooking = endLongAnswers(answers.unsent, timeouts);

  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(inWords(error, port, host)));
    if (host === null) server.listen(port, resolve);
    else server.listen(port, host, resolve);
  });
  const address = server.address();
  const used = typeof address === 'object' && address ? address.port : port;

  function close(): Promise<void> {
    return new Promise((resolve) => {
      const ending = setTimeout(() => server.closeAllConnections(), STOP_PATIENCE);
      server.close(() => {
        clearTimeout(ending);
        stopLooking();
        resolve();
      });
      answers.endQuietly();
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

interface Answers {
  /** Answers that have not left yet, the oldest first. */
  readonly unsent: ReadonlyMap<ServerResponse, Begun>;
  /** Ends each connection when all its answers have left, and those that wait for a request at once. */
  readonly endQuietly: () => void;
}

/** When a request was there, and what its connection had received until then. */
interface Begun {
  readonly at: number;
  readonly received: number;
}

/**
 * Remembers connections and their answers until these are with the system. Node itself takes an answer for done once
 * the server has written all of it, though most of a photo may still wait for a slow phone.
 */
function watchAnswers(server: Server): Answers {
  const connections = new Set<Socket>();
  const unsent = new Map<ServerResponse, Begun>();
  let isEnding = false;

  server.on('connection', (socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  server.on('request', ({ socket }, answer) => {
    unsent.set(answer, { at: performance.now(), received: socket.bytesRead });
    if (isEnding) answer.shouldKeepAlive = false;
    answer.once('close', () => {
      unsent.delete(answer);
      if (isEnding) endWaiting();
    });
  });

  function endWaiting(): void {
    const busy = new Set([...unsent.keys()].map(({ req }) => req.socket));
    for (const socket of connections) if (!busy.has(socket)) socket.destroySoon();
  }

  function endQuietly(): void {
    isEnding = true;
    // Says `Connection: close` where nothing was said yet.
    for (const answer of unsent.keys()) answer.shouldKeepAlive = false;
    endWaiting();
  }

  // `server.close` calls this, and Node's own would cut answers off.
  server.closeIdleConnections = endQuietly;
  return { unsent, endQuietly };
}

/**
 * Node ends requests that take too long to arrive; this ends answers that take too long to leave, and bodies that come
 * so slowly that somebody only means to hold memory.
 */
function endLongAnswers(
  unsent: Answers['unsent'],
  { whole, lookEvery, slow, slowest }: typeof TIMEOUTS,
): () => void {
  const looking = setInterval(() => {
    for (const [answer, { at, received }] of unsent) {
      const taken = performance.now() - at;
      const { req } = answer;
      const dawdles = !req.complete && taken > slow && req.socket.bytesRead - received < slowest * taken;
      if (taken > whole || dawdles) answer.destroy();
    }
  }, lookEvery);
  looking.unref();
  return () => clearInterval(looking);
}
