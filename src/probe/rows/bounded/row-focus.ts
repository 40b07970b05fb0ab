import { furthest } from '../profile/row-background.js';
import { INK_DIFFERENCE, middleOf } from '../profile/row-ink.js';
import { type RowProfile, SIDE } from '../profile/row-profile.js';
import { lumaOf } from '../profile/row-runs.js';
import { EDGE_SLACK, heightOf, type Cell } from '../row-cell.js';
import { colourOf } from './row-covers.js';
import { union } from './row-join.js';
import { type Stretch, isInked } from './row-stretches.js';

/** The frame of the row that has the focus is so thick, on a screen twice as dense. Pixels. */
const THINNEST = 2;
const THICKEST = 8;
/** Its upper and its lower side differ by so many levels in a JPEG. */
const SAME_LINE = 16;
/** So many rows of one height, and half of all, tell. */
const FEWEST = 2;

/**
 * A row with a frame around it, as the one that has the focus, is as high as the others with its frame: the upper side is no separator of
 * the row above, and both sides are no rows of their own.
 */
export function withFocused(profile: RowProfile, all: readonly Stretch[]): readonly Stretch[] {
  const closed = all.filter((stretch) => isInked(stretch) && !stretch.openBottom).map(heightOf);
  const usual = closed.length === 0 ? 0 : middleOf(closed);
  const isUsual = (height: number): boolean => Math.abs(height - usual) <= EDGE_SLACK;
  const alike = closed.filter(isUsual).length;
  if (alike < FEWEST || 2 * alike < closed.length) return all;
  for (let i = 1; i < all.length; i++) {
    const [above, row, below] = [all[i - 1], all[i], all.at(i + 1)];
    if (!isInked(row)) continue;
    // Each side is a strip of its own, or belongs to the row that it is beside.
    const strip = below !== undefined && isSide(below) ? below : null;
    const end = strip?.bottom ?? row.bottom;
    const thickness = isSide(above) ? heightOf(above) : heightOf(above) - usual;
    if (thickness < THINNEST || thickness > THICKEST) continue;
    const upper = { ...above, top: above.bottom - thickness };
    const lower = [{ top: row.bottom - thickness, bottom: row.bottom }, ...(strip === null ? [] : [strip])];
    const isFrame = lower.some((side) => areAlike(profile, upper, side));
    const stands = furthest(colourOf(profile, upper), colourOf(profile, row)) > INK_DIFFERENCE;
    if (!stands || !isFrame || !hasLeft(profile, upper, row) || !isUsual(end - upper.top)) continue;
    const own = union(profile, upper, row);
    const framed = strip === null ? own : union(profile, own, strip);
    const before = isSide(above) ? [] : [{ ...above, bottom: upper.top }];
    return [...all.slice(0, i - 1), ...before, framed, ...all.slice(strip === null ? i + 1 : i + 2)];
  }
  return all;
}

/** Whether the colour of the upper side is along the left one, too, which a separator has not. */
function hasLeft(profile: RowProfile, upper: Cell, row: Cell): boolean {
  const luma = lumaOf(profile, (upper.top + upper.bottom) >> 1);
  const middle = (row.top + row.bottom) >> 1;
  const left = profile.side.subarray(SIDE * middle, SIDE * (middle + 1));
  return left.some((at) => Math.abs(at - luma) <= SAME_LINE);
}

function isSide(stretch: Stretch): boolean {
  return !isInked(stretch) && heightOf(stretch) <= THICKEST;
}

function areAlike(profile: RowProfile, above: Cell, below: Cell): boolean {
  return furthest(colourOf(profile, above), colourOf(profile, below)) <= SAME_LINE;
}
