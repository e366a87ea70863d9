import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/*
 * The running server holds its database for itself, so a backup is made by it: `backup <file>` asks through a socket
 * in the data folder, which nobody else may enter.
 */

/** What the longest path of a socket may be, in bytes (Linux 108, macOS 104). */
const MOST_PATH = 100;

export function socketOf(dataFolder: string): string {
  const name = createHash('sha256').update(dataFolder).digest('hex').slice(0, 16);
  if (process.platform === 'win32') return `\\\\.\\pipe\\mitra-${name}`;
  const beside = join(dataFolder, 'control.sock');
  return Buffer.byteLength(beside) <= MOST_PATH ? beside : join(tmpdir(), `mitra-${name}.sock`);
}

export interface Control {
  close: () => void;
}

/** Waits for requests of `askForBackup`. Rejects when the socket cannot be made. The caller owns the data folder. */
export async function listenForBackups(
  dataFolder: string,
  backUp: (file: string) => Promise<void>,
): Promise<Control> {
  const path = socketOf(dataFolder);
  // Left by a server that was killed: whoever holds the database knows that no other one runs.
  if (process.platform !== 'win32') rmSync(path, { force: true });
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    readLine(socket, (file) => {
      backUp(file).then(
        () => socket.end('done\n'),
        (error: unknown) => socket.end(`${error instanceof Error ? error.message : 'It failed.'}\n`),
      );
    });
  });
  server.unref();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  return { close: () => server.close() };
}

/** Asks the server that runs on this folder; `NotRunning` when there is none. Rejects in plain words when it fails. */
export function askForBackup(dataFolder: string, file: string): Promise<'Done' | 'NotRunning'> {
  return new Promise((resolve, reject) => {
    const socket = connect(socketOf(dataFolder));
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') resolve('NotRunning');
      else reject(new Error(`The running server could not be asked (${error.code}). Is it another user's?`));
    });
    socket.once('connect', () => socket.write(`${file}\n`));
    readLine(socket, (answer) => (answer === 'done' ? resolve('Done') : reject(new Error(answer))));
    socket.once('close', () => reject(new Error('The server stopped before the copy was finished.')));
  });
}

function readLine(socket: NodeJS.ReadableStream, then: (line: string) => void): void {
  let text = '';
  socket.setEncoding('utf8');
  socket.on('data', (part: string) => {
    text += part;
    const end = text.indexOf('\n');
    if (end < 0) return;
    socket.removeAllListeners('data');
    then(text.slice(0, end));
  });
}
