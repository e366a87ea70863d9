import { toLatinDigits } from './format.ts';

/*
 * Makes two ways of writing the same word equal, for search only; never for display.
 * Word lists are of no use here: browsers cut the same Khmer or Thai sentence differently
 * (docs/decisions/0016-search-without-words.md).
 */

const INVISIBLE = /[\u200b-\u200d\u2060\ufeff\u00ad]/g;
const PUNCTUATION = /[\p{P}\p{S}]+/gu;

/** A Khmer cluster: its base, then subscripts, vowels and signs in any order that a keyboard gives them. */
const CLUSTER = /([\u1780-\u17b3])((?:\u17d2[\u1780-\u17b3]|[\u17b6-\u17d1\u17dd])+)/g;
const PART = /\u17d2[\u1780-\u17b3]|[\u17b6-\u17d1\u17dd]/g;
const ROBAT = '\u17cc';
const COENG_RO = '\u17d2\u179a';

/** Robat, subscripts, the one of RO last among them; register shifters, vowels, signs by their code. */
function partOrder(part: string): number {
  if (part === ROBAT) return 0;
  if (part === COENG_RO) return 2;
  if (part.startsWith('\u17d2')) return 1;
  if (part === '\u17c9' || part === '\u17ca') return 3;
  return part.charCodeAt(0);
}

/**
 * Puts the parts of every Khmer cluster into the one order in which texts are stored (docs/glossary.md):
 * base, robat, subscripts (that of RO last), register shifter, vowel, signs. Equal parts keep their order.
 */
export function orderKhmer(text: string): string {
  return text.replace(CLUSTER, (_whole, base: string, rest: string) => {
    const parts = rest.match(PART) ?? [];
    return base + parts.toSorted((a, b) => partOrder(a) - partOrder(b)).join('');
  });
}

/**
 * Writes that differ and look or sound the same to many: vowels built from two signs, coeng DA and TA, short and
 * long I and Y, three spellings of "give".
 */
function foldKhmer(text: string): string {
  return orderKhmer(text.replace(/\u17c1\u17b8/g, '\u17be').replace(/\u17c1\u17b6/g, '\u17c4'))
    .replace(/\u17b8/g, '\u17b7')
    .replace(/\u17ba/g, '\u17b9')
    .replace(/\u17d2\u178a/g, '\u17d2\u178f')
    .replace(/\u17b2\u17d2\u1799|\u17b1\u17d2\u1799|\u17a2\u17c4\u1799/g, '\u17b1\u17d2\u1799')
    .replace(/[\u17cb\u17cc\u17cd\u17cf\u17d0\u17d7]/g, '');
}

/** Tone marks and the silencer are often left out; sara am and sara ae have two spellings. */
function foldThai(text: string): string {
  return text
    .replace(/\u0e4d([\u0e48-\u0e4b]?)\u0e32/g, '$1\u0e33')
    .replace(/\u0e40\u0e40/g, '\u0e41')
    .replace(/[\u0e47-\u0e4c]/g, '');
}

const UNSPACED = '\u0e00-\u0e7f\u1780-\u17ff\u1100-\u11ff';

/**
 * Folds a text or a query: lower case, no invisible characters, no punctuation, digits 0-9, one order of Khmer
 * signs, Korean in letters (so that a half-typed syllable is found), and spaces only between Latin words.
 */
export function fold(text: string): string {
  const plain = toLatinDigits(text.normalize('NFKC').toLowerCase().replace(INVISIBLE, ''));
  return foldThai(foldKhmer(plain))
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(PUNCTUATION, ' ')
    .replace(/\s+/g, ' ')
    .replace(new RegExp(`(?<=[${UNSPACED}]) | (?=[${UNSPACED}])`, 'g'), '')
    .trim();
}
