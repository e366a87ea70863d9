import { BusyError } from '#server/store/store.ts';

/*
 * The only two kinds of lines the sync server writes while it runs. No id, address, body or message of an error
 * stands in them: a message may carry a part of a request.
 */

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']);

export function requestLine(method: string, route: string, status: number, milliseconds: number): string {
  return `${METHODS.has(method) ? method : 'OTHER'} ${route} ${status} ${Math.round(milliseconds)} ms`;
}

/** What went wrong: the store's own words, which name nobody; of everything else only name, code and place. */
export function troubleLine(what: string, error: unknown): string {
  if (error instanceof BusyError) return `Trouble with ${what}: ${error.message}`;
  const names: string[] = [];
  let place = '';
  for (let one = error, depth = 0; one instanceof Error && depth < 4; one = one.cause, depth += 1) {
    const { code, errcode } = one as { code?: unknown; errcode?: unknown };
    names.push([one.name, code, errcode].filter(isPlain).join(' '));
    place ||= /^\s+at .*?([\w.-]+:\d+):\d+\)?$/m.exec(one.stack ?? '')?.[1] ?? '';
  }
  return `Trouble with ${what}: ${names.join(', because of ') || typeof error}${place && ` at ${place}`}`;
}

/** A name or a number, and nothing that could carry more. */
function isPlain(part: unknown): part is string | number {
  return typeof part === 'number' || (typeof part === 'string' && /^[\w-]+$/.test(part));
}
