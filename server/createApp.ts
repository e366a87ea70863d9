import { Hono } from 'hono';
import { refuse, toResponse } from './api/answer.ts';
import type { Api } from './api/createApi.ts';
import { securityHeaders } from './securityHeaders.ts';
import { serveDist } from './serveDist.ts';

export interface AppDependencies {
  /** The folder `npm run build` writes. */
  readonly dist: string;
  /** The content security policy of every answer. */
  readonly csp: string;
  /** The opt-in sync; without it this server hands out the app and nothing else. */
  readonly api?: Api;
}

export function createApp({ dist, csp, api }: AppDependencies): Hono {
  const app = new Hono();
  // Before everything else: it has headers of its own, and a phone pays for every byte of them.
  if (api) app.route('/v1', api);
  else app.all('/v1/*', () => toResponse(refuse('NotFound'), Date.now()));
  app.use(securityHeaders(csp));
  app.all('*', serveDist(dist));
  return app;
}
