import { type Rect, intersect } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';

/** Pixels from the border of the region that are looked at, and how far apart. */
const DEPTH = 6;
const EVERY = 3;
/** Darker levels say nothing of a factor. */
const LEAST_LEVEL = 64;
const FEWEST_PIXELS = 20;
/** Factors of backdrops; a darker one is another theme, or no picture. */
const DARKEST = 0.25;
const LIGHTEST = 0.85;
/** A codec's noise. */
const NOISE = 0.04;
/** Of the pixels of a side: one that is free of the popup is darker all along, and three are so in part. */
const WHOLE_SHARE = 0.8;
const PART_SHARE = 0.4;
const FEWEST_SIDES = 3;

/**
 * Whether the sides of the region are darker by one factor: a backdrop lies over the page, whatever became of its content, though a sheet or a
 * drawer may cover one side and parts of two others. Cost: a few thousand pixels.
 */
export function dimmedBorder(before: ImageBuffer, after: ImageBuffer, region: Rect): boolean {
  const { x, y, width, height } = region;
  const sides: Rect[] = [
    { ...region, height: DEPTH },
    { ...region, y: y + height - DEPTH, height: DEPTH },
    { ...region, width: DEPTH },
    { ...region, x: x + width - DEPTH, width: DEPTH },
  ];
  const ratios = sides
    .map((side) => ratiosOf(before, after, intersect(side, region)))
    .filter(({ length }) => length >= FEWEST_PIXELS);
  return ratios.some((side) => {
    const factor = side.toSorted((a, b) => a - b)[side.length >> 1];
    if (factor < DARKEST || factor > LIGHTEST || shareAt(side, factor) < WHOLE_SHARE) return false;
    return ratios.filter((other) => shareAt(other, factor) >= PART_SHARE).length >= FEWEST_SIDES;
  });
}

/** Levels after by levels before, of what was light enough to tell. */
function ratiosOf(before: ImageBuffer, after: ImageBuffer, side: Rect): number[] {
  const ratios: number[] = [];
  for (let y = side.y; y < side.y + side.height; y += EVERY) {
    for (let x = side.x; x < side.x + side.width; x += EVERY) {
      const at = 4 * (y * before.width + x) + 1;
      if (before.data[at] >= LEAST_LEVEL) ratios.push(after.data[at] / before.data[at]);
    }
  }
  return ratios;
}

function shareAt(ratios: readonly number[], factor: number): number {
  return ratios.filter((ratio) => Math.abs(ratio - factor) <= NOISE).length / ratios.length;
}
