import type { Rect } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';

/**
 * The level a pixel of this tile has to differ by to count, for a pair with codec noise; 255, so none, when the tile
 * differs by noise only. A transform codec keeps the mean of a block and rings around edges, so content shows by the
 * mean of a channel, or by many pixels far off. Then half of that mean shift counts, between 3 and 24 levels.
 */
export function noisyTileLevel(before: ImageBuffer, after: ImageBuffer, tile: Rect): number {
  const a = before.signedWords();
  const b = after.signedWords();
  let red = 0;
  let green = 0;
  let blue = 0;
  let far = 0;
  for (let y = tile.y; y < tile.y + tile.height; y++) {
    const line = y * before.width;
    for (let i = line + tile.x; i < line + tile.x + tile.width; i++) {
      const p = a[i];
      const q = b[i];
      if (p === q) continue;
      const redShift = (q & 0xff) - (p & 0xff);
      const greenShift = ((q >>> 8) & 0xff) - ((p >>> 8) & 0xff);
      const blueShift = ((q >>> 16) & 0xff) - ((p >>> 16) & 0xff);
      red += redShift;
      green += greenShift;
      blue += blueShift;
      // Green carries most of the luma, which codecs keep sharpest: chroma bleeds at coloured edges.
      if (greenShift > FAR || greenShift < -FAR) far++;
    }
  }
  const pixels = tile.width * tile.height;
  // Chroma is quantised coarser and clipped where colours are saturated: red and blue have to shift three times as far.
  const shift = Math.max(Math.abs(green), Math.abs(red) / 3, Math.abs(blue) / 3) / pixels;
  if (shift <= SHIFT && far <= FAR_SHARE * pixels) return 255;
  return Math.min(24, Math.max(3, shift / 2));
}

const SHIFT = 6;
const FAR = 48;
const FAR_SHARE = 0.06;
