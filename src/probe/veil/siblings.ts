import { type Rect, containsRect } from '../../core/geometry.js';
import type { Candidate } from './veil-candidate.js';
import { ALIGNED, isCrossed, isEdge } from './veil-outline.js';

/** From a card to the inside of the next one, pixels. */
const BESIDE = 24;

/**
 * Whether the page had something of the same extent beside the box, half as long as that at least: a card among cards, a tile in a row of
 * tiles. A menu is as wide as the field it hangs from, but that is lower, and several fields are crossed by their borders.
 */
export function isOneOfSeveral({ before, region }: Candidate, box: Rect): boolean {
  const page = { after: before, region };
  return SIDES.some(({ axis, length, isLow, ends }, side) => {
    const half = Math.floor(box[length] / 2);
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
