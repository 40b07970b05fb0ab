import type { Rect } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';
import type { Strips } from './phase-correlation.js';

/** Lines on each side that the mean around a line is taken of: more than a line of text, less than a stripe. */
const AROUND = 12;

/**
 * The picture as a few signals along an axis: for each line (a pixel row for `y`, a column for `x`) the mean luma of `width`
 * equal strips across it, less the mean of the same strip over the 12 lines before and after. So text and edges remain,
 * with what tells one row from another; grounds, gradients and wide stripes do not. One pass over the region.
 */
export function lineStrips(
  image: ImageBuffer,
  region: Rect,
  { axis, width }: { readonly axis: 'x' | 'y'; readonly width: number },
): Strips {
  const luma = image.luma();
  const [lines, length] = axis === 'y' ? [region.height, region.width] : [region.width, region.height];
  const [lineStep, step] = axis === 'y' ? [image.width, 1] : [1, image.width];
  const origin = region.y * image.width + region.x;
  const means = new Float32Array(lines * width);
  for (let line = 0; line < lines; line++) {
    for (let strip = 0; strip < width; strip++) {
      const from = Math.floor((strip * length) / width);
      const to = Math.floor(((strip + 1) * length) / width);
      let sum = 0;
      for (let i = from, at = origin + line * lineStep + from * step; i < to; i++, at += step)
        sum += luma[at];
      means[line * width + strip] = sum / (to - from);
    }
  }
  return { values: withoutGround(means, lines, width), lines, width };
}

function withoutGround(means: Float32Array, lines: number, width: number): Float32Array {
  const values = new Float32Array(means.length);
  for (let strip = 0; strip < width; strip++) {
    let sum = 0;
    let count = 0;
    for (let line = -AROUND; line < lines; line++) {
      const entering = line + AROUND;
      if (entering < lines) {
        sum += means[entering * width + strip];
        count++;
      }
      const leaving = line - AROUND - 1;
      if (leaving >= 0) {
        sum -= means[leaving * width + strip];
        count--;
      }
      if (line >= 0) values[line * width + strip] = means[line * width + strip] - sum / count;
    }
  }
  return values;
}
