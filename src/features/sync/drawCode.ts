interface CodePicture {
  /** "Mitra", what it is, when it was made. */
  readonly name: string;
  readonly title: string;
  readonly day: string;
  readonly modules: readonly (readonly boolean[])[];
  readonly groups: readonly string[];
  /** What whoever finds it must know. */
  readonly lines: readonly string[];
  readonly language: string;
}

const WIDTH = 1080;
const EDGE = 72;
const QR = 660;
const GROUP = 92;

/**
 * The code as a PNG that can be kept, sent or printed: black on white, with the words in the worker's language.
 * Gives `null`, never throws, when this phone cannot draw it.
 */
export async function drawCode(picture: CodePicture): Promise<Blob | null> {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) return null;
  const face = picture.language === 'km' ? '"App Khmer", system-ui, sans-serif' : 'system-ui, sans-serif';
  const fonts = { name: `700 64px ${face}`, title: `700 48px ${face}`, text: `400 38px ${face}` };
  // The Khmer letters come from a file; drawn before it is there, they would be empty boxes.
  await Promise.allSettled(Object.values(fonts).map((font) => document.fonts.load(font, picture.title)));

  const wrap = (text: string, font: string): string[] => {
    context.font = font;
    return wrapText(text, picture.language, (part) => context.measureText(part).width, WIDTH - 2 * EDGE);
  };
  const title = wrap(picture.title, fonts.title);
  const lines = picture.lines.map((line) => wrap(line, fonts.text)).flat();
  const rows = Math.ceil(picture.groups.length / 2);
  const height = 190 + title.length * 72 + 70 + QR + 40 + rows * GROUP + 40 + lines.length * 62 + EDGE;

  canvas.width = WIDTH;
  canvas.height = height;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, WIDTH, height);
  drawKrama(context);
  context.fillStyle = '#000';
  context.textBaseline = 'alphabetic';
  let y = 160;
  const write = (text: string, font: string, step: number): void => {
    context.font = font;
    context.fillText(text, EDGE, y);
    y += step;
  };
  write(picture.name, fonts.name, 84);
  for (const line of title) write(line, fonts.title, 72);
  write(picture.day, fonts.text, 30);
  drawModules(context, picture.modules, y);
  y += QR + 100;
  for (let row = 0; row < rows; row++, y += GROUP) {
    drawGroup(context, picture.groups, row * 2, EDGE, y);
    drawGroup(context, picture.groups, row * 2 + 1, WIDTH / 2 + 24, y);
  }
  for (const line of lines) write(line, fonts.text, 62);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}

function drawKrama(context: CanvasRenderingContext2D): void {
  for (let x = 0; x < WIDTH; x += 24) {
    context.fillStyle = '#b3201f';
    context.fillRect(x, 0, 24, 40);
    context.fillStyle = '#fdf6ec';
    context.fillRect(x + 12, 0, 12, 20);
    context.fillRect(x, 20, 12, 20);
  }
}

function drawModules(
  context: CanvasRenderingContext2D,
  modules: readonly (readonly boolean[])[],
  top: number,
): void {
  const module = Math.floor(QR / (modules.length + 8));
  const left = Math.round((WIDTH - module * modules.length) / 2);
  for (const [y, row] of modules.entries()) {
    for (const [x, isDark] of row.entries()) {
      if (isDark) context.fillRect(left + x * module, top + (y + 4) * module, module, module);
    }
  }
}

function drawGroup(
  context: CanvasRenderingContext2D,
  groups: readonly string[],
  index: number,
  x: number,
  y: number,
): void {
  context.font = '400 36px system-ui, sans-serif';
  context.fillText(String(index + 1), x, y);
  // No monospaced face: its zeros are crossed, which few know.
  context.font = '700 72px system-ui, sans-serif';
  context.fillText((groups[index] ?? '').split('').join('\u200a'), x + 56, y);
}

/** Breaks a text into lines, between words also where the script writes none apart (Khmer, Thai). */
export function wrapText(
  text: string,
  language: string,
  widthOf: (text: string) => number,
  width: number,
): string[] {
  const words =
    'Segmenter' in Intl
      ? Array.from(
          new Intl.Segmenter(language, { granularity: 'word' }).segment(text),
          (part) => part.segment,
        )
      : text.split(/(?<= )/);
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    // A full stop stays with its word.
    if (line !== '' && /[\p{L}\p{N}]/u.test(word) && widthOf((line + word).trimEnd()) > width) {
      lines.push(line.trim());
      line = '';
    }
    line += word;
  }
  return [...lines, line.trim()].filter((part) => part !== '');
}
