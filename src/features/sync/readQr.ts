import { fitInto } from '#ui/photo.ts';

/** Finds a QR code in a picture; `null` when there is none. Never throws. */
export type ReadQr = (source: QrSource) => Promise<string | null>;

type QrSource = HTMLVideoElement | ImageBitmap | HTMLCanvasElement;

/** The browser's own reader: in Chromium on Android and macOS, not on desktops, iPhones or in Firefox. */
interface Detector {
  detect(source: QrSource): Promise<readonly { readonly rawValue: string }[]>;
}

interface DetectorClass {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<readonly string[]>;
}

/** The browser's own reader, else one of ours. Rejects when that is neither on the phone nor to be had. */
export async function loadReader(): Promise<ReadQr> {
  const Detector = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  const formats = (await Detector?.getSupportedFormats().catch(() => [])) ?? [];
  if (Detector && formats.includes('qr_code')) {
    const detector = new Detector({ formats: ['qr_code'] });
    return async (source) => {
      const found = await detector.detect(source).catch(() => []);
      return found[0]?.rawValue ?? null;
    };
  }
  const { decodeQR } = await import('qr/decode.js');
  const canvas = document.createElement('canvas');
  return async (source) => {
    const pixels = pixelsOf(source, canvas);
    if (pixels === null) return null;
    try {
      return decodeQR(pixels);
    } catch {
      // It throws when it finds nothing.
      return null;
    }
  };
}

/** Enough for a code that fills a third of the frame, and few enough for ten frames a second on a small phone. */
const FRAME = 800;

function pixelsOf(source: QrSource, canvas: HTMLCanvasElement): ImageData | null {
  const isVideo = source instanceof HTMLVideoElement;
  const natural = isVideo
    ? { width: source.videoWidth, height: source.videoHeight }
    : { width: source.width, height: source.height };
  const context = canvas.getContext('2d', { willReadFrequently: true, alpha: false });
  if (context === null || natural.width === 0) return null;
  const { width, height } = isVideo ? fitInto(natural, FRAME) : natural;
  canvas.width = width;
  canvas.height = height;
  context.drawImage(source, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}

/** A photo of a screen reads better small, one of a far sheet of paper better large. */
const SIZES = [1000, 600, 1800, 400, 2600];

/** Looks for a code in a picture at several sizes. `null` when it holds none, or cannot be opened. */
export async function readQrPicture(file: Blob, read: ReadQr): Promise<string | null> {
  const image = await createImageBitmap(file).catch(() => null);
  if (image === null) return null;
  try {
    for (const size of SIZES) {
      const found = await read(drawnAt(image, size));
      if (found !== null) return found;
    }
    return null;
  } finally {
    image.close();
  }
}

function drawnAt(image: ImageBitmap, longest: number): HTMLCanvasElement {
  const { width, height } = fitInto(image, longest);
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d', { alpha: false });
  if (context) {
    // A picture without a background would come out black.
    context.fillStyle = '#fff';
    context.fillRect(0, 0, width, height);
    context.drawImage(image, 0, 0, width, height);
  }
  return canvas;
}
