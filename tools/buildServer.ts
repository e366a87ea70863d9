import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { rootFolder } from './build.ts';
import { fail } from './fail.ts';

// A test names a folder of its own.
const target = resolve(process.argv[2] ?? join(rootFolder, 'dist-server'));

try {
  const { version } = JSON.parse(readFileSync(join(rootFolder, 'package.json'), 'utf8')) as {
    version: string;
  };
  await build({
    configFile: false,
    root: rootFolder,
    logLevel: 'warn',
    publicDir: false,
    define: { __SERVER_VERSION__: JSON.stringify(version) },
    // Everything but Node itself in one file: an operator copies it and dist, and installs nothing.
    ssr: { noExternal: true, external: ['pg-native'] },
    build: {
      ssr: 'server/main.ts',
      outDir: target,
      emptyOutDir: true,
      target: 'node22',
      minify: false,
      rolldownOptions: { output: { entryFileNames: 'server.js', codeSplitting: false } },
    },
  });
  const size = statSync(join(target, 'server.js')).size;
  console.log(`${join(target, 'server.js')}: ${(size / 1024).toFixed(0)} KB`);
} catch (error) {
  fail(error);
}
