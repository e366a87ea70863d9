import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { COUNTRIES, LANGUAGES } from '#i18n/languages.ts';
import english from '#locales/en.json' with { type: 'json' };
import { buildContent } from '#tools/content/build.ts';
import { reportProblems, textFields } from '#tools/content/checks.ts';
import { loadContent } from '#tools/content/load.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { packs, problems } = buildContent(root, new Date().toISOString().slice(0, 10));
const { content } = loadContent(root);

const SCRIPTS = {
  km: /[\u1780-\u17d3]/,
  th: /[\u0e01-\u0e4e]/,
  ko: /[\uac00-\ud7a3]/,
  ms: /[a-z]/i,
  en: /[a-z]/i,
};

describe('the content', () => {
  test('passes every check of every file', () => {
    expect(problems.length === 0 ? '' : reportProblems(problems)).toBe('');
  });

  test('has the ten rights and the two checklists of every country', () => {
    for (const country of COUNTRIES) {
      const rights = content.rights.filter((entry) => entry.country === country);
      expect(rights.length).toBeGreaterThanOrEqual(10);
      for (const stage of ['before', 'arrival'])
        expect(
          content.checklist.filter((entry) => entry.country === country && entry.data.stage === stage).length,
        ).toBeGreaterThanOrEqual(6);
    }
    const destination = [
      'wage',
      'hours',
      'rest',
      'deductions',
      'papers',
      'fees',
      'housing',
      'injury',
      'leaving',
      'no-papers',
    ];
    for (const country of ['kr', 'th', 'my'])
      expect(
        destination.filter((topic) =>
          content.rights.some((entry) => entry.country === country && entry.data.topic === topic),
        ),
      ).toEqual(destination);
    const home = [
      'agency',
      'fees',
      'receipts',
      'papers',
      'contract',
      'orientation',
      'scams',
      'debt',
      'complaint',
      'going-home',
    ];
    expect(
      home.filter((topic) =>
        content.rights.some((entry) => entry.country === 'kh' && entry.data.topic === topic),
      ),
    ).toEqual(home);
  });

  test.each(LANGUAGES)('is complete in %s and in its own script', (language) => {
    for (const { pack } of packs.filter((built) => built.pack.language === language)) {
      const facts = [
        ...pack.contacts,
        ...pack.homeContacts,
        ...pack.rights,
        ...pack.checklist,
        ...pack.situations,
      ];
      expect(facts.filter((fact) => fact.textLanguage !== language).map(({ id }) => id)).toEqual([]);
    }
    for (const kind of ['contacts', 'rights', 'checklist', 'situations'] as const)
      for (const entry of content[kind]) {
        const text = entry.data.text[language];
        for (const [path, words] of textFields(text ?? {})) {
          // A name such as "TINA" or "WhatsApp" is the same in every script.
          if (/^[A-Z0-9 .()/-]+$/.test(words)) continue;
          expect(words, `${entry.file} ${language} ${path}`).toMatch(SCRIPTS[language]);
        }
      }
  });

  test('has a word for every language a contact speaks', () => {
    const names = Object.keys(english.help.languages);
    const spoken = content.contacts.flatMap((entry) =>
      entry.data.phones.flatMap(({ languages }) => languages),
    );
    expect([...new Set(spoken)].filter((code) => !names.includes(code))).toEqual([]);
  });

  test('says in the app that a machine made texts which no native reader has checked', () => {
    for (const language of ['km', 'th', 'ko', 'ms'] as const) {
      const drafts = [
        ...content.contacts,
        ...content.rights,
        ...content.checklist,
        ...content.situations,
      ].filter((entry) => entry.data.text[language]?.status !== 'reviewed');
      for (const { pack } of packs.filter((built) => built.pack.language === language))
        expect(pack.machineDraft).toBe(drafts.length > 0);
    }
  });
});
