import { realpath } from 'node:fs/promises';
import { dirname, relative, resolve, sep } from 'node:path';

import { PixelproofError } from '../../core/errors.js';
import { decode } from '../../image/decode.js';
import type { ImageBuffer } from '../../image/image-buffer.js';
import { printableName } from '../../image/printable-name.js';
import { readImage } from '../../image/read-image.js';
import { type DigitShapes, learnDigits } from '../../probe/read-number.js';
import type { Calibration } from './schema.js';

/** A reference patch is a button or a logo. Beyond this it is a page, and searching for it takes seconds. */
const MAX_TEMPLATE_PIXELS = 1024 * 1024;

/** So begins a picture that stands in the calibration itself. */
const INLINE = 'data:image/png;base64,';

/** What the picture files say that a calibration names. */
export interface LoadedPictures {
  /** The templates, by the anchors' names. */
  readonly pictures: ReadonlyMap<string, ImageBuffer>;
  /** What the digits look like, by the counters' names. */
  readonly digits: ReadonlyMap<string, DigitShapes>;
}

/**
 * The pictures a calibration names, each read once with the guards of `readImage` and at most 1 megapixel. Paths are
 * relative to the calibration's folder and stay in it, symbolic links followed; small ones may be in the file itself.
 *
 * Errors: PXP_CALIBRATION with `where` from `locate` (line and column of the path in the file), the reader's error as its
 * cause; also for digits that are not ten.
 */
export async function loadPictures(
  calibration: Calibration,
  { file, locate }: Readonly<{ file: string; locate: (path: readonly string[]) => string }>,
): Promise<LoadedPictures> {
  const pictures = new Map<string, ImageBuffer>();
  const digits = new Map<string, DigitShapes>();
  const read = new Map<string, ImageBuffer>();
  const load = async (path: readonly string[], picture: string, keep: (image: ImageBuffer) => void) => {
    try {
      const image = read.get(picture) ?? (await readInside(dirname(file), picture));
      read.set(picture, image);
      keep(image);
    } catch (cause) {
      if (!(cause instanceof PixelproofError)) throw cause;
      throw new PixelproofError('PXP_CALIBRATION', `\`${path.join('.')}\` cannot be used`, {
        what: printableName(file),
        where: locate(path),
        expected: cause.facts.expected ?? "a picture in the calibration's folder",
        received: `"${nameOf(picture)}" (${cause.message})`,
        cause,
      });
    }
  };
  for (const [name, anchor] of Object.entries(calibration.anchors)) {
    if (!('template' in anchor)) continue;
    await load(['anchors', name, 'template'], anchor.template, (image) => pictures.set(name, image));
  }
  for (const [name, counter] of Object.entries(calibration.counters)) {
    await load(['counters', name, 'digits'], counter.digits, (image) => digits.set(name, learnDigits(image)));
  }
  return { pictures, digits };
}

/** For people: of one that stands in the file the beginning. */
function nameOf(picture: string): string {
  return picture.startsWith(INLINE) ? `${picture.slice(0, 40)}…` : printableName(picture);
}

async function readInside(folder: string, path: string): Promise<ImageBuffer> {
  if (path.startsWith(INLINE)) {
    const bytes = Buffer.from(path.slice(INLINE.length), 'base64');
    return decode(bytes, { what: 'the picture in the file', maxPixels: MAX_TEMPLATE_PIXELS }).image;
  }
  const absolute = resolve(folder, path);
  const real = await realpath(absolute).catch(() => absolute);
  const inside = relative(await realpath(folder), real);
  if (inside.startsWith(`..${sep}`) || inside === '..' || resolve(inside) === inside) {
    throw new PixelproofError('PXP_IO', 'a link that leads out of the folder', { what: printableName(path) });
  }
  return (await readImage(absolute, { maxPixels: MAX_TEMPLATE_PIXELS })).image;
}
