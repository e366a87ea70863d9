import { Hono } from 'hono';
import { securityHeaders } from './securityHeaders.ts';
import { serveDist } from './serveDist.ts';

export interface AppDependencies {
  /** The folder `npm run build` writes. */
  dist: string;
  /** The content security policy of every answer. */
  csp: string;
}

export function createApp({ dist, csp }: AppDependencies): Hono {
  const app = new Hono();
  app.use(securityHeaders(csp));
  // The sync API will be mounted here: app.route('/v1', …). It answers before the files do.
  app.all('*', serveDist(dist));
  return app;
}
