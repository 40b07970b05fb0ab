import type { Heights } from '../row-heights.js';
import type { RowProfile } from '../profile/row-profile.js';
import { EDGE_SLACK, heightOf } from '../row-cell.js';
import { middleOf } from '../profile/row-ink.js';
import {
  BORDER,
  type Stretch,
  spaceAbove,
  spaceBelow,
  typicalHeight,
  isInked,
  isOpen,
} from './row-stretches.js';
import { LETTERS } from '../flat/row-uneven.js';
import { flatPitch } from './row-units.js';

/** So many rows of one height say how high the first one is; of fewer the ink has to repeat at it. */
const FEWEST_ALIKE = 3;
/** A pitch may differ from a height in whole pixels by so many. */
const OFF = 1;

/**
 * Where the region cuts the ink of a first stretch that is higher than the rows are, but not twice as high, nothing parts the piece
 * of a row from the whole one below it: that is as high as the others, and both keep the room around their ink that those have.
 */
export function partPiece(
  profile: RowProfile,
  all: readonly Stretch[],
  heights: Heights,
): readonly Stretch[] {
  const at = all.findIndex(isInked);
  const others = all.slice(at + 1).filter(isInked);
  const rows = others.filter((other) => !isOpen(other));
  const usual = usualHeight(profile, { rows, others }, heights);
  if (at < 0 || usual === null) return all;
  const { top, bottom, clusters } = all[at];
  const end = bottom - usual;
  const isHigher = heightOf(all[at]) > usual + EDGE_SLACK && heightOf(all[at]) < 2 * usual - EDGE_SLACK;
  const [above, below] = [
    clusters.filter((ink) => ink.bottom <= end),
    clusters.filter((ink) => ink.top >= end),
  ];
  if (top > BORDER || !isHigher || clusters[0].top > top) return all;
  if (above.length === 0 || below.length === 0 || above.length + below.length < clusters.length) return all;
  const piece = { ...all[at], bottom: end, openBottom: false, clusters: above };
  const row = { ...all[at], top: end, openTop: false, belowLine: false, clusters: below };
  const isLike = (one: number, alike: readonly number[]): boolean =>
    Math.abs(one - middleOf([...alike])) <= LETTERS;
  const areAlike =
    isLike(spaceBelow(piece), rows.map(spaceBelow)) && isLike(spaceAbove(row), rows.map(spaceAbove));
  return areAlike ? all.toSpliced(at, 1, piece, row) : all;
}

/** The height of the rows with a boundary on both sides, or null. */
function usualHeight(
  profile: RowProfile,
  { rows, others }: { readonly rows: readonly Stretch[]; readonly others: readonly Stretch[] },
  heights: Heights,
): number | null {
  const typical = typicalHeight(rows);
  if (typical?.regular !== true) return null;
  if (typical.count >= FEWEST_ALIKE) return typical.height;
  const repeated = flatPitch(profile, others, heights);
  return repeated !== null && Math.abs(repeated.height - typical.height) <= OFF ? typical.height : null;
}
