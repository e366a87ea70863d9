import { err, ok, type Result } from '#lib/result.ts';

/** A photo made small enough to keep, without place, name or any other note of the camera. */
interface SmallPhoto {
  bytes: Uint8Array<ArrayBuffer>;
  type: 'image/jpeg';
  width: number;
  height: number;
  /** Milliseconds. */
  takenAt: number;
}

export type PhotoError = { readonly type: 'PhotoUnreadable' };

interface Size {
  width: number;
  height: number;
}

/** Small print of an A4 page stays readable, at about 300 kB. */
const LONGEST_SIDE = 1600;
const QUALITY = 0.75;

/**
 * Makes a photo small: upright, at most 1600 px on its longer side, JPEG. What the camera wrote into
 * the file, as the place, is gone. Call it for one file after the other: a phone has no memory for two.
 */
export async function shrinkPhoto(file: Blob, now: number): Promise<Result<SmallPhoto, PhotoError>> {
  try {
    const source = await decode(file);
    try {
      const size = fitInto(source, LONGEST_SIDE);
      const jpeg = await draw(source.image, size);
      if (jpeg === null) return err({ type: 'PhotoUnreadable' });
      const bytes = new Uint8Array(await jpeg.arrayBuffer());
      return ok({ bytes, type: 'image/jpeg', ...size, takenAt: now });
    } finally {
      source.free();
    }
  } catch {
    // No picture, a damaged one, or one this phone cannot open (HEIC).
    return err({ type: 'PhotoUnreadable' });
  }
}

/** The size with the same proportions and no side longer than `longest`; never larger than it was. */
export function fitInto({ width, height }: Size, longest: number): Size {
  const scale = Math.min(1, longest / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

interface Decoded extends Size {
  image: ImageBitmap | HTMLImageElement;
  free: () => void;
}

async function decode(file: Blob): Promise<Decoded> {
  try {
    const image = await createImageBitmap(file, { imageOrientation: 'from-image' });
    return { image, width: image.width, height: image.height, free: () => image.close() };
  } catch {
    // Chromium before 112 does not know 'from-image', and a 50-megapixel bitmap does not fit into a small phone.
    return decodeAsElement(file);
  }
}

async function decodeAsElement(file: Blob): Promise<Decoded> {
  const url = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    return { image, width: image.naturalWidth, height: image.naturalHeight, free: () => {} };
  } finally {
    URL.revokeObjectURL(url);
  }
}

function draw(image: CanvasImageSource, { width, height }: Size): Promise<Blob | null> {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) return Promise.resolve(null);
  // JPEG has no transparency: a scanned page would come out black.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, 0, 0, width, height);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY));
}
