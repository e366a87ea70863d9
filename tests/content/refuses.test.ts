import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { addDays } from '#lib/day.ts';
import { buildContent } from '#tools/content/build.ts';
import { reportProblems } from '#tools/content/checks.ts';

const TODAY = '2026-11-21';

const words = (language: string, name: string): string =>
  `  ${language}: { of: 1, status: machine-draft, name: ${name}, use: ${name} }\n`;

/** A contact that passes every check; each test breaks one thing in it. */
const CONTACT = `category: labour
rank: 20
confidence: confirmed
show: yes
official: { ko: 상담센터 }
phones:
  - number: "02-123-4567"
    international: "+82 2-123-4567"
    kinds: [voice]
    free: unknown
    hours: always
    khmer: yes
    languages: [ko, km]
    show: yes
sources:
  - { title: A page, url: "https://example.org/page", retrieved: 2026-11-20 }
checked: { by: Mitra research, on: 2026-11-21 }
due: 2027-05-21
facts: [kr-test]
text:
  en: { rev: 1, name: Help line, use: Call here. }
${words('km', 'ជំនួយ')}${words('th', 'ช่วยเหลือ')}${words('ko', '도움')}${words('ms', 'Bantuan')}`;

const RIGHT = `topic: wage
stages: [working]
rank: 10
picture: wage
confidence: confirmed
figures:
  least: { value: 10320, unit: KRW, from: 2026-01-01 }
laws: []
contacts: [test]
sources:
  - { title: A page, url: "https://example.org/page", retrieved: 2026-11-20 }
checked: { by: Mitra research, on: 2026-11-21 }
due: 2027-05-21
facts: [kr-test]
text:
  en: { rev: 1, title: Pay, sentence: "At least {least}.", steps: [Ask.] }
  km: { of: 1, status: machine-draft, title: ប្រាក់, sentence: "យ៉ាងតិច {least}", steps: [សួរ] }
  th: { of: 1, status: machine-draft, title: ค่าจ้าง, sentence: "อย่างน้อย {least}", steps: [ถาม] }
  ko: { of: 1, status: machine-draft, title: 임금, sentence: "최소 {least}", steps: [묻기] }
  ms: { of: 1, status: machine-draft, title: Gaji, sentence: "Sekurang-kurangnya {least}", steps: [Tanya] }
`;

const CHECKED = `confidence: confirmed
sources:
  - { title: A page, url: "https://example.org/page", retrieved: 2026-11-20 }
checked: { by: Mitra research, on: 2026-11-21 }
due: 2027-05-21
facts: [kr-test]
`;

const CARD = `to: [police]
rank: 1
picture: police
laws: []
${CHECKED.replace(/sources:\n.*\n/, 'sources: []\n')}text:
  en: { rev: 1, sentence: Help. }
  km: { of: 1, status: machine-draft, sentence: ជួយ }
  th: { of: 1, status: machine-draft, sentence: ช่วย }
  ko: { of: 1, status: machine-draft, sentence: 도움 }
  ms: { of: 1, status: machine-draft, sentence: Tolong }
`;

const STEPS: [language: string, head: string, line: string][] = [
  ['en', 'rev: 1', 'Ask'],
  ['km', 'of: 1, status: machine-draft', 'សួរ'],
  ['th', 'of: 1, status: machine-draft', 'ถาม'],
  ['ko', 'of: 1, status: machine-draft', '묻기'],
  ['ms', 'of: 1, status: machine-draft', 'Tanya'],
];

const PATH = `rank: 1
picture: wage
contacts: [test]
rights: [wage]
cards: []
${CHECKED}text:
${STEPS.map(
  ([language, head, line]) =>
    `  ${language}: { ${head}, title: ${line}, first: ${line}, steps: [${line}, ${line}], proof: [${line}], next: [${line}] }`,
).join('\n')}
`;

/** The problems that a content folder with these two files has. */
function problemsOf(contact = CONTACT, right = RIGHT, today = TODAY, more: Record<string, string> = {}) {
  const root = mkdtempSync(join(tmpdir(), 'mitra-content-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(join(root, 'content/kr/contacts'), { recursive: true });
  mkdirSync(join(root, 'content/kr/rights'), { recursive: true });
  writeFileSync(join(root, 'content/kr/contacts/test.yml'), contact);
  writeFileSync(join(root, 'content/kr/rights/wage.yml'), right);
  for (const [file, text] of Object.entries(more)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return buildContent(root, today).problems;
}

test('a right and a contact in order have no problem', () => {
  expect(problemsOf()).toEqual([]);
});

describe('the build refuses', () => {
  test.each([
    [
      'a missing source',
      CONTACT.replace(/ {2}- \{ title: A page.*\n/, '').replace('sources:', 'sources: []'),
      'sources',
    ],
    [
      'a source without an address',
      CONTACT.replace('url: "https://example.org/page", ', ''),
      'sources.0.url',
    ],
    ['a source without a date', CONTACT.replace(', retrieved: 2026-11-20', ''), 'sources.0'],
    [
      'words in a phone number',
      CONTACT.replace('"02-123-4567"', '"02-123-4567 (office)"'),
      'phones.0.number',
    ],
    [
      'the code of another country',
      CONTACT.replace('+82 2-123-4567', '+855 2-123-4567'),
      'phones.0.international',
    ],
    [
      'two different numbers in one line',
      CONTACT.replace('+82 2-123-4567', '+82 2-123-4568'),
      'phones.0.international',
    ],
    ['an unknown field', CONTACT.replace('rank: 20', 'rank: 20\nimportance: high'), 'importance'],
    ['a day that does not exist', CONTACT.replace('due: 2027-05-21', 'due: 2027-02-30'), 'due'],
    [
      'general knowledge',
      CONTACT.replace('confidence: confirmed', 'confidence: general-knowledge'),
      'confidence',
    ],
    ['a missing translation', CONTACT.replace(words('th', 'ช่วยเหลือ'), ''), 'text.th'],
    ['an older translation', CONTACT.replace('rev: 1', 'rev: 2'), 'text.km.of'],
    [
      'a phone number inside a sentence',
      CONTACT.replace('use: Call here.', 'use: Call 02-123-4567.'),
      'text.en.use',
    ],
    ['an invisible character', CONTACT.replace('name: ជំនួយ', 'name: "ជំ\u200bនួយ"'), 'text.km.name'],
  ])('%s', (_name, contact, field) => {
    expect(problemsOf(contact).map((problem) => problem.field)).toContain(field);
  });

  test.each([
    [
      'a number inside a sentence',
      RIGHT.replace('steps: [Ask.]', 'steps: [Ask 3 times.]'),
      'text.en.steps.0',
    ],
    ['a figure that is not defined', RIGHT.replace('  least:', '  other:'), 'text.en.sentence'],
    [
      'a figure that nobody uses',
      RIGHT.replace('figures:', 'figures:\n  more: { value: 1, unit: day }'),
      'figures.more',
    ],
    ['a translation that lost a figure', RIGHT.replace('최소 {least}', '최소'), 'text.ko.sentence'],
    [
      'a translation that lost a step',
      RIGHT.replace('steps: [Tanya]', 'steps: [Tanya, Lagi]'),
      'text.ms.steps.1',
    ],
    [
      'a sentence of more than twenty words',
      RIGHT.replace('[Ask.]', `[${'ask '.repeat(21)}]`),
      'text.en.steps.0',
    ],
    ['a contact that does not exist', RIGHT.replace('contacts: [test]', 'contacts: [nobody]'), 'contacts'],
    [
      'a law that does not exist',
      RIGHT.replace('laws: []', 'laws: [{ law: no-act, article: "1", plain: "1" }]'),
      'laws',
    ],
  ])('%s', (_name, right, field) => {
    expect(problemsOf(CONTACT, right).map((problem) => problem.field)).toContain(field);
  });

  test.each([
    ['the number of the police', CONTACT.replace('rank: 20', 'rank: 1'), RIGHT, '2027-08-20'],
    ['what to do in danger', CONTACT, RIGHT.replace('rank: 10', 'rank: 10\ndanger: true'), '2027-08-20'],
    ['anything', CONTACT, RIGHT, '2028-05-21'],
  ])('%s, when its check is overdue past its grace', (_name, contact, right, firstDay) => {
    expect(problemsOf(contact, right, addDays(firstDay, -1))).toEqual([]);
    expect(problemsOf(contact, right, firstDay).map(({ field }) => field)).toContain('due');
  });

  test.each<[string, Record<string, string>, string]>([
    [
      'a card that names a law without its source',
      {
        'content/kr/cards/law.yml': CARD.replace(
          'laws: []',
          'laws: [{ law: no-act, article: "1", plain: "1" }]',
        ),
      },
      '',
    ],
    ['a shared entry that does not say where it holds', { 'content/all/cards/help.yml': CARD }, 'countries'],
    [
      'an entry of one country that names others',
      { 'content/kr/cards/help.yml': CARD.replace('rank: 1', 'rank: 1\ncountries: [kr]') },
      'countries',
    ],
    [
      'the same id in a country and for all',
      {
        'content/kr/cards/help.yml': CARD,
        'content/all/cards/help.yml': CARD.replace('rank: 1', 'rank: 1\ncountries: [kr]'),
      },
      '(file)',
    ],
    [
      'a path to a right that does not exist',
      { 'content/kr/paths/unpaid.yml': PATH.replace('rights: [wage]', 'rights: [wages]') },
      'rights',
    ],
    [
      'a path to a card that does not exist',
      { 'content/kr/paths/unpaid.yml': PATH.replace('cards: []', 'cards: [help]') },
      'cards',
    ],
    [
      'a path without a number to call',
      { 'content/kr/paths/unpaid.yml': PATH.replace('contacts: [test]', 'contacts: []') },
      'contacts',
    ],
    [
      'a word of search that means nothing',
      { 'content/search.yml': '- { words: { en: [pay] }, means: ["right:wages"] }' },
      '0.means',
    ],
  ])('%s', (_name, more, field) => {
    expect(problemsOf(CONTACT, RIGHT, TODAY, more).map((problem) => problem.field)).toContain(field);
  });

  test.each([
    ['a day without words', RIGHT.replace('rank: 10', 'rank: 10\nchanged: 2027-01-01')],
    ['words without a day', RIGHT.replace('title: Pay,', 'title: Pay, change: It is more.,')],
  ])('an announcement that has %s', (_name, right) => {
    expect(problemsOf(CONTACT, right).map(({ field }) => field)).toContain('changed');
  });
});

test('a path and a shared card in order have no problem', () => {
  const more = {
    'content/kr/paths/unpaid.yml': PATH.replace('cards: []', 'cards: [help]'),
    'content/all/cards/help.yml': CARD.replace('rank: 1', 'rank: 1\ncountries: [kr, th]'),
    'content/search.yml': '- { words: { en: [pay], latin: [loy] }, means: ["path:unpaid", "topic:wage"] }',
  };
  expect(problemsOf(CONTACT, RIGHT, TODAY, more)).toEqual([]);
});

test('a translation that is missing on purpose is declared, with a reason', () => {
  const contact = CONTACT.replace(words('th', 'ช่วยเหลือ'), '');
  const declared =
    '- { file: content/kr/contacts/test.yml, languages: [th], reason: the office has closed its Thai desk }\n';
  expect(problemsOf(contact, RIGHT, TODAY, { 'content/untranslated.yml': declared })).toEqual([]);
});

test('all problems of all files come in one report, each with file, field and remedy', () => {
  const contact = CONTACT.replace('due: 2027-05-21', 'due: soon').replace('rank: 20', 'rank: first');
  const right = RIGHT.replace('topic: wage', 'topic: pay');
  const report = reportProblems(problemsOf(contact, right));
  for (const part of ['content/kr/contacts/test.yml', 'due', 'rank', 'content/kr/rights/wage.yml', 'topic'])
    expect(report).toContain(part);
});
