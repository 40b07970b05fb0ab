import { type Rect, intersect, roundOut, sizeRect } from '../core/geometry.js';
import { ImageBuffer } from './image-buffer.js';

/**
 * A copy of the image with every rect filled with one opaque colour, so that what lies there is never stored. Errs on
 * the side of hiding: fractional rects are rounded outwards; what lies outside of the image is ignored. O(pixels).
 */
export function maskRegions(
  image: ImageBuffer,
  rects: readonly Rect[],
  color: readonly [number, number, number] = [0, 0, 0],
): ImageBuffer {
  const data = Uint8Array.from(image.data);
  for (const rect of rects) {
    const { x, y, width, height } = intersect(roundOut(rect), sizeRect(image));
    if (width === 0 || height === 0) continue;
    const row = new Uint8Array(4 * width);
    for (let i = 0; i < row.length; i += 4) row.set([...color, 255], i);
    for (let line = y; line < y + height; line++) data.set(row, 4 * (line * image.width + x));
  }
  return new ImageBuffer(image.width, image.height, data);
}
