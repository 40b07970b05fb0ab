import { inkClusters, inkFloor } from './row-clusters.js';
import type { Cell } from './row-grid.js';
import type { RowProfile } from './row-profile.js';
import { EDGE_SLACK, heightOf, middleOf } from './row-stretches.js';

/** A first or last row may be lower than the others by this share of their height; by the second one it is cut off. */
const CUT_SHARE = 0.1;
const MOST_MISSING = 0.4;
/** By how many pixels the ink of a cut row lies nearer to the region's end than in any other row. */
const LEAN_SLACK = 4;
/** The room that a cut takes from a row is more than this, in pixels: letters make as much. */
const SAME_ROOM = 2;
/** A row that is lower by itself has a line less: at least so many pixels. */
const LINE = 12;
/** Fewer rows do not say that all are of one height. */
const FEWEST_ALIKE = 3;
/** So few pixels are what a JPEG leaves. */
const DIRT = 3;

/**
 * Whether the region cuts a first or last row. It does where that is lower than the `least` or the others, with ink in its last pixel
 * row; where it is far lower than the others, unless these may be of unequal height and its ink is in the middle, or has their room at
 * the region's end; and where it is lower, with ink nearer to the region's end than theirs to their boundary: a row that is lower by
 * itself has a line less, or less room on both sides.
 */
export function isCut(
  profile: RowProfile,
  cell: Cell,
  {
    others,
    end,
    least,
  }: { readonly others: readonly Cell[]; readonly end: 'top' | 'bottom'; readonly least: number },
): boolean {
  if (heightOf(cell) < least && isInkCut(profile, cell, end)) return true;
  if (others.length === 0) return false;
  const heights = others.map(heightOf).sort((a, b) => a - b);
  const missing = heights[0] - heightOf(cell);
  const spread = heights[heights.length - 1] - heights[0];
  const low = missing > Math.max(EDGE_SLACK, CUT_SHARE * heights[0]);
  const mayBeUneven = spread > 2 * EDGE_SLACK || others.length < FEWEST_ALIKE;
  const isUneven = mayBeUneven && (isCentred(profile, cell) || hasUsualRoom(profile, cell, { others, end }));
  if (missing > MOST_MISSING * heights[0]) return !isUneven;
  if (missing > EDGE_SLACK && isInkCut(profile, cell, end)) return true;
  if (low && others.length > 1 && spread <= EDGE_SLACK) {
    return missing < LINE || !hasUsualRoom(profile, cell, { others, end });
  }
  const lean = leanOf(profile, cell, end);
  if (lean === null) return missing > EDGE_SLACK;
  const leans = others.map((other) => leanOf(profile, other, end)).filter((each) => each !== null);
  if (leans.length === 0) return false;
  const usual = middleOf(leans);
  if (low) return usual - lean > missing / 2;
  if (missing > EDGE_SLACK && usual - lean > LEAN_SLACK) return true;
  return spread > 2 * EDGE_SLACK && lean < leans[0] - LEAN_SLACK;
}

/** True when the last pixel row has ink, but for rules. */
function isInkCut(profile: RowProfile, cell: Cell, end: 'top' | 'bottom'): boolean {
  const { ink } = profile;
  return ink[end === 'top' ? cell.top : cell.bottom - 1] - inkFloor(ink, cell) > DIRT;
}

/** As of a row that is whole. */
function isCentred(profile: RowProfile, cell: Cell): boolean {
  const lean = leanOf(profile, cell, 'top');
  return lean !== null && Math.abs(lean) <= LEAN_SLACK;
}

/** Whether its ink, of some lines less, is as far from the region's end as theirs is from their boundary. */
function hasUsualRoom(
  profile: RowProfile,
  cell: Cell,
  { others, end }: { readonly others: readonly Cell[]; readonly end: 'top' | 'bottom' },
): boolean {
  const room = roomAt(profile, cell, end);
  const rooms = others.map((other) => roomAt(profile, other, end)).filter((each) => each !== null);
  return room !== null && rooms.length > 0 && room >= middleOf(rooms) - SAME_ROOM;
}

function roomAt(profile: RowProfile, cell: Cell, end: 'top' | 'bottom'): number | null {
  const clusters = inkClusters(profile, cell);
  if (clusters.length === 0) return null;
  return end === 'top' ? clusters[0].top - cell.top : cell.bottom - clusters[clusters.length - 1].bottom;
}

/** How much more room a row has on the side of the region's end than on the other; null without ink. */
function leanOf(profile: RowProfile, cell: Cell, end: 'top' | 'bottom'): number | null {
  const near = roomAt(profile, cell, end);
  const far = roomAt(profile, cell, end === 'top' ? 'bottom' : 'top');
  return near === null || far === null ? null : near - far;
}
