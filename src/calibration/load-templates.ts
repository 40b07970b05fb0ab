import { realpath } from 'node:fs/promises';
import { dirname, relative, resolve, sep } from 'node:path';

import { PixelproofError } from '../core/errors.js';
import type { ImageBuffer } from '../image/image-buffer.js';
import { printableName } from '../image/printable-name.js';
import { readImage } from '../image/read-image.js';
import type { Calibration } from './schema.js';

/** A reference patch is a button or a logo. Beyond this it is a page, and searching for it takes seconds. */
const MAX_TEMPLATE_PIXELS = 1024 * 1024;

/**
 * The pictures of a calibration's template anchors by the anchors' names, each read once with the guards of `readImage` and
 * at most 1 megapixel. Paths are relative to the calibration's folder and stay in it, symbolic links followed.
 *
 * Errors: PXP_CALIBRATION with `where` from `locate` (line and column of the path in the file), the reader's error as its
 * cause.
 */
export async function loadTemplates(
  calibration: Calibration,
  { file, locate }: Readonly<{ file: string; locate: (path: readonly string[]) => string }>,
): Promise<ReadonlyMap<string, ImageBuffer>> {
  const pictures = new Map<string, ImageBuffer>();
  const read = new Map<string, ImageBuffer>();
  for (const [name, anchor] of Object.entries(calibration.anchors)) {
    if (!('template' in anchor)) continue;
    const path = ['anchors', name, 'template'];
    try {
      const image = read.get(anchor.template) ?? (await readInside(dirname(file), anchor.template));
      read.set(anchor.template, image);
      pictures.set(name, image);
    } catch (cause) {
      if (!(cause instanceof PixelproofError)) throw cause;
      throw new PixelproofError('PXP_CALIBRATION', `\`${path.join('.')}\` cannot be used`, {
        what: printableName(file),
        where: locate(path),
        expected: "a picture in the calibration's folder",
        received: `"${printableName(anchor.template)}" (${cause.message})`,
        cause,
      });
    }
  }
  return pictures;
}

async function readInside(folder: string, path: string): Promise<ImageBuffer> {
  const absolute = resolve(folder, path);
  const real = await realpath(absolute).catch(() => absolute);
  const inside = relative(await realpath(folder), real);
  if (inside.startsWith(`..${sep}`) || inside === '..' || resolve(inside) === inside) {
    throw new PixelproofError('PXP_IO', 'a link that leads out of the folder', { what: printableName(path) });
  }
  return (await readImage(absolute, { maxPixels: MAX_TEMPLATE_PIXELS })).image;
}
