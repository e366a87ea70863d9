import { createServer } from 'node:http';
import { join } from 'node:path';
import { answerBytes, toResponse } from '#server/api/answer.ts';
import { createByteBudget } from '#server/api/byteBudget.ts';
import { createApi } from '#server/api/createApi.ts';
import { createDeletions } from '#server/api/deletions.ts';
import { createTurns } from '#server/api/turns.ts';
import { startServer } from '#server/startServer.ts';
import { createFolderBlobs } from '#server/store/folder.ts';
import { createSqliteStore } from '#server/store/sqlite.ts';

/*
 * The measured side of tools/bench/server.ts, in a process of its own: the server as it runs, without the limits that
 * would stop twenty phones from one address, or the least that can answer.
 * Usage: node tools/bench/serverProcess.ts mitra <folder> | echo <bytes>
 */

const [what, argument = ''] = process.argv.slice(2);
console.log(`port ${what === 'echo' ? await startEcho(Number(argument)) : await startMitra(argument)}`);
process.on('SIGTERM', () => process.exit(0));

async function startMitra(folder: string): Promise<number> {
  const store = await createSqliteStore({ file: join(folder, 'mitra.sqlite') });
  const blobs = await createFolderBlobs({ folder: join(folder, 'photos') });
  const inTurn = createTurns();
  const world = { now: Date.now, log: () => {} };
  const many = Number.MAX_SAFE_INTEGER;
  const api = createApi({
    ...world,
    store,
    blobs,
    inTurn,
    deletions: createDeletions({ ...world, store, blobs, inTurn }),
    memory: createByteBudget(256 * 1024 * 1024),
    quotas: { records: many, bytes: many, blobs: many, blobBytes: many, firstDay: many },
    rates: { requestsPerMinute: 1e12, burst: 1e12, failedLoginsPerMinute: 1e12, newAccountsPerHour: 1e12 },
    enrolCode: null,
    origin: null,
    proxies: 0,
    deletionPatience: 1000,
  });
  const { url } = await startServer({ dist: folder, port: 0, host: '127.0.0.1', api });
  return Number(new URL(url).port);
}

/** Node's own HTTP, with the headers and as many bytes as the answer it is compared with. */
function startEcho(bytes: number): Promise<number> {
  const body = new Uint8Array(bytes);
  const like = toResponse(answerBytes(200, body, { ETag: '"1"' }), Date.now());
  const headers = { ...Object.fromEntries(like.headers), 'Content-Length': bytes };
  const server = createServer((request, answer) => {
    request.resume();
    answer.writeHead(200, headers).end(body);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
}
