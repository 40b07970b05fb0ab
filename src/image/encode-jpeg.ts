import { canvasOf } from './canvas-of.js';
import { requireCanvas } from './canvas-addon.js';
import { PixelproofError } from '../core/errors.js';
import type { ImageBuffer } from './image-buffer.js';

/**
 * The image as a JPEG (4:2:0, by the canvas): for pictures people look at, such as report thumbnails. Never evidence.
 * `quality` is 1..100. About 15 ms for a 1280x720 frame.
 *
 * Errors: PXP_USAGE when the quality is out of range or the canvas addon does not load.
 */
export function encodeJpeg(image: ImageBuffer, quality: number): Uint8Array {
  if (!Number.isInteger(quality) || quality < 1 || quality > 100) {
    throw new PixelproofError('PXP_USAGE', 'a JPEG quality', {
      what: 'quality',
      expected: 'a whole number of 1..100',
      received: `${quality}`,
    });
  }
  return canvasOf(requireCanvas('encodeJpeg'), image).toBuffer('image/jpeg', quality);
}
