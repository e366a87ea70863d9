const segmenter = new Intl.Segmenter('km', { granularity: 'word' });
const KHMER_RUN = /[\u1780-\u17d3]+/g;

/**
 * Sets a zero-width space between the words of Khmer running text, so that a browser without a
 * Khmer dictionary still breaks lines between words (docs/decisions/0005-khmer-line-breaks.md).
 */
export function breakKhmer(text: string): string {
  return text.replace(KHMER_RUN, (run) =>
    Array.from(segmenter.segment(run), (part) => part.segment).join('\u200b'),
  );
}
