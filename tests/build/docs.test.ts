import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { rootFolder } from '#tools/build.ts';

const read = (file: string) => readFileSync(join(rootFolder, file), 'utf8');

test('every package has its sentence in docs/dependencies.md', () => {
  const manifest = JSON.parse(read('package.json')) as Record<string, Record<string, string> | undefined>;
  const fields = ['dependencies', 'devDependencies', 'optionalDependencies'];
  const packages = fields.flatMap((field) => Object.keys(manifest[field] ?? {}));
  const named = new Set(read('docs/dependencies.md').split(/[\s,|]+/));
  expect(packages.filter((name) => !named.has(name))).toEqual([]);
});

test('every link between the documents leads somewhere', () => {
  const documents = globSync(['*.md', 'docs/**/*.md'], { cwd: rootFolder });
  const broken = documents.flatMap((document) =>
    [...read(document).matchAll(/\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g)]
      .map(([, target = '']) => target)
      .filter((target) => !existsSync(join(rootFolder, dirname(document), target)))
      .map((target) => `${document}: ${target}`),
  );
  expect(broken).toEqual([]);
});
