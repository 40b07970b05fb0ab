import type { Rect } from '../core/geometry.js';
import type { ImageBuffer } from '../image/image-buffer.js';

/** Strips across the middle of the page, and the pixels of each: wide enough to tell one line of text from another. */
const STRIPS = 16;
const STRIP = 32;
/** Lines that are looked for, and how many of them have to be in the picture still. */
const LINES = 48;
const FEWEST_LINES = 12;
const FOUND_SHARE = 0.9;
/** A line is content where a strip of it differs from the line two above by so many levels; it is found within half. */
const CONTENT = 8;
/** A page that moved by less has not been scrolled; one that moved by more of its height has little left in view. */
const LEAST = 6;
const MOST_SHARE = 0.6;

/**
 * Whether the page as a whole stands higher or lower: nearly all lines with content of `before` that one displacement leaves
 * in the picture are in `after` at that distance. Cost: an eighth of the pixels, and a thousand distances of 48 lines.
 */
export function scrolledPage(before: ImageBuffer, after: ImageBuffer, region: Rect): boolean {
  if (region.width < STRIPS * STRIP) return false;
  const was = stripMeans(before, region);
  const is = stripMeans(after, region);
  const lines: number[] = [];
  for (let y = 2; y < region.height; y++) if (differs(was, y, was, y - 2, CONTENT)) lines.push(y);
  const every = Math.max(1, Math.floor(lines.length / LINES));
  const sought = lines.filter((_, i) => i % every === 0);
  const most = Math.floor(MOST_SHARE * region.height);
  for (let by = -most; by <= most; by++) {
    if (Math.abs(by) < LEAST) continue;
    let inside = 0;
    let found = 0;
    for (const y of sought) {
      if (y - by < 0 || y - by >= region.height) continue;
      inside++;
      if (!differs(was, y, is, y - by, CONTENT / 2)) found++;
    }
    if (inside >= FEWEST_LINES && found >= FOUND_SHARE * inside) return true;
  }
  return false;
}

function differs(one: Float32Array, y: number, other: Float32Array, z: number, levels: number): boolean {
  for (let strip = 0; strip < STRIPS; strip++) {
    if (Math.abs(one[y * STRIPS + strip] - other[z * STRIPS + strip]) > levels) return true;
  }
  return false;
}

/** Per line, rows first: the mean green of each strip, from every second pixel. */
function stripMeans({ width, data }: ImageBuffer, region: Rect): Float32Array {
  const means = new Float32Array(region.height * STRIPS);
  const left = region.x + Math.floor((region.width - STRIPS * STRIP) / 2);
  for (let y = 0; y < region.height; y++) {
    let at = 4 * ((region.y + y) * width + left) + 1;
    for (let strip = 0; strip < STRIPS; strip++) {
      let sum = 0;
      for (const end = at + 4 * STRIP; at < end; at += 8) sum += data[at];
      means[y * STRIPS + strip] = sum / (STRIP / 2);
    }
  }
  return means;
}
