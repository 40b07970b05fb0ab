import { withBorders } from './bounded/row-borders.js';
import { highestConfidence } from './row-confidence.js';
import { withoutShadows } from './bounded/row-shadows.js';
import { isCut, lackPadding } from './bounded/row-cut.js';
import { isHeadingLike } from './bounded/row-end-heading.js';
import type { Heights } from './row-heights.js';
import { median } from './profile/row-ink.js';
import { withoutOverlaps } from './flat/row-overlaps.js';
import type { RowProfile } from './profile/row-profile.js';
import { EDGE_SLACK, heightOf, type Cell } from './row-cell.js';
import { BORDER } from './bounded/row-stretches.js';

/** What boundaries of a JPEG that it may have swallowed some of are worth. */
const FAINT_TRUST = 0.8;

export interface RowLayout {
  /** Relative to the region, top to bottom, inside of it. */
  readonly rows: readonly { readonly top: number; readonly bottom: number; readonly partial: boolean }[];
  readonly pitch: number | null;
  readonly confidence: number;
}

/** Rows of a stretch, and how sure they are, 0..1. */
export interface Split {
  readonly cells: readonly Cell[];
  readonly score: number;
}

/** Cells that neither the region's end nor a border there cuts; else those that the end itself does not. */
export function innerCells(cells: readonly Cell[], height: number): Cell[] {
  const within = (slack: number): Cell[] =>
    cells.filter(({ top, bottom }) => top > slack && bottom < height - slack);
  const inner = within(BORDER);
  return inner.length > 0 ? inner : within(EDGE_SLACK);
}

/** Those that are high enough for rows, and at the region's ends what may be cut, unless it is like a heading that is seen elsewhere. */
function withoutLow(profile: RowProfile, cells: readonly Cell[], least: number): readonly Cell[] {
  const low = cells.filter((cell) => heightOf(cell) < least);
  const endOf = ({ top, bottom }: Cell): 'top' | 'bottom' | null =>
    top <= BORDER ? 'top' : bottom >= profile.height - BORDER ? 'bottom' : null;
  const headings = low.filter((cell) => endOf(cell) === null);
  return cells.filter((cell) => {
    const end = endOf(cell);
    if (!low.includes(cell) || end === null) return !low.includes(cell);
    return !headings.some((heading) => isHeadingLike(profile, cell, { heading, end }));
  });
}

/** The rows that were found, within the region: which of them it cuts, without what is too low or too high, with the borders of cards; their pitch and how sure they are. */
export function finish(
  profile: RowProfile,
  found: readonly Cell[],
  {
    splits,
    heights: { minHeight, least, most },
    trust,
    isFaint,
  }: {
    readonly splits: readonly Split[];
    readonly heights: Heights;
    readonly trust: number;
    /** A JPEG may have swallowed a boundary. */
    readonly isFaint: boolean;
  },
): RowLayout {
  const { height } = profile;
  const cells = withoutLow(profile, found, least);
  // Too low for a row: a scrollbar, or the beginning of a row, and what is above it may be cut by it.
  const last = cells.at(-1);
  const isSliver =
    last !== undefined &&
    heightOf(last) >= BORDER &&
    heightOf(last) < minHeight &&
    last.bottom >= height - BORDER;
  const end = isSliver ? last.top : height;
  const inner = innerCells(cells, end);
  const heights = inner.map(heightOf).sort((a, b) => a - b);
  const regular = heights.length > 0 && heights[heights.length - 1] - heights[0] <= 2 * EDGE_SLACK;
  const distances = inner.slice(1).map(({ top }, i) => top - inner[i].top);
  const seen = cells.map((cell, i) => {
    const clipped = { top: Math.max(0, cell.top), bottom: Math.min(height, cell.bottom) };
    const outside = heightOf(cell) - heightOf(clipped) > EDGE_SLACK;
    const atTop = i === 0 && clipped.top <= BORDER;
    const atBottom = i >= cells.length - (isSliver ? 2 : 1) && clipped.bottom >= end - BORDER;
    const others = inner.filter((other) => other !== cell);
    const cut = (end: 'top' | 'bottom'): boolean => isCut(profile, clipped, { others, end, least });
    return { ...clipped, outside, cut: (atTop && cut('top')) || (atBottom && cut('bottom')) };
  });
  const [first, final] = [seen.at(0), seen.at(-1)];
  const areBare = first?.cut === true && final?.cut === true && lackPadding(profile, [first, final], inner);
  const all = seen.map(({ outside, cut, ...cell }) => ({ ...cell, partial: outside || (cut && !areBare) }));
  const isRow = (row: Cell & { readonly partial: boolean }): boolean =>
    heightOf(row) > 0 && (row.partial || (heightOf(row) >= least && heightOf(row) <= most));
  const rows = all.filter(isRow);
  const score = splits.reduce((total, s) => total + s.score * s.cells.length, 0) / Math.max(1, found.length);
  const highest = highestConfidence(rows, { minHeight, noise: profile.noise });
  return {
    rows: withoutShadows(profile, withBorders(profile, withoutOverlaps(rows).filter(isRow))),
    pitch: regular ? median(distances.length > 0 ? distances : heights) : null,
    // Rows of one height vouch for each other.
    confidence:
      all.length === 0 ? 1 : Math.min(highest, trust * score, isFaint && !regular ? FAINT_TRUST : 1),
  };
}
