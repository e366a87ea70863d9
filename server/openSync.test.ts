import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readConfig } from './config.ts';
import { openSync } from './openSync.ts';

/** An S3 that refuses every request. */
async function aWrongS3(): Promise<string> {
  const server = createServer((_request, answer) => answer.writeHead(403).end('<Code>AccessDenied</Code>'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('a bucket that refuses us is said at the start, without the keys', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mitra-data-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const endpoint = await aWrongS3();
  const S3 = { S3_ENDPOINT: endpoint, S3_BUCKET: 'photos', S3_ACCESS_KEY_ID: 'key-word' };
  const read = readConfig({ DATA_DIR: folder, ...S3, S3_SECRET_ACCESS_KEY: 'secret-word' }, folder);
  if (!read.ok || !read.config.sync) throw new Error('The settings are wrong.');
  const opening = openSync(read.config.sync, { now: Date.now, log: () => {} });
  const words = await opening.then(
    () => 'opened',
    (error: Error) => error.message,
  );
  expect(words).toContain(`403`);
  expect(words).toContain(`Is bucket photos at ${endpoint}, and are S3_REGION, S3_STYLE and the keys right?`);
  expect(words).not.toMatch(/key-word|secret-word/);
});
