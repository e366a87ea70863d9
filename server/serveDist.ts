import type { Context, Handler } from 'hono';
import { contentType } from './contentType.ts';
import { createFileCache, type Encoding, type ServedFile } from './fileCache.ts';

/** Screens that only the running app draws: /<language>/<country>/… */
const appAddress = /^\/(km|th|ko|ms|en)\/(kr|th|my|kh)(\/|$)/;

/** Vite and the build put a hash of the content into these names, so a file never changes under its address. */
const hashedName = /^\/(assets\/.+-[\w-]{8}|(packs|fonts)\/.+[.-][0-9a-f]{8,})\.\w+$/;

/** Answers with files of `dist`. Nothing about the visitor is kept or logged. */
export function serveDist(dist: string): Handler {
  const files = createFileCache(dist);

  return async (context) => {
    if (context.req.method !== 'GET' && context.req.method !== 'HEAD') {
      return context.text('Method not allowed', 405, { Allow: 'GET, HEAD' });
    }
    const path = decodePath(context.req.path);
    const file =
      path === null ? null : ((await files.read(path)) ?? (await files.read(`${path}/index.html`)));
    if (file && path !== null) return answer(context, file, 200, hashedName.test(path));

    const shell = path !== null && appAddress.test(path) ? await files.read('/app.html') : null;
    if (shell) return answer(context, shell, 200, false);

    const notFound = await files.read('/404.html');
    return notFound ? answer(context, notFound, 404, false) : context.text('Not found', 404);
  };
}

/** The path to look up, without a slash at its end; `null` when it tries to leave the folder. */
function decodePath(raw: string): string | null {
  let path: string;
  try {
    path = decodeURIComponent(raw);
  } catch {
    return null;
  }
  // A leading dot covers "..", and files that are not for visitors.
  const isUnsafe = /[\\\0]/.test(path) || path.split('/').some((part) => part.startsWith('.'));
  return isUnsafe ? null : path.replace(/\/+$/, '');
}

async function answer(
  context: Context,
  file: ServedFile,
  status: 200 | 404,
  isHashed: boolean,
): Promise<Response> {
  const headers: Record<string, string> = {
    'Content-Type': contentType(file.name),
    'Cache-Control': isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    ETag: file.etag,
    Vary: 'Accept-Encoding',
  };
  const known = context.req.header('If-None-Match')?.split(/,\s*/) ?? [];
  if (status === 200 && known.includes(file.etag)) return context.body(null, 304, headers);

  const encoding = chooseEncoding(context.req.header('Accept-Encoding') ?? '', headers['Content-Type'] ?? '');
  if (encoding) headers['Content-Encoding'] = encoding;
  const body = encoding ? await file.encoded(encoding) : file.bytes;
  headers['Content-Length'] = String(body.byteLength);
  return context.req.method === 'HEAD'
    ? context.body(null, status, headers)
    : context.body(body, status, headers);
}

function chooseEncoding(accepted: string, type: string): Encoding | null {
  if (!/^text\/|json|javascript|svg/.test(type)) return null;
  const offered = accepted.split(',').flatMap((part) => {
    const [name = '', quality = ''] = part
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/);
    return /^q=0(\.0*)?$/.test(quality) ? [] : [name];
  });
  return (['br', 'gzip'] as const).find((encoding) => offered.includes(encoding)) ?? null;
}
