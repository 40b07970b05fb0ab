import type { Cell } from '../row-cell.js';
import type { InkCluster } from '../profile/row-clusters.js';
import { LINE_HEIGHT, body, median } from '../profile/row-ink.js';
import type { RowProfile } from '../profile/row-profile.js';

/** Fewer lines say nothing of how they are spaced; each of the two distances is seen so often. */
const FEWEST_LINES = 5;
const FEWEST = 2;
/** Baselines of one text are equally far apart but for rounding; rows are this much further apart than lines. Pixels. */
const EVEN = 1;
const APART = 3;
/** More than this many times the distance of lines is a gap between groups of rows. */
const GROUPS = 1.5;
/** Lines of one text are no further apart than so many times the height of its capitals. */
const SPACED = 2.2;
/** A line that wraps ends where the next word does not fit: beyond this share of the width. */
const FULL = 0.7;

interface Line {
  readonly base: number;
  readonly isWhole: boolean;
  /** Last column with ink. */
  readonly end: number;
}

/**
 * The rows of a stretch whose texts wrap, as of a chat: its lines have but two distances from baseline to baseline, that of the
 * lines of one row and a larger one from row to row; what has another line of its row below it is full, and not all rows have as
 * many lines. Each reaches from where its first line's capitals begin to its last baseline. Null where it is not so.
 */
export function leadedRows(
  profile: RowProfile,
  clusters: readonly InkCluster[],
  stretch: Cell,
): InkCluster[] | null {
  if (clusters.length < FEWEST_LINES || clusters.some(({ top, bottom }) => bottom - top > LINE_HEIGHT))
    return null;
  const bodies = clusters.map((line) => body(profile, line));
  const ascent = median(bodies.map(({ top, bottom }) => bottom - top));
  const lines = bodies.map(({ top, bottom }): Line => {
    const isWhole = bottom < stretch.bottom;
    const end = profile.right.subarray(top, bottom).reduce((a, b) => Math.max(a, b));
    return { base: isWhole ? bottom : Math.round(top + ascent), isWhole, end };
  });
  const within = lineDistance(lines);
  if (within === null || within > SPACED * ascent) return null;
  const { x } = profile.columns;
  const full = x + FULL * (Math.max(...lines.map(({ end }) => end)) - x);
  const rows: { first: number; last: number; count: number }[] = [];
  for (const [i, { base }] of lines.entries()) {
    const row = rows.at(-1);
    if (row !== undefined && base - row.last <= within + EVEN) {
      if (lines[i - 1].end < full) return null;
      row.last = base;
      row.count++;
    } else rows.push({ first: base, last: base, count: 1 });
  }
  const isWrapped = rows.some(({ count }) => count !== rows[0].count);
  return isWrapped
    ? rows.map(({ first, last }) => ({ top: Math.round(first - ascent), bottom: last }))
    : null;
}

/** The smaller one of the two distances between neighbouring lines, or null where there are not two. */
function lineDistance(lines: readonly Line[]): number | null {
  const distances = lines
    .slice(1)
    .flatMap(({ base, isWhole }, i) => (isWhole ? [base - lines[i].base] : []))
    .sort((a, b) => a - b);
  const least = distances[0];
  const most = distances[distances.length - 1];
  const small = distances.filter((distance) => distance <= least + EVEN);
  const large = distances.filter((distance) => distance >= most - EVEN);
  if (small.length < FEWEST || large.length < FEWEST || small.length + large.length < distances.length)
    return null;
  const within = small[small.length - 1];
  return large[0] - within >= APART && most < GROUPS * within ? within : null;
}
