import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { LANGUAGES, type Language } from '#i18n/languages.ts';

type Tree = { [key: string]: string | Tree };

function read(language: Language): Map<string, string> {
  const file = fileURLToPath(new URL(`../../locales/${language}.json`, import.meta.url));
  const words = new Map<string, string>();
  const walk = (tree: Tree, path: string): void => {
    for (const [key, value] of Object.entries(tree))
      if (typeof value === 'string') words.set(path + key, value);
      else walk(value, `${path}${key}.`);
  };
  walk(JSON.parse(readFileSync(file, 'utf8')) as Tree, '');
  return words;
}

const english = read('en');
/** Only English has a form for one; i18next takes `_other` in the other four languages. */
const keysFor = (language: Language): string[] =>
  [...english.keys()].filter((key) => language === 'en' || !key.endsWith('_one'));

const placeholders = (text: string): string[] => (text.match(/\{\{\w+\}\}/g) ?? []).sort();

/** The same in every language: proper names, and words that stand in Latin letters everywhere. */
const SAME = /^(app\.name|help\.kinds\..*)$/;
const SCRIPTS = { km: /[\u1780-\u17d3]/, th: /[\u0e01-\u0e4e]/, ko: /[\uac00-\ud7a3]/ };

describe.each(LANGUAGES)('the words of the interface in %s', (language) => {
  const words = read(language);

  test('are the same keys as in English', () => {
    expect([...words.keys()].sort()).toEqual(keysFor(language).sort());
  });

  test('keep every placeholder and are never empty', () => {
    for (const [key, text] of words) {
      expect(text.trim(), key).not.toBe('');
      expect(placeholders(text), key).toEqual(placeholders(english.get(key) ?? ''));
    }
  });

  test('hold no invisible character and are in NFC', () => {
    for (const [key, text] of words) {
      expect(text, key).not.toMatch(/[\u200b-\u200d\u2060\ufeff]/);
      expect(text, key).toBe(text.normalize('NFC'));
    }
  });
});

test.each(Object.entries(SCRIPTS))(
  'the words of the interface in %s are in its own script',
  (language, script) => {
    for (const [key, text] of read(language as Language)) {
      if (SAME.test(key) || !/\p{L}/u.test(text.replace(/\{\{\w+\}\}/g, ''))) continue;
      expect(text, key).toMatch(script);
    }
  },
);

test('the words of every language say whether a native reader has checked them', () => {
  const file = fileURLToPath(new URL('../../locales/status.json', import.meta.url));
  const status = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  for (const language of ['km', 'th', 'ko', 'ms'])
    expect(['machine-draft', 'reviewed']).toContain(status[language]);
});
