import type { Rect } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';

/** Strips across the middle of the page, and the pixels of each: wide enough to tell one line of text from another. */
const STRIPS = 16;
const STRIP = 32;
/** Lines that are looked for, how many have to be in the picture still, and the share of those that may be missed. */
const LINES = 48;
const FEWEST_LINES = 12;
const MISSED_SHARE = 0.1;
/** A line is content where a strip of it differs from the line two above by so many levels; both are found within half. */
const STEP = 2;
const CONTENT = 8;
/** A page that moved by less has not been scrolled; one that moved by more of its height has little left in view. */
const LEAST = 6;
const MOST_SHARE = 0.6;

/**
 * Whether the page as a whole stands higher or lower: nearly all lines with content of `before` that one displacement leaves
 * in the picture are in `after` at that distance, and were not there already (rows that are all alike).
 * Cost: a fifth of the pixels, and a thousand distances that most lines do not survive.
 */
export function scrolledPage(before: ImageBuffer, after: ImageBuffer, region: Rect): boolean {
  if (region.width < STRIPS * STRIP) return false;
  const was = stripMeans(before, region);
  const is = stripMeans(after, region);
  const content: number[] = [];
  for (let y = STEP; y < region.height; y++) if (differs(was, y, was, y - STEP, CONTENT)) content.push(y);
  const every = Math.max(1, Math.floor(content.length / LINES));
  const lines = content.filter((_, i) => i % every === 0);
  const areIn = (page: Float32Array, by: number): boolean => {
    let inside = 0;
    let missed = 0;
    for (const y of lines) {
      if (y - by < STEP || y - by >= region.height) continue;
      inside++;
      const isMissed =
        differs(was, y, page, y - by, CONTENT / 2) ||
        differs(was, y - STEP, page, y - STEP - by, CONTENT / 2);
      if (isMissed) missed++;
      if (missed > MISSED_SHARE * lines.length) return false;
    }
    return inside >= FEWEST_LINES && missed <= MISSED_SHARE * inside;
  };
  const most = Math.floor(MOST_SHARE * region.height);
  for (let by = -most; by <= most; by++) {
    if (Math.abs(by) >= LEAST && areIn(is, by) && !areIn(was, by)) return true;
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
