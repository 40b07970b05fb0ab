import type { Rect } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';
import type { Strips } from './phase-correlation.js';

/** Lines on each side that the mean around a line is taken of: more than a line of text, less than a stripe. */
const AROUND = 12;

/**
 * The picture as a few signals along an axis: for each line (a pixel row for `y`, a column for `x`) the mean luma of `width`
 * equal strips across it, less the mean of the same strip over the 12 lines before and after, and less what three quarters of the line
 * have in common. So text and edges remain, with what tells one row from another; grounds, gradients, stripes and the bar of
 * a selected row, which moves where nothing else does, do not. One pass over the region.
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
  return { values: withoutBars(withoutGround(means, lines, width), width), lines, width };
}

/** Where a bar begins or ends all of a line rises or falls, but for what has text as well. */
function withoutBars(values: Float32Array, width: number): Float32Array {
  for (let from = 0; from < values.length; from += width) {
    const line = values.subarray(from, from + width);
    const sorted = line.slice().sort();
    const low = sorted[Math.floor(width / 4)];
    const high = sorted[Math.ceil((3 * width) / 4) - 1];
    const common = low > 0 ? low : high < 0 ? high : 0;
    for (let i = 0; i < width; i++) line[i] -= common;
  }
  return values;
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
