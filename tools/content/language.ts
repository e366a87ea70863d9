import { readFileSync } from 'node:fs';
import { orderKhmer } from '#i18n/fold.ts';
import type { Language } from '#i18n/languages.ts';

/*
 * What can be known of a text by its letters alone: script, left-over English, words of the glossary that
 * must not be used, spelling, order of Khmer signs, length. Used for content, interface words and imports.
 */

/** One thing wrong in one text, and what to do about it. */
export interface TextProblem {
  problem: string;
  remedy: string;
}

const SCRIPTS: Record<Language, RegExp> = {
  km: /[\u1780-\u17d3]/,
  th: /[\u0e01-\u0e4e]/,
  ko: /[\uac00-\ud7a3]/,
  ms: /[a-z]/i,
  en: /[a-z]/i,
};

/** Letters of a script in which the text of a language never stands. */
const FOREIGN: Record<Language, RegExp> = {
  km: /[\u0e01-\u0e4e\uac00-\ud7a3]/,
  th: /[\u1780-\u17d3\uac00-\ud7a3]/,
  ko: /[\u1780-\u17d3\u0e01-\u0e4e]/,
  ms: /[\u1780-\u17d3\u0e01-\u0e4e\uac00-\ud7a3]/,
  en: /[\u1780-\u17d3\u0e01-\u0e4e\uac00-\ud7a3]/,
};

/** Longest sentence, in words for Malay and English, in letters for the others (longer ones are not read to the end). */
const LONGEST: Record<Language, number> = { en: 20, ms: 28, km: 160, th: 170, ko: 95 };

const PLACEHOLDER = /\{\{?[\w-]+\}?\}/g;
/** Words that an officer or a sign shows in Latin letters stand in brackets or quotation marks. */
const QUOTED = /\([^)]*\)|«[^»]*»|“[^”]*”|"[^"]*"|'[^']*'/g;
/** Latin names without a capital letter, and words that every worker knows by them. */
const LATIN = new Set(['levy', 'polis', 'ambulans', 'bomba']);
const ENGLISH_WORDS = /\b(the|and|your|you|with|is|are|not)\b/;

function countSentence(language: Language, sentence: string): number {
  return language === 'en' || language === 'ms' ? sentence.split(/\s+/).length : sentence.length;
}

function sentencesOf(language: Language, text: string): string[] {
  // Thai has no full stop: a space ends a sentence, and cannot be told from the other spaces.
  if (language === 'th') return text.split(/\s+/);
  return text.split(language === 'km' ? /(?<=[។?])\s*/ : /(?<=[.!?])\s+/);
}

interface Term {
  id: string;
  avoid?: Partial<Record<Language, string[]>>;
}

/** Khmer words with two spellings; ours is that of docs/glossary.md. */
const KHMER_SPELLINGS: [ours: string, others: RegExp][] = [
  ['ឱ្យ', /ឲ្យ|អោយ/],
  ['សម្រាប់', /សំរាប់/],
  ['សម្រាក', /សំរាក/],
  ['តម្រូវ', /តំរូវ/],
  ['ជម្រើស', /ជំរើស/],
  ['បម្រើ', /បំរើ/],
  ['កម្រៃ', /កំរៃ/],
  ['សំណួរ', /សំនួរ/],
  ['ប័ណ្ណ', /បណ្ណ័|ប័ណ(?!្ណ)/],
  ['អនុញ្ញាត', /អនុញ្ញាតិ/],
  ['អប្បបរមា', /អប្បរមា/],
  ['ទូរសព្ទ', /ទូរស័ព្ទ/],
  // Not the beginning of "visa of".
  ['វីសា', /វីសារ(?!បស់)/],
  ['ព័ត៌មាន', /ពត៌មាន/],
  ['ត្រឡប់', /ត្រលប់/],
];

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/**
 * The words of the glossary that must not be used, as patterns by language. A word whose remark allows it in some
 * places ("alone", "only …") cannot be judged by its letters, and is left to readers.
 */
function readForbidden(): Record<Language, { word: string; pattern: RegExp; term: string }[]> {
  const file = new URL('../../docs/glossary.json', import.meta.url);
  const { terms } = JSON.parse(readFileSync(file, 'utf8')) as { terms: Term[] };
  const of = (language: Language) =>
    terms.flatMap(({ id, avoid }) =>
      (avoid?.[language] ?? [])
        .filter((entry) => !entry.includes('(') || entry.endsWith('(Indonesian)'))
        .map((entry) => entry.replace(/\s*\(Indonesian\)$/, '').trim())
        .map((word) => ({
          word,
          term: id,
          pattern: /^[\w .-]+$/.test(word)
            ? new RegExp(
                `(?<![\\w-])${escapePattern(word)}(?![\\w-])`,
                word === word.toUpperCase() ? '' : 'i',
              )
            : new RegExp(escapePattern(word)),
        })),
    );
  return { km: of('km'), th: of('th'), ko: of('ko'), ms: of('ms'), en: of('en') };
}

const FORBIDDEN = readForbidden();

/** Checks one text of a language. */
export function checkText(language: Language, text: string): TextProblem[] {
  const found: TextProblem[] = [];
  const say = (problem: string, remedy: string) => found.push({ problem, remedy });
  const plain = text.replace(PLACEHOLDER, ' ');
  if (/[\u200b-\u200d\u2060\ufeff]/.test(text))
    say('An invisible character stands in the text.', 'Remove it; the build sets the line breaks.');
  if (text !== text.normalize('NFC')) say('Not in NFC.', 'Store the text in NFC.');
  // A name such as "TINA" or "WhatsApp", or a figure alone, is the same in every script.
  if (!SCRIPTS[language].test(plain) && /\p{Ll}\p{Ll}/u.test(plain) && !/^[A-Z][\w.]*$/.test(plain.trim()))
    say(`Not in the script of this language: "${text}"`, 'Translate it.');
  if (FOREIGN[language].test(text)) say(`Holds letters of another script: "${text}"`, 'Translate them.');
  const outside = plain.replace(QUOTED, ' ');
  if (language === 'km' || language === 'th' || language === 'ko') {
    const words = (outside.match(/(?<![\w-])[a-z]{3,}(?![\w-])/g) ?? []).filter((word) => !LATIN.has(word));
    if (words.length > 0)
      say(`English is left over: ${words.join(', ')}`, 'Translate it, or put a quoted word in brackets.');
  }
  if (language === 'ms' && ENGLISH_WORDS.test(outside.replace(/\b[A-Z]\w*( \w+){0,2} [A-Z]\w*/g, ' ')))
    say(`English is left over: "${text}"`, 'Translate it.');
  for (const { word, pattern, term } of FORBIDDEN[language])
    if (pattern.test(text))
      say(`"${word}" must not be used.`, `Use the word of docs/glossary.md for "${term}".`);
  if (language === 'km') {
    if (orderKhmer(text) !== text)
      say('Khmer signs stand in another order than docs/glossary.md says.', 'Type the cluster again.');
    for (const [ours, others] of KHMER_SPELLINGS) {
      const other = others.exec(text)?.[0];
      if (other) say(`"${other}" is spelled in another way here.`, `Write "${ours}".`);
    }
  }
  for (const sentence of sentencesOf(language, plain)) {
    if (countSentence(language, sentence.trim()) <= LONGEST[language]) continue;
    const unit = language === 'en' || language === 'ms' ? 'words' : 'letters';
    say(`More than ${LONGEST[language]} ${unit}: "${sentence}"`, 'Make two sentences of it.');
  }
  return found;
}
