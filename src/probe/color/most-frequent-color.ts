import type { Rect } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';

/** Enough rows to know the most frequent colour. */
const SAMPLED_ROWS = 64;

/** The exact colour most pixels of at least 64 rows have; the first one met wins a tie. */
export function mostFrequentColor(image: ImageBuffer, region: Rect): readonly [number, number, number] {
  const counts = new Map<number, number>();
  const { data, width: stride } = image;
  let most = 0;
  let winner = 0;
  const step = Math.max(1, Math.floor(region.height / SAMPLED_ROWS));
  for (let y = region.y; y < region.y + region.height; y += step) {
    let run = 0;
    let last = -1;
    for (let x = region.x, p = 4 * (y * stride + x); x <= region.x + region.width; x++, p += 4) {
      const end = x === region.x + region.width;
      const colour = end ? -1 : (data[p] << 16) | (data[p + 1] << 8) | data[p + 2];
      if (colour === last) {
        run++;
        continue;
      }
      if (run > 0) {
        const count = (counts.get(last) ?? 0) + run;
        counts.set(last, count);
        if (count > most) {
          most = count;
          winner = last;
        }
      }
      last = colour;
      run = 1;
    }
  }
  return [winner >> 16, (winner >> 8) & 255, winner & 255];
}
