import type { Rect } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';
import { edgePlaces, isLikeStep, stepAt } from './edge-places.js';

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
  const reach = { ...box, height: Math.min(end - box.y, REACH) };
  const places = edgePlaces(before, reach, MOST_PLACES);
  for (let by = box.height - LOWER; by <= box.height + HIGHER; by++) {
    let bare = 0;
    let pushed = 0;
    for (const at of places) {
      const to = at + by * stride;
      if (to >= end * stride) break;
      const was = stepAt(before.data, at);
      if (isLikeStep(stepAt(before.data, to), was)) continue;
      bare++;
      if (isLikeStep(stepAt(after.data, to), was)) pushed++;
    }
    if (bare >= FEWEST_PLACES && pushed >= PUSHED_SHARE * bare) return true;
  }
  return false;
}
