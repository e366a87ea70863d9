import { describe, expect, test } from 'vitest';
import { LANGUAGES, type Language } from '#i18n/languages.ts';
import { rootFolder } from '#tools/build.ts';
import { checkText } from '#tools/content/language.ts';
import { readInterfaceStatus, readWords } from '#tools/translate/rows.ts';

const english = readWords(rootFolder, 'en');
/** Only English has a form for one; i18next takes `_other` in the other four languages. */
const keysFor = (language: Language): string[] =>
  [...english.keys()].filter((key) => language === 'en' || !key.endsWith('_one'));

const placeholders = (text: string): string[] => (text.match(/\{\{\w+\}\}/g) ?? []).sort();

/** The same in every language: proper names, and words that stand in Latin letters everywhere. */
const SAME = /^(app\.name|help\.kinds\..*)$/;

describe.each(LANGUAGES)('the words of the interface in %s', (language) => {
  const words = readWords(rootFolder, language);

  test('are the same keys as in English', () => {
    expect([...words.keys()].sort()).toEqual(keysFor(language).sort());
  });

  test('keep every placeholder and are never empty', () => {
    for (const [key, text] of words) {
      expect(text.trim(), key).not.toBe('');
      expect(placeholders(text), key).toEqual(placeholders(english.get(key) ?? ''));
    }
  });

  test('pass every check of script, spelling, forbidden words and length', () => {
    for (const [key, text] of words) {
      if (SAME.test(key)) continue;
      expect(checkText(language, text), key).toEqual([]);
    }
  });
});

test('the words of every language say whether a native reader has checked them', () => {
  const status = readInterfaceStatus(rootFolder);
  for (const language of ['km', 'th', 'ko', 'ms'])
    expect(['machine-draft', 'reviewed']).toContain(status[language]?.status);
});
