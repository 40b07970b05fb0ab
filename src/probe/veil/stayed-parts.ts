import type { Rect } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';

const TILE = 32;
/** A green step this high over two pixels is content. */
const EDGE = 32;
/** So many say what a tile shows. */
const FEWEST_EDGES = 8;
const KEPT_SHARE = 0.8;

/**
 * How many tiles of 32 pixels show the same content as before, in place: the header that a tab leaves where it is. One page
 * over another keeps none but by chance. Cost: a quarter of the pixels.
 */
export function stayedParts(before: ImageBuffer, after: ImageBuffer, region: Rect): number {
  const stride = 4 * before.width;
  let stayed = 0;
  for (let top = region.y; top < region.y + region.height; top += TILE) {
    const bottom = Math.min(top + TILE, region.y + region.height);
    for (let left = region.x; left < region.x + region.width; left += TILE) {
      const right = Math.min(left + TILE, region.x + region.width - 2);
      let edges = 0;
      let kept = 0;
      for (let y = top; y < bottom; y += 2) {
        for (let x = left; x < right; x += 2) {
          const at = y * stride + 4 * x + 1;
          const was = before.data[at + 8] - before.data[at];
          if (was < EDGE && was > -EDGE) continue;
          edges++;
          const ratio = (after.data[at + 8] - after.data[at]) / was;
          if (ratio > 0.7 && ratio < 1.4) kept++;
        }
      }
      if (edges >= FEWEST_EDGES && kept >= KEPT_SHARE * edges) stayed++;
    }
  }
  return stayed;
}
