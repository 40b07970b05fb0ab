import type { Point, Rect, Size } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';

/** Levels of mean difference at which a score is 0. */
const NOTHING = 64;

let sums = new Float64Array(0);

/**
 * The best place of a template of one colour in a region, and the best one that is not `near` it; image pixels, null for
 * scores of 0. A score is 1 minus the mean absolute difference from the pixels there, over the three channels, by 64
 * levels. The template counts as its mean colour, of which its pixels are a few levels off. An integral picture (F. Crow,
 * Summed-area tables, SIGGRAPH 1984) makes every place cost the same.
 */
export function flatMatches(
  image: ImageBuffer,
  template: ImageBuffer,
  region: Rect,
  near: Size,
): readonly FlatMatch[] {
  sumDifferences(image, meanColor(template), region);
  const best = lowest(region, template, null);
  if (best === null) return [];
  const rival = lowest(region, template, { x: best.x, y: best.y, ...near });
  return rival === null ? [best] : [best, rival];
}

export interface FlatMatch extends Point {
  readonly score: number;
}

function sumDifferences(
  { data, width: imageWidth }: ImageBuffer,
  [red, green, blue]: readonly [number, number, number],
  region: Rect,
): void {
  const stride = region.width + 1;
  if (sums.length < stride * (region.height + 1)) sums = new Float64Array(stride * (region.height + 1));
  sums.fill(0, 0, stride);
  for (let y = 0; y < region.height; y++) {
    let p = 4 * ((region.y + y) * imageWidth + region.x);
    let line = 0;
    let i = (y + 1) * stride;
    sums[i++] = 0;
    for (let x = 0; x < region.width; x++, p += 4, i++) {
      line += Math.abs(data[p] - red) + Math.abs(data[p + 1] - green) + Math.abs(data[p + 2] - blue);
      sums[i] = sums[i - stride] + line;
    }
  }
}

/** The place with the least difference; places less than `except`'s sides away from it are left out. */
function lowest(region: Rect, { width, height }: Size, except: Rect | null): FlatMatch | null {
  const stride = region.width + 1;
  let least = 3 * width * height * NOTHING;
  let x = -1;
  let y = -1;
  for (let top = 0; top + height <= region.height; top++) {
    const beside = except !== null && Math.abs(region.y + top - except.y) < except.height;
    const from = beside ? Math.floor(except.x - region.x - except.width) + 1 : 0;
    const to = beside ? Math.ceil(except.x - region.x + except.width) : 0;
    for (let left = 0, i = top * stride; left + width <= region.width; left++, i++) {
      const below = i + height * stride;
      const difference = sums[below + width] - sums[below] - sums[i + width] + sums[i];
      if (difference >= least || (left >= from && left < to)) continue;
      least = difference;
      x = left;
      y = top;
    }
  }
  if (x < 0) return null;
  return { x: region.x + x, y: region.y + y, score: 1 - least / (3 * width * height * NOTHING) };
}

function meanColor({ data }: ImageBuffer): readonly [number, number, number] {
  const mean: [number, number, number] = [0, 0, 0];
  for (let p = 0; p < data.length; p += 4) {
    for (let channel = 0; channel < 3; channel++) mean[channel] += data[p + channel];
  }
  const pixels = data.length / 4;
  return [mean[0] / pixels, mean[1] / pixels, mean[2] / pixels];
}
