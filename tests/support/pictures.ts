import type { Page } from 'playwright';

export interface PictureFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

export interface SeenPicture {
  width: number;
  height: number;
  /** The colour of the picture near its top edge. */
  top: string;
}

/** What a camera held upright writes: the sensor's own sideways picture, "turn me", and the place. */
const EXIF_TURNED = exifSegment(6, 'GPS 13.09 N 103.20 E');

/** A real JPEG: its left half in `colour`, its right half white. Call it on any page. */
export async function takePicture(page: Page, colour: string): Promise<PictureFile> {
  const base64 = await page.evaluate(async (left) => {
    const canvas = document.createElement('canvas');
    canvas.width = 2400;
    canvas.height = 1800;
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no canvas');
    context.fillStyle = 'white';
    context.fillRect(0, 0, 2400, 1800);
    context.fillStyle = left;
    context.fillRect(0, 0, 1200, 1800);
    return canvas.toDataURL('image/jpeg', 0.8).split(',')[1] ?? '';
  }, colour);
  return { name: `${colour}.jpg`, mimeType: 'image/jpeg', buffer: Buffer.from(base64, 'base64') };
}

/** The same picture with EXIF orientation 6: turned upright, `colour` lies on top. */
export function turnSideways(picture: PictureFile): PictureFile {
  const { buffer } = picture;
  return { ...picture, buffer: Buffer.concat([buffer.subarray(0, 2), EXIF_TURNED, buffer.subarray(2)]) };
}

/** The pictures of a list on the screen, in their order. */
export async function seePictures(page: Page, selector: string): Promise<SeenPicture[]> {
  return page.locator(selector).evaluateAll(async (images) => {
    const canvas = document.createElement('canvas');
    canvas.width = 20;
    canvas.height = 20;
    const context = canvas.getContext('2d');
    const seen = [];
    for (const image of images as HTMLImageElement[]) {
      await image.decode();
      context?.drawImage(image, 0, 0, 20, 20);
      const [red = 0, green = 0, blue = 0] = context?.getImageData(4, 2, 1, 1).data ?? [];
      const names = {
        red: red > 128 && green < 128,
        lime: green > 128 && red < 128,
        blue: blue > 128 && red < 128,
      };
      const top = Object.entries(names).find(([, is]) => is)?.[0] ?? 'white';
      seen.push({ width: image.naturalWidth, height: image.naturalHeight, top });
    }
    return seen;
  });
}

/** All photos as they lie on the phone, as text of one character for each byte. */
export async function readStoredPhotos(page: Page): Promise<string[]> {
  return page.evaluate(
    () =>
      new Promise<string[]>((resolve, reject) => {
        const opening = indexedDB.open('mitra');
        opening.onerror = () => reject(new Error('no database'));
        opening.onsuccess = () => {
          const reading = opening.result.transaction('photos').objectStore('photos').getAll();
          reading.onerror = () => reject(new Error('no photos'));
          reading.onsuccess = () => {
            opening.result.close();
            const photos = reading.result as { bytes: Uint8Array }[];
            resolve(photos.map(({ bytes }) => new TextDecoder('latin1').decode(bytes)));
          };
        };
      }),
  );
}

/** An APP1 segment: a TIFF with the orientation, and a note as cameras leave many. */
function exifSegment(orientation: number, note: string): Buffer {
  const text = Buffer.from(`${note}\0`);
  const tiff = Buffer.alloc(38);
  tiff.write('MM\0*', 0, 'latin1');
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(2, 8);
  // Tag, type, count, value: first 0x010e (a text at byte 38), then 0x0112 (orientation).
  tiff.writeUInt16BE(0x010e, 10);
  tiff.writeUInt16BE(2, 12);
  tiff.writeUInt32BE(text.length, 14);
  tiff.writeUInt32BE(38, 18);
  tiff.writeUInt16BE(0x0112, 22);
  tiff.writeUInt16BE(3, 24);
  tiff.writeUInt32BE(1, 26);
  tiff.writeUInt16BE(orientation, 30);
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, text]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}
