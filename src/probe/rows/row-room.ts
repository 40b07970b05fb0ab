import type { Cell } from './row-grid.js';
import type { Heights } from './row-heights.js';
import { baseline } from './row-ink.js';
import type { RowProfile } from './row-profile.js';
import {
  EDGE_SLACK,
  type Stretch,
  type Typical,
  isBounded,
  middleOf,
  typicalHeight,
} from './row-stretches.js';

/** A gap between groups is wider than what rows of one list differ by: this share of their height, on one side. */
const GAP_SHARE = 0.08;
/** Letters make a row's ink this much lower or higher than another's. Pixels. */
const LETTERS = 6;
/** And leaves the other side this share of what the row is higher, at most: letters make as much. */
const OTHER_SIDE = 0.3;

/** A row that nothing closes below: as high as the others unless its own lines need more; else as wide below its ink as above. */
export function trimmed({ top, bottom, clusters }: Stretch, typical: Typical | null): Cell {
  const inkTop = clusters[0].top;
  const inkBottom = clusters[clusters.length - 1].bottom;
  // Far below the last row is a scrollbar.
  if (typical?.regular === true && inkTop >= top + 2 * typical.height) return { top, bottom: top };
  const own = inkBottom - top + (inkTop - top);
  const isUsual =
    typical !== null &&
    (typical.regular ? inkBottom <= top + typical.height : Math.abs(own - typical.height) <= LETTERS);
  return { top, bottom: Math.min(bottom, top + (isUsual ? typical.height : own)) };
}

/** The usual height of the bounded rows with as many lines: what has about that height has it. */
export function likeIt({ clusters }: Stretch, inked: readonly Stretch[], heights: Heights): Typical | null {
  const like = inked.filter(
    (other) => isBounded(other, heights) && other.clusters.length === clusters.length,
  );
  const typical = typicalHeight(like);
  return typical === null ? null : { ...typical, regular: false };
}

/** Cuts off the gap between two groups, where the ink keeps its usual distance to one boundary only; no row and its ink. */
export function besideGap(
  profile: RowProfile,
  stretch: Stretch,
  { others, typical }: { readonly others: readonly Stretch[]; readonly typical: Typical },
): Cell {
  const { top, bottom } = stretch;
  if (!typical.regular || bottom - top <= typical.height + EDGE_SLACK) return { top, bottom };
  // Letters stand on a line, whatever their heights are.
  const overFirst = (row: Stretch): number => baseline(profile, row.clusters[0]) - row.top;
  const underLast = (row: Stretch): number =>
    row.bottom - baseline(profile, row.clusters[row.clusters.length - 1]);
  const above = overFirst(stretch) - middleOf(others.map(overFirst));
  const below = underLast(stretch) - middleOf(others.map(underLast));
  // A row that is higher by itself has more room on both sides, whatever its letters make of it.
  const least = Math.max(EDGE_SLACK + 2, GAP_SHARE * typical.height);
  const most = OTHER_SIDE * (bottom - top - typical.height);
  const row =
    above > least && below <= most
      ? { top: bottom - typical.height, bottom }
      : below > least && above <= most
        ? { top, bottom: top + typical.height }
        : { top, bottom };
  const { clusters } = stretch;
  const isBlank = clusters[0].top >= row.top && clusters[clusters.length - 1].bottom <= row.bottom;
  return isBlank ? row : { top, bottom };
}
