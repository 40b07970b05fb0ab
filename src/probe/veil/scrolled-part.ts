import type { ImageBuffer } from '../../image/image-buffer.js';
import type { Changed, ChangedPage } from './changed-page.js';
import { edgePlaces, isLikeStep, stepAt } from './edge-places.js';
import { movedCells } from './moved-cells.js';

/** Fewer new steps say nothing; so many propose a distance, and so many confirm it. */
const FEWEST_PLACES = 40;
const PROPOSING = 120;
const CONFIRMING = 600;
/** Of the new steps, those that stood at one distance before: a menu over a list has steps of its own, as has what came into view. */
const MOVED_SHARE = 0.35;
/** The next best distance explains less than this share of that: rows that look alike fit at several. */
const NEXT_BEST = 0.75;
/** Pixels: distances closer than this are one. */
const SAME = 3;
const LEAST = 2;
/** Of the height: what moved further has left the view. */
const MOST_SHARE = 0.7;

/**
 * `before` with what stands higher or lower in `after` moved there, as a list that was scrolled, or in which the rows moved up; null where
 * nothing moved. Cost: an eighth of the pixels, and a hundred places at each distance; of what moved all of them.
 */
export function scrolledPart(
  before: ImageBuffer,
  after: ImageBuffer,
  { region, within }: Changed,
): ChangedPage | null {
  const stride = 4 * before.width;
  const isThere = (at: number, by: number): boolean =>
    isLikeStep(stepAt(before.data, at + by * stride), stepAt(after.data, at));
  const places = edgePlaces(after, within).filter((at) => !isThere(at, 0));
  if (places.length < FEWEST_PLACES) return null;
  const most = Math.floor(MOST_SHARE * region.height);
  const shareAt = (sample: readonly number[], by: number): number => {
    let found = 0;
    for (const at of sample) {
      const y = Math.floor(at / stride) + by;
      if (y >= region.y && y < region.y + region.height && isThere(at, by)) found++;
    }
    return found / sample.length;
  };
  const few = sampled(places, PROPOSING);
  const proposed: { by: number; share: number }[] = [];
  for (let by = -most; by <= most; by++) {
    if (Math.abs(by) >= LEAST) proposed.push({ by, share: shareAt(few, by) });
  }
  proposed.sort((a, b) => b.share - a.share);
  const many = sampled(places, CONFIRMING);
  const confirmed = proposed
    .slice(0, 8)
    .map(({ by }) => ({ by, share: shareAt(many, by) }))
    .sort((a, b) => b.share - a.share);
  const best = confirmed.at(0);
  if (best === undefined || best.share < MOVED_SHARE) return null;
  const next = proposed.find(({ by }) => Math.abs(by - best.by) > SAME)?.share ?? 0;
  if (next > NEXT_BEST * best.share) return null;
  const { page, part } = movedCells(before, after, { inner: within, from: best.by * before.width });
  return { page, parts: [part] };
}

function sampled(places: readonly number[], most: number): number[] {
  const every = Math.max(1, places.length / most);
  return Array.from({ length: Math.floor(places.length / every) }, (_, i) => places[Math.floor(i * every)]);
}
