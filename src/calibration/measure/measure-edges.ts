import type { Rect } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';
import { edgeProfile } from './edge-profile.js';
import type { Side } from '../file/schema.js';

/** A side of a rectangle, and the line in the picture that is most likely it. */
export interface MeasuredEdge {
  readonly side: Side;
  readonly axis: 'x' | 'y';
  readonly expected: number;
  /** Null when no line is near. */
  readonly found: number | null;
}

export interface MeasureOptions {
  readonly rect: Rect;
  readonly sides: readonly Side[];
  /** Pixels; at least 1. */
  readonly reach: number;
  /** Where a line that was at this place is likely to be now. */
  readonly predict?: (axis: 'x' | 'y', at: number) => number;
}

/** Levels a line differs by at least. Half of what a codec of quality 60 leaves of the weakest edge people draw (4 levels). */
export const MIN_STEP = 1.5;
/** A line within a pixel of where it should be is it: rounding moves one that far. */
const IN_PLACE_PX = 1;
/** Steps beyond this do not make a line any likelier to be the one. */
const CLEAR_STEP = 24;

/**
 * Where the lines along these sides of `rect` are, each on its own, within `reach` pixels: where `predict` says (by default in
 * its place) when any line is there, else in its place, else the boundary with the greatest step, nearer ones preferred. Sides on the
 * edge of the picture, where no line can show, are left out; so are those that rounding has put a pixel from it, where none shows.
 */
export function measureEdges(
  image: ImageBuffer,
  { rect, sides, reach, predict }: MeasureOptions,
): readonly MeasuredEdge[] {
  return sides.flatMap((side) => {
    const axis = side === 'left' || side === 'right' ? 'x' : 'y';
    const [start, size, limit] =
      axis === 'x' ? [rect.x, rect.width, image.width] : [rect.y, rect.height, image.height];
    const expected = side === 'left' || side === 'top' ? start : start + size;
    if (expected <= 0 || expected >= limit) return [];
    const isOnEdge = expected <= IN_PLACE_PX || expected >= limit - IN_PLACE_PX;
    const along: readonly [number, number] =
      axis === 'x' ? [rect.y, rect.y + rect.height] : [rect.x, rect.x + rect.width];
    const found = nearestLine(image, { axis, expected, along, reach, predict });
    return found === null && isOnEdge ? [] : [{ side, axis, expected, found }];
  });
}

function nearestLine(
  image: ImageBuffer,
  {
    axis,
    expected,
    along,
    reach,
    predict,
  }: Readonly<{
    axis: 'x' | 'y';
    expected: number;
    along: readonly [number, number];
  }> &
    Pick<MeasureOptions, 'reach' | 'predict'>,
): number | null {
  const from = expected - reach;
  const profile = edgeProfile(image, { axis, from, to: expected + reach, along });
  const likely = predict === undefined ? expected : Math.round(predict(axis, expected));
  return (
    strongest(profile, { from, near: likely, within: IN_PLACE_PX }) ??
    strongest(profile, { from, near: expected, within: IN_PLACE_PX }) ??
    strongest(profile, { from, near: expected, within: reach })
  );
}

function strongest(
  profile: Float64Array,
  { from, near, within }: Readonly<{ from: number; near: number; within: number }>,
): number | null {
  let best: number | null = null;
  let bestWeight = 0;
  for (const [i, step] of profile.entries()) {
    const distance = Math.abs(from + i - near);
    if (step < MIN_STEP || distance > within) continue;
    const weight = Math.min(step, CLEAR_STEP) * (1 - distance / (2 * within + 1));
    if (weight <= bestWeight) continue;
    best = from + i;
    bestWeight = weight;
  }
  return best;
}
