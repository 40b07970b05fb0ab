import type { Rect } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';

/** A green step this high over two pixels is a part of a letter or of a rule. */
const EDGE = 24;
/** Steps of fewer places say nothing; more than so many say no more. */
const FEWEST_PLACES = 24;
const MOST_PLACES = 400;
/** Of the places that had nothing at their new height, those that have it now. */
const PUSHED_SHARE = 0.7;
/** What was put in is so much lower or higher than its outline: its margins. Pixels. */
const LOWER = 8;
const HIGHER = 64;
/** Pixels below the top of the outline that are looked at. */
const REACH = 240;

/**
 * Whether what stood in the place of `box`, and below it, stands below it now: details that opened within the page and pushed it down.
 * A thing laid over the page leaves what it covers where it was. Cost: a quarter of the box, and 400 places for each height.
 */
export function isPushed(before: ImageBuffer, after: ImageBuffer, box: Rect, region: Rect): boolean {
  const stride = 4 * before.width;
  const end = region.y + region.height;
  const places: number[] = [];
  for (let y = box.y; y < Math.min(end, box.y + REACH) && places.length < MOST_PLACES; y += 2) {
    const line = y * stride + GREEN;
    for (let x = box.x; x < box.x + box.width - 2; x += 2) {
      const at = line + 4 * x;
      if (Math.abs(before.data[at + 8] - before.data[at]) >= EDGE) places.push(at);
    }
  }
  for (let by = box.height - LOWER; by <= box.height + HIGHER; by++) {
    let bare = 0;
    let pushed = 0;
    for (const at of places) {
      const to = at + by * stride;
      if (to >= end * stride) break;
      const was = before.data[at + 8] - before.data[at];
      if (isLike(before.data[to + 8] - before.data[to], was)) continue;
      bare++;
      if (isLike(after.data[to + 8] - after.data[to], was)) pushed++;
    }
    if (bare >= FEWEST_PLACES && pushed >= PUSHED_SHARE * bare) return true;
  }
  return false;
}

const GREEN = 1;

function isLike(step: number, was: number): boolean {
  const ratio = step / was;
  return ratio > 0.5 && ratio < 2;
}
