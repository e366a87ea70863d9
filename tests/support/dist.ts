import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { distFolder } from '#tools/build.ts';

/** The built files matching a pattern, as paths inside dist. */
export function listDist(pattern: string): string[] {
  return globSync(pattern, { cwd: distFolder }).sort();
}

export function readDist(file: string): string {
  return readFileSync(join(distFolder, file), 'utf8');
}

/** Whether the server has a file for this address. */
export function isServed(address: string): boolean {
  const path = join(distFolder, decodeURIComponent(address));
  return [path, join(path, 'index.html')].some((file) => existsSync(file) && statSync(file).isFile());
}

/** The opening tags of a page, scripts and styles emptied so that nothing inside them looks like a tag. */
export function tagsOf(html: string): string[] {
  const plain = html.replace(/(<(script|style)\b[^>]*>)[\s\S]*?(<\/\2>)/g, '$1$3');
  return plain.match(/<[a-z][^>]*>/gi) ?? [];
}

/** The value of an attribute in one tag, or `null`. */
export function attribute(tag: string, name: string): string | null {
  return (
    new RegExp(`\\s${name}=(?:"([^"]*)"|'([^']*)')`, 'i')
      .exec(tag)
      ?.slice(1)
      .find((text) => text !== undefined) ?? null
  );
}
