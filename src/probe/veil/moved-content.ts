import { type Rect, inflate, intersect } from '../../core/geometry.js';
import { edgePlaces, isLikeStep, stepAt } from './edge-places.js';
import type { Candidate } from './veil-candidate.js';

/** Fewer places say nothing; more than so many say no more. */
const FEWEST_PLACES = 24;
const MOST_PLACES = 400;
/** Of the places, those that were at another height before. */
const MOVED_SHARE = 0.8;
/** Pixels: what moved by less has not. */
const LEAST = 4;
/** From a side to the inside of a border, pixels. */
const BORDER = 6;

/**
 * Whether what the box shows stood higher or lower before: a part of something that scrolled. Cost: a quarter of the box, and up to 400
 * places for each height, of which most are given up after some dozen.
 */
export function stoodElsewhere(
  { before, after, region }: Pick<Candidate, 'before' | 'after' | 'region'>,
  box: Rect,
): boolean {
  const rect = intersect(inflate(box, -BORDER), region);
  const stride = 4 * before.width;
  const places = edgePlaces(after, rect);
  if (places.length < FEWEST_PLACES) return false;
  const every = Math.max(1, places.length / MOST_PLACES);
  const looked = Array.from(
    { length: Math.floor(places.length / every) },
    (_, i) => places[Math.floor(i * every)],
  );
  const most = (1 - MOVED_SHARE) * looked.length;
  const low = region.y - rect.y;
  const high = region.y + region.height - rect.y - rect.height;
  for (let by = low; by <= high; by++) {
    if (Math.abs(by) < LEAST) continue;
    let missed = 0;
    for (const at of looked) {
      if (isLikeStep(stepAt(before.data, at + by * stride), stepAt(after.data, at))) continue;
      if (++missed > most) break;
    }
    if (missed <= most) return true;
  }
  return false;
}
