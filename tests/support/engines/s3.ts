import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { AwsClient } from 'aws4fetch';

const SERVER = fileURLToPath(new URL('./s3Server.py', import.meta.url));

export interface S3Server {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Starts OpenStack Swift with its S3 layer and makes a bucket. Throws when it is not installed. */
export async function startS3(): Promise<S3Server & { stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'mitra-s3-'));
  const access = { region: 'test-region', accessKeyId: 'mitra:tests', secretAccessKey: 'only-for-tests' };
  // Debian's own Python, where its package is; `python3` may be another.
  const server = spawn('/usr/bin/python3', [SERVER, folder, access.accessKeyId, access.secretAccessKey], {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let said = '';
  server.stderr.on('data', (text) => (said += text));
  const ended = new Promise<void>((resolve) => server.on('close', () => resolve()));
  const stop = async (): Promise<void> => {
    server.stdin.end();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };

  const port = await new Promise<string | null>((resolve) => {
    server.on('error', () => resolve(null));
    void ended.then(() => resolve(null));
    createInterface(server.stdout).on('line', (line) => resolve(/^ready (\d+)$/.exec(line)?.[1] ?? null));
  });
  if (port === null) {
    await stop();
    throw new Error(
      `OpenStack Swift did not start. Debian or Ubuntu: sudo apt-get install python3-swift\n${said}`,
    );
  }
  const endpoint = `http://127.0.0.1:${port}`;
  const bucket = 'photos';
  const made = await new AwsClient({ ...access, service: 's3' }).fetch(`${endpoint}/${bucket}`, {
    method: 'PUT',
  });
  if (!made.ok) throw new Error(`The bucket could not be made: ${made.status}`);
  return { endpoint, bucket, ...access, stop };
}
