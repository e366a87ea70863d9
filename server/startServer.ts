import { createAdaptorServer } from '@hono/node-server';
import { createApp } from './createApp.ts';
import { readPolicy } from './securityHeaders.ts';

export interface RunningServer {
  url: string;
  close: () => Promise<void>;
}

/** Starts the app on `port` (0 chooses a free one). Rejects with plain words when the port is taken. */
export async function startServer({ dist, port }: { dist: string; port: number }): Promise<RunningServer> {
  const app = createApp({ dist, csp: readPolicy(dist) });
  const server = createAdaptorServer({ fetch: app.fetch });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE' ? new Error(`Port ${port} is in use. Choose another: PORT=4174`) : error,
      ),
    );
    server.listen(port, resolve);
  });
  const address = server.address();
  const used = typeof address === 'object' && address ? address.port : port;

  function close(): Promise<void> {
    return new Promise((resolve) => {
      server.close(() => resolve());
      if ('closeIdleConnections' in server) server.closeIdleConnections();
      // An answer under way gets three seconds; a connection kept open by a browser does not hold us up.
      setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), 3000).unref();
    });
  }

  return { url: `http://localhost:${used}`, close };
}
