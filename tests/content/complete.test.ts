import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { groupOf } from '#features/rights/groups.ts';
import { COUNTRIES, type Country, LANGUAGES } from '#i18n/languages.ts';
import { STAGES } from '#i18n/paths.ts';
import english from '#locales/en.json' with { type: 'json' };
import { buildContent } from '#tools/content/build.ts';
import { reportProblems } from '#tools/content/checks.ts';
import { allEntries, type Entry, holdsIn, loadContent } from '#tools/content/load.ts';
import { type Kind, PICTURES as PICTURE_NAMES } from '#tools/content/schema.ts';
import { PICTURES } from '#ui/icons.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { packs, problems } = buildContent(root, new Date().toISOString().slice(0, 10));
const { content } = loadContent(root);

describe('the content', () => {
  test('passes every check of every file', () => {
    expect(problems.length === 0 ? '' : reportProblems(problems)).toBe('');
  });

  test('has the rights, paths, cards and checklists that a worker needs, for every country', () => {
    const count = (kind: Kind, country: Country): number =>
      content[kind].filter((entry: Entry) => holdsIn(entry, country)).length;
    for (const country of ['kr', 'th', 'my'] as const) {
      expect(count('rights', country)).toBeGreaterThanOrEqual(40);
      expect(count('paths', country)).toBe(10);
      expect(count('cards', country)).toBeGreaterThanOrEqual(40);
      for (const stage of STAGES)
        expect(
          content.checklist.filter((entry) => entry.country === country && entry.data.stage === stage).length,
        ).toBeGreaterThanOrEqual(5);
    }
    expect(count('rights', 'kh')).toBeGreaterThanOrEqual(30);
    expect(count('paths', 'kh')).toBeGreaterThanOrEqual(4);
  });

  test('has every right in a group of the rights screen, under its ten topics', () => {
    for (const { data } of content.rights) expect(groupOf(data.topic), data.topic).toBeDefined();
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

  test.each(LANGUAGES)('is complete in %s', (language) => {
    for (const { pack } of packs.filter((built) => built.pack.language === language)) {
      const texts = [
        ...pack.contacts,
        ...pack.homeContacts,
        ...pack.rights,
        ...pack.paths,
        ...pack.cards,
        ...pack.checklist,
        ...pack.situations,
        ...pack.instruments,
      ];
      expect(texts.filter((text) => text.textLanguage !== language).map(({ id }) => id)).toEqual([]);
      expect(texts.filter((text) => text.older).map(({ id }) => id)).toEqual([]);
    }
  });

  test('has the same sources in the same order in every language, because they are kept once', () => {
    for (const country of COUNTRIES) {
      const lists = packs.filter(({ pack }) => pack.country === country).map(({ pack }) => pack.sources);
      for (const list of lists) expect(list).toEqual(lists[0]);
    }
  });

  test('has a drawing for every picture that a file may name', () => {
    expect(PICTURE_NAMES.filter((name) => !(name in PICTURES))).toEqual([]);
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
      const drafts = allEntries(content).filter((entry) => entry.data.text[language]?.status !== 'reviewed');
      for (const { pack } of packs.filter((built) => built.pack.language === language))
        expect(pack.machineDraft).toBe(drafts.length > 0);
    }
  });
});
