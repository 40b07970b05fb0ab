import type { Heights } from '../row-heights.js';
import { baseline, middleOf } from '../profile/row-ink.js';
import type { RowProfile } from '../profile/row-profile.js';
import { EDGE_SLACK, type Cell } from '../row-cell.js';
import {
  FEWEST_ALIKE,
  type Stretch,
  type Typical,
  isBounded,
  spaceAbove,
  spaceBelow,
  typicalHeight,
} from './row-stretches.js';
import { LETTERS } from '../flat/row-uneven.js';

/** A gap between groups is wider than what rows of one list differ by: this share of their height, on one side. */
const GAP_SHARE = 0.08;
/** Rows of one height differ by so much. Pixels. */
const EVEN = 1;
/** It leaves the other side this share of what the row is higher, at most: letters make as much. */
const OTHER_SIDE = 0.3;

/**
 * A row that nothing closes below: as high as the `others` unless its own lines need more; else with as much room below its ink as
 * above, or as they have. At least as high as rows are said to be, unless it is a footer.
 */
export function trimmed(
  stretch: Stretch,
  typical: Typical | null,
  { others, heights }: { readonly others: readonly Stretch[]; readonly heights: Heights },
): Cell {
  const { top, bottom, clusters } = stretch;
  const inkTop = clusters[0].top;
  const inkBottom = clusters[clusters.length - 1].bottom;
  const usual = endsLike(stretch, { others, heights });
  if (usual !== null) return usual;
  // Far below the last row is a scrollbar.
  if (typical?.regular === true && inkTop >= top + 2 * typical.height) return { top, bottom: top };
  const room = Math.max(inkTop - top, roomBelow(stretch, { others, heights }));
  const own = Math.max(isFooter(stretch, { others, heights }) ? 0 : heights.least, inkBottom + room - top);
  const isUsual =
    typical !== null &&
    (typical.regular ? inkBottom <= top + typical.height : Math.abs(own - typical.height) <= LETTERS);
  return { top, bottom: Math.min(bottom, top + (isUsual ? typical.height : own)) };
}

/**
 * A row that the region's end closes, as high as the others are all: what is more is the gap below it, or the beginning of the next row. Null
 * where the others do not tell, or where it is another one.
 */
export function endsLike(
  { top, bottom, clusters }: Stretch,
  { others, heights }: { readonly others: readonly Stretch[]; readonly heights: Heights },
): Cell | null {
  const usual = typicalHeight(others.filter((other) => !other.openTop && isBounded(other, heights)));
  if (usual?.regular !== true) return null;
  const more = bottom - top - usual.height;
  if (Math.abs(more) <= EVEN) return { top, bottom };
  const end = top + usual.height;
  const own = clusters.filter((cluster) => cluster.top < end - EDGE_SLACK);
  const isMore = usual.count >= FEWEST_ALIKE && more > 0 && more < heights.minHeight;
  return isMore && own.every((cluster) => cluster.bottom <= end) ? { top, bottom: end } : null;
}

/** Lower than any row by its ink, or nearer to the line above it. */
function isFooter(
  stretch: Stretch,
  { others, heights }: { readonly others: readonly Stretch[]; readonly heights: Heights },
): boolean {
  const rows = others.filter((other) => isBounded(other, heights));
  const inkHeight = ({ clusters }: Stretch): number => clusters[clusters.length - 1].bottom - clusters[0].top;
  return [inkHeight, spaceAbove].some(
    (measure) => rows.length > 0 && measure(stretch) < Math.min(...rows.map(measure)) - LETTERS,
  );
}

/**
 * What rows leave free below their ink whose text begins at their top, as it does here: 0 where they do not agree, or where it is
 * not clearly more than above. The letters a line ends in make a little.
 */
function roomBelow(
  stretch: Stretch,
  { others, heights }: { readonly others: readonly Stretch[]; readonly heights: Heights },
): number {
  const above = spaceAbove(stretch);
  const like = others.filter(
    (other) => isBounded(other, heights) && Math.abs(spaceAbove(other) - above) <= EDGE_SLACK,
  );
  const rooms = like.map(spaceBelow);
  const agree = rooms.length >= FEWEST_ALIKE && Math.max(...rooms) - Math.min(...rooms) <= LETTERS;
  return agree && Math.min(...rooms) > above + LETTERS ? middleOf(rooms) : 0;
}

/** The usual height of the bounded rows with as many lines, if there are several: what has about that height has it. */
export function likeIt({ clusters }: Stretch, inked: readonly Stretch[], heights: Heights): Typical | null {
  const like = inked.filter(
    (other) => isBounded(other, heights) && other.clusters.length === clusters.length,
  );
  const typical = typicalHeight(like);
  return typical === null || typical.count < FEWEST_ALIKE ? null : { ...typical, regular: false };
}

/** Cuts off the gap between two groups, where the ink keeps its usual distance to one boundary only; no row and its ink. */
export function besideGap(
  profile: RowProfile,
  stretch: Stretch,
  { others, typical }: { readonly others: readonly Stretch[]; readonly typical: Typical },
): Cell {
  const { top, bottom } = stretch;
  // What the region's ends may cut is no measure, nor is what may be a heading there.
  const areCut = others.every(({ openTop, openBottom }) => openTop || openBottom);
  if (areCut || !typical.regular || bottom - top <= typical.height + EDGE_SLACK) return { top, bottom };
  const above = spaceAbove(stretch) - middleOf(others.map(spaceAbove));
  const below = spaceBelow(stretch) - middleOf(others.map(spaceBelow));
  // A row that is higher by itself has more room on both sides, whatever its letters make of it: where they stand tells, and all its ink.
  const higher = bottom - top - typical.height;
  const lean = leanOf(profile, stretch) - middleOf(others.map((other) => leanOf(profile, other)));
  const least = Math.max(EDGE_SLACK + 2, GAP_SHARE * typical.height);
  const most = OTHER_SIDE * higher;
  const row =
    above > least && below <= most && 2 * Math.min(lean, above - below) >= higher
      ? { top: bottom - typical.height, bottom }
      : below > least && above <= most && 2 * Math.max(lean, above - below) <= -higher
        ? { top, bottom: top + typical.height }
        : { top, bottom };
  const { clusters } = stretch;
  const isBlank = clusters[0].top >= row.top && clusters[clusters.length - 1].bottom <= row.bottom;
  return isBlank ? row : { top, bottom };
}

/** How much more room there is above the baseline of the first line than below that of the last one. */
function leanOf(profile: RowProfile, { top, bottom, clusters }: Stretch): number {
  const [first, last] = [clusters[0], clusters[clusters.length - 1]];
  return baseline(profile, first) - top - (bottom - baseline(profile, last));
}
