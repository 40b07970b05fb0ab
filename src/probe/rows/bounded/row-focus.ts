import { furthest } from '../profile/row-background.js';
import { INK_DIFFERENCE } from '../profile/row-ink.js';
import type { RowProfile } from '../profile/row-profile.js';
import { EDGE_SLACK, heightOf } from '../row-cell.js';
import { colourOf } from './row-covers.js';
import { isInked, union, usualHeight } from './row-join.js';
import type { Stretch } from './row-stretches.js';

/** The frame of the row that has the focus is so thick, on a screen twice as dense. Pixels. */
const THINNEST = 2;
const THICKEST = 8;
/** Its upper and its lower side differ by so many levels in a JPEG, and by so many pixels. */
const SAME_LINE = 16;
const SAME_THICKNESS = 1;

/**
 * A row with a frame around it, as the one that has the focus, is as high as the others with its frame: the upper side is no separator of
 * the row above, and both sides are no rows of their own.
 */
export function withFocused(profile: RowProfile, all: readonly Stretch[]): readonly Stretch[] {
  const usual = usualHeight(all);
  if (usual === null) return all;
  const isUsual = (height: number): boolean => Math.abs(height - usual) <= EDGE_SLACK;
  for (let i = 1; i < all.length; i++) {
    const [above, row, below] = [all[i - 1], all[i], all.at(i + 1)];
    if (!isInked(row)) continue;
    if (below !== undefined && areSides(profile, above, below) && isUsual(below.bottom - above.top)) {
      const framed = union(profile, union(profile, above, row), below);
      return [...all.slice(0, i - 1), framed, ...all.slice(i + 2)];
    }
    const thickness = heightOf(above) - usual;
    if (!isInked(above) || Math.abs(heightOf(row) + thickness - usual) > SAME_THICKNESS) continue;
    const side = { ...above, top: above.bottom - thickness };
    const other = { ...row, top: row.bottom - thickness };
    if (thickness < THINNEST || thickness > THICKEST || !areAlike(profile, side, other)) continue;
    if (furthest(colourOf(profile, side), colourOf(profile, row)) <= INK_DIFFERENCE) continue;
    const ends = [{ ...above, bottom: side.top }, union(profile, { ...row, top: side.top }, row)];
    return [...all.slice(0, i - 1), ...ends, ...all.slice(i + 1)];
  }
  return all;
}

/** Whether two blank strips are the sides of a frame. */
function areSides(profile: RowProfile, above: Stretch, below: Stretch): boolean {
  const areBlank = [above, below].every((side) => !isInked(side) && heightOf(side) <= THICKEST);
  const areThick = Math.abs(heightOf(above) - heightOf(below)) <= SAME_THICKNESS;
  return areBlank && areThick && areAlike(profile, above, below);
}

function areAlike(profile: RowProfile, above: Stretch, below: Stretch): boolean {
  return furthest(colourOf(profile, above), colourOf(profile, below)) <= SAME_LINE;
}
