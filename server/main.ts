import { fileURLToPath } from 'node:url';
import { startServer } from './startServer.ts';
import { stopOnSignal } from './stopOnSignal.ts';

try {
  const server = await startServer({
    dist: fileURLToPath(new URL('../dist', import.meta.url)),
    port: Number(process.env['PORT'] ?? 4173),
  });
  stopOnSignal(server);
  console.log(`Mitra: ${server.url}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
