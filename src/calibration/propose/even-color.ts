import { type Rect, containsRect, sizeRect } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';
import type { Rgb } from '../../probe/color/color.js';
import { mostFrequentColor } from '../../probe/color/most-frequent-color.js';
import { swatch } from '../../probe/swatch.js';

const MIN_SHARE = 0.9;

/** The colour of a patch that has one, null where a label or an edge is on it, or where it is not inside of the picture. */
export function evenColor(image: ImageBuffer, rect: Rect): Rgb | null {
  if (!containsRect(sizeRect(image), rect)) return null;
  const color = mostFrequentColor(image, rect);
  const [{ share }] = swatch(image, { region: rect, colors: { color } }).ranked;
  return share >= MIN_SHARE ? color : null;
}
