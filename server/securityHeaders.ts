import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MiddlewareHandler } from 'hono';

/** Strictest useful policy, for a dist without csp.json: its inline styles would not be shown. */
export const defaultPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types mitra',
].join('; ');

const permissions = [
  'camera=(self)',
  'microphone=(self)',
  'geolocation=(self)',
  // A card that is shown to somebody fills the screen and stays lit.
  'fullscreen=(self)',
  'screen-wake-lock=(self)',
  ...['accelerometer', 'autoplay', 'browsing-topics', 'display-capture', 'encrypted-media'].map(off),
  ...['gyroscope', 'hid', 'idle-detection', 'local-fonts', 'magnetometer', 'midi', 'payment'].map(off),
  ...['picture-in-picture', 'publickey-credentials-get', 'serial', 'usb'].map(off),
  ...['window-management', 'xr-spatial-tracking'].map(off),
].join(', ');

function off(feature: string): string {
  return `${feature}=()`;
}

/** Sets the headers on every answer, scripts and errors too: a worker takes its policy from its own file. */
export function securityHeaders(csp: string): MiddlewareHandler {
  return async (context, next) => {
    await next();
    context.header('Content-Security-Policy', csp);
    context.header('Referrer-Policy', 'no-referrer');
    context.header('Permissions-Policy', permissions);
    context.header('X-Content-Type-Options', 'nosniff');
  };
}

/** The policy the build wrote, with the hash of its inline style. Throws when the file is there but broken. */
export function readPolicy(dist: string): string {
  let text: string;
  try {
    text = readFileSync(join(dist, 'csp.json'), 'utf8');
  } catch {
    return defaultPolicy;
  }
  const { policy } = JSON.parse(text) as { policy?: unknown };
  if (typeof policy !== 'string' || policy === '') throw new Error('dist/csp.json holds no policy.');
  return policy;
}
