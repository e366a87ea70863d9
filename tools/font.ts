/*
 * Cuts Noto Sans Khmer to the letters and weights the app shows: `node tools/font.ts`.
 * Run it when the font package changes; the result is committed, so that a build needs no font tools.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import subsetFont from 'subset-font';

const whole = fileURLToPath(
  import.meta.resolve('@fontsource-variable/noto-sans-khmer/files/noto-sans-khmer-khmer-wght-normal.woff2'),
);
const part = fileURLToPath(new URL('../public/fonts/khmer.woff2', import.meta.url));

/** The Khmer block, zero-width space and joiners, and the dotted circle of a lone vowel sign. */
const letters = [
  ...Array.from({ length: 0x80 }, (_, index) => 0x1780 + index),
  0x200b,
  0x200c,
  0x200d,
  0x25cc,
]
  .map((code) => String.fromCodePoint(code))
  .join('');

const font = await subsetFont(readFileSync(whole), letters, {
  targetFormat: 'woff2',
  variationAxes: { wght: { min: 400, max: 700 } },
});
writeFileSync(part, font);
console.log(`public/fonts/khmer.woff2: ${font.length} bytes`);
