/** Where the files of this version are (`/packs/index.json`); their addresses hold a hash of what is in them. */
export interface FileIndex {
  /** By `language-country`. */
  packs: Record<string, string>;
  /** The lists of sources, by country. */
  sources: Record<string, string>;
  /** What search needs beyond the packs, by country. */
  search: Record<string, string>;
  /** The words of the interface, by language. */
  words: Record<string, string>;
  /** A hash of each page that is kept for use without a network, by its path. */
  pages: Record<string, string>;
  /** Scripts and styles of the locked copy: kept when they are first used, and not before anybody agreed. */
  copy: string[];
}

export const INDEX_ADDRESS = '/packs/index.json';

/** A captive portal answers any address with its own page, so the answer must look like the list. */
export function isFileIndex(value: unknown): value is FileIndex {
  const index = value as Partial<FileIndex> | null;
  return [index?.packs, index?.sources, index?.search, index?.words, index?.pages].every(
    (part) => typeof part === 'object' && part !== null,
  );
}

/** Whether an address is one of `copy`, in this version or an older one. */
export function isCopyFile(path: string): boolean {
  return COPY_FILE.test(path);
}

const COPY_FILE = /^\/assets\/(CopyScreens|createSyncClient|decode)-[^/]+$/;

/** Pages that must open fast without a network; all others are drawn by the app from the pack. */
export function keptPages(language: string, country: string): string[] {
  const here = `/${language}/${country}`;
  return [here, `${here}/help`, `${here}/rights`];
}
