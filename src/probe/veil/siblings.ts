import { containsRect } from '../../core/geometry.js';
import type { NewFrame } from './new-frame.js';
import type { Candidate } from './veil-candidate.js';
import { ALIGNED, firstCrossing, isCrossed, isEdge } from './veil-outline.js';

/** From a card to the inside of the next one, pixels. */
const BESIDE = 24;
/** The lowest card, pixels. */
const LOWEST = 24;
/** Of a side, that is there where no gaps between cards interrupt it. */
const WHOLE = 0.9;

/**
 * Whether the page had something of the same extent beside the box, half as long as that at least: a card among cards, a tile in a row of
 * tiles; or several that came at once. A menu is as wide as the field it hangs from, but that is lower, and several fields are crossed by
 * their borders.
 */
export function isOneOfSeveral(
  { before, after, region }: Candidate,
  { rect: box, sides }: NewFrame,
): boolean {
  return SIDES.some(({ axis, length, isLow, ends }, side) => {
    // Sides that gaps interrupt are those of several cards: the nearest is looked at, and others may have come beside it.
    const isCards = ends.every((end) => (sides[end] ?? 1) < WHOLE);
    const page = { after: isCards ? after : before, region };
    const nearest = isCards ? firstCrossing(page, box, { i: side, from: LOWEST }) : null;
    const half = Math.floor((nearest ?? box[length]) / 2);
    const from = isLow ? box[axis] - BESIDE - half : box[axis] + box[length] + BESIDE;
    const beside = { ...box, [axis]: from, [length]: half };
    if (!containsRect(region, beside) || !ends.every((end) => isEdge(page, beside, end, ALIGNED)))
      return false;
    return !isCrossed(page, beside, side);
  });
}

/** What lies beside a side goes on along the two sides across. */
const SIDES = [
  { axis: 'x', length: 'width', isLow: true, ends: [2, 3] },
  { axis: 'x', length: 'width', isLow: false, ends: [2, 3] },
  { axis: 'y', length: 'height', isLow: true, ends: [0, 1] },
  { axis: 'y', length: 'height', isLow: false, ends: [0, 1] },
] as const;
