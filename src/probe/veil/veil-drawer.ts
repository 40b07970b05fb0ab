import type { Rect } from '../../core/geometry.js';
import { newEdge } from './new-frame.js';
import { type Candidate, edgeOf } from './veil-candidate.js';
import { coveringSlack } from './veil-cover.js';
import { MIN_SIDE } from './veil-shape.js';

/** Of a line from border to border, that is new. */
const WHOLE = 0.9;

/**
 * The place from a side of the region to a new line that goes from border to border through what changed, where nothing of what was
 * there is left: a drawer may have come while more than it changed. Null where there is none.
 * Cost: a line of 24 runs for each column of such a group.
 */
export function drawerIn(candidate: Candidate): Rect | null {
  const { before, after, prediction, region, tolerance, group } = candidate;
  if (group.height < region.height || group.width === region.width) return null;
  const right = region.x + region.width;
  const isLeft = group.x === region.x;
  if (!isLeft && group.x + group.width !== right) return null;
  const pair = { before, after, prediction, region, step: edgeOf(tolerance) };
  for (let at = group.x + MIN_SIDE; at < group.x + group.width - MIN_SIDE; at++) {
    if (newEdge(pair, { rect: region, axis: 'x', at }).share < WHOLE) continue;
    const drawer = isLeft ? { ...region, width: at - region.x } : { ...region, x: at, width: right - at };
    if (coveringSlack(candidate, drawer) >= 0) return drawer;
  }
  return null;
}
