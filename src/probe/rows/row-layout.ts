import type { InkCluster } from './profile/row-clusters.js';
import { partedAlike } from './bounded/row-alike.js';
import { trimAboveMarked } from './bounded/row-above-marked.js';
import { joinBroken } from './bounded/row-broken.js';
import { joinCardParts, joinStrips } from './bounded/row-card-parts.js';
import { joinCovers } from './bounded/row-covers.js';
import { drawnRows, goesOn, holdsSeveral } from './bounded/row-drawn.js';
import { type RowEdge, rowEdges } from './boundary/row-edges.js';
import { withoutGutters } from './boundary/row-gutters.js';
import { type FlatRows, flatRows } from './flat/row-flat.js';
import { withEvenEnds } from './bounded/row-even-ends.js';
import { withHigherEnds } from './bounded/row-ends.js';
import { withoutFills } from './bounded/row-fills.js';
import { type RowLayout, type Split, finish, innerCells } from './row-finish.js';
import type { Anchor } from './flat/row-grid.js';
import { withFocused } from './bounded/row-focus.js';
import { griddedRows } from './bounded/row-gridded.js';
import { headedRow } from './bounded/row-headed.js';
import { type Heights, isTooHigh } from './row-heights.js';
import { middle, middleOf } from './profile/row-ink.js';
import { evenPairs, joinFrames, joinHalves, joinLow } from './bounded/row-join.js';
import { leadedRows } from './flat/row-leading.js';
import { joinOutlines } from './bounded/row-outlines.js';
import { inOrder } from './flat/row-overlaps.js';
import { paragraphRows } from './flat/row-paragraphs.js';
import { picturedRows } from './flat/row-pictured.js';
import { exactHeight } from './bounded/row-exact.js';
import { partPiece } from './bounded/row-piece.js';
import { markedRows } from './bounded/row-marked.js';
import type { RowProfile } from './profile/row-profile.js';
import { mayRepeat } from './bounded/row-repeated.js';
import { growPill } from './bounded/row-pill.js';
import { regularRows } from './bounded/row-regular.js';
import { besideGap, endsLike, likeIt, trimmed } from './bounded/row-room.js';
import { sectionRows } from './bounded/row-sections.js';
import { spacedRows } from './bounded/row-spaced.js';
import { EDGE_SLACK, heightOf, type Cell } from './row-cell.js';
import {
  type Stretch,
  type Typical,
  boundedRows,
  isBounded,
  isOpen,
  markCards,
  partedRows,
  stretchesOf,
  trimPadding,
  typicalHeight,
} from './bounded/row-stretches.js';
import { withShownGaps, withSwallowedGaps } from './bounded/row-swallowed.js';
import { thickSeparators } from './boundary/row-strips.js';
import { LETTERS } from './flat/row-uneven.js';
import { areRows } from './flat/row-lines.js';
import { flatPitch, pitchBesideBlocks, pitchBesideOne, unitHeight, unitParts } from './bounded/row-units.js';
import { wrappedRows } from './bounded/row-wrapped.js';

/** Rows of one list differ in height by less than this share. */
const UNLIKE = 0.25;
/** Rows that the room around them tells apart, and nothing that is drawn. */
const UNEVEN = 0.5;
/** Above the selected row, that row and below. */
const MOST_PARTS = 3;
/** A selected row with a margin is lower than the others by less than this share of them on each side. */
const ACROSS = 0.25;
/** So many rows repeat. */
const FEWEST_ALIKE = 3;
/**
 * The middle of a row's letters is off the middle of the row by so much of the ink's height. More in lists in which nothing is drawn, as
 * on terminals: these begin with the region; what is drawn near its top may be a border that a JPEG blurred.
 */
const LEAN = { drawn: 0.1, open: 0.15 };
/** Thick separators may be the gaps between cards that reach from side to side: nothing in the region tells. */
const THICK_TRUST = 0.75;
/** Boundaries of a JPEG that step by less than so many times its noise: it swallows some, and other rows are found. */
const FAINT = 6;
/** Rows that have a background of their own, or a mark, tell where the others lie. */
const TOLD = 0.9;

/** Rows from the boundaries the background shows; within a stretch that has none, from the ink. */
export function rowLayout(seen: RowProfile, heights: Heights): RowLayout {
  const edges = withoutGutters(seen, rowEdges(seen));
  const separators = thickSeparators(seen, edges);
  const stretches = stretchesOf(seen, separators);
  const profile = withoutFills(seen, stretches);
  const parts = joinLow(profile, profile === seen ? stretches : stretchesOf(profile, separators), heights);
  const told =
    spacedRows(profile, parts, heights) ??
    markedRows(profile, parts) ??
    griddedRows(profile, parts, heights) ??
    sectionRows(profile, parts, heights);
  const whole = told === null ? unevenList(profile, parts, heights) : { cells: told, score: TOLD };
  if (whole !== null)
    return finish(profile, whole.cells, { splits: [whole], heights, trust: 1, isFaint: false });
  const carded = joinCardParts(
    profile,
    joinStrips(
      profile,
      withShownGaps(profile, joinCovers(profile, joinOutlines(profile, joinBroken(profile, parts)))),
    ),
  );
  const apart = withSwallowedGaps(profile, carded);
  const even = evenPairs(joinHalves(profile, joinFrames(profile, withFocused(profile, apart))));
  const all = partPiece(profile, even, heights);
  markCards(all);
  growPill(profile, all, heights);
  const inked = all.filter(({ clusters }) => clusters.length > 0);
  trimPadding(profile, inked, heights);
  trimAboveMarked(profile, inked, heights);
  const parted = partedRows(all, profile.noise);
  const wrapped = wrappedRows(profile, inked, heights);
  const blocks = wrapped === null ? pitchBesideBlocks(profile, inked, heights) : null;
  const drawn = wrapped?.rows ?? (blocks === null ? drawnRows(profile, all, heights) : new Set<Stretch>());
  const beside = blocks ?? pitchBesideOne(profile, inked, heights);
  const unit = beside === null ? unitHeight(profile, inked, heights) : (blocks?.height ?? null);
  const own = all.map((stretch): Split => {
    if (stretch.clusters.length === 0) return blankRow(stretch, all, heights);
    const headed = headedRow(profile, stretch, inked, heights);
    if (headed !== null) return { cells: headed, score: 0.8 };
    if (stretch.ruled && !isTooHigh(stretch, heights)) return one(stretch);
    if (drawn.has(stretch))
      return stretch.openBottom
        ? {
            cells: [trimmed(stretch, likeIt(stretch, inked, heights), { others: inked, heights })],
            score: 0.8,
          }
        : one(stretch);
    const isParted = parted.has(stretch) && !isSwallowed(profile, stretch, { unit, inked });
    const isRow = (stretch.isCard || isParted) && !isTooHigh(stretch, heights);
    const cells = unit === null || isRow ? null : unitParts(profile, stretch, { unit, inked, heights });
    return cells === null
      ? split(profile, stretch, { inked, beside, isRow, unit, heights })
      : { cells, score: 0.8 };
  });
  const splits = partedAlike(all, own);
  const found = inOrder(splits.flatMap((s) => s.cells).filter(({ top, bottom }) => bottom - top >= 3));
  const cells = withHigherEnds(profile, withEvenEnds(profile, regularRows(profile, found)), edges);
  const trust = Math.min(wrapped?.trust ?? 1, separators === edges ? 1 : THICK_TRUST);
  return finish(profile, cells, { splits, heights, trust, isFaint: areFaint(edges, profile.noise) });
}

/** Whether a JPEG may have swallowed boundaries within it: it is as high as several of those that have one on both sides. */
function isSwallowed(
  { noise }: RowProfile,
  stretch: Stretch,
  { unit, inked }: { readonly unit: number | null; readonly inked: readonly Stretch[] },
): boolean {
  if (noise <= 1 || unit === null) return false;
  const isOne = (other: Stretch): boolean => !isOpen(other) && Math.abs(heightOf(other) - unit) <= EDGE_SLACK;
  return heightOf(stretch) > 1.5 * unit && inked.some(isOne);
}

/** Rows of unequal height that nothing parts, but for the one that is selected. Null where it is not clear that these are so. */
function unevenList(profile: RowProfile, parts: readonly Stretch[], heights: Heights): Split | null {
  const inked = parts.filter(({ clusters }) => clusters.length > 0);
  if (inked.length > MOST_PARTS || inked.every(({ clusters }) => areEven(clusters))) return null;
  if (inked.some((part) => leadedRows(profile, part.clusters, part) !== null)) return null;
  const found = paragraphRows(profile, inked);
  if (found?.isEven !== true) return null;
  // With a boundary above or below, one of the parts is the selected row, which may show more: it tells nothing of the others.
  const others = found.cells.filter((cells) => cells.length > 1);
  const isSelection = inked.length === 1 || others.length < inked.length;
  const [all, plain] = [found.cells.flat(), others.flat()].map((cells) =>
    innerCells(cells, profile.height).map(heightOf),
  );
  const isUneven = Math.max(...plain) - Math.min(...plain) > LETTERS && Math.min(...all) >= heights.least;
  const isList = others.flat().length >= FEWEST_ALIKE;
  if (!isList || !isSelection || !isUneven) return null;
  const pictured = inked.length === 1 ? picturedRows(profile, inked[0], heights) : null;
  return pictured ?? { cells: found.cells.flat(), score: UNEVEN };
}

/** Lines that are as far apart from each other, but for what letters make, tell no rows of several. */
function areEven(clusters: readonly InkCluster[]): boolean {
  const distances = clusters.slice(1).map((cluster, i) => middle(cluster) - middle(clusters[i]));
  return Math.max(...distances) - Math.min(...distances) <= LETTERS;
}

/** A stretch is one row, or several rows without boundaries between them. */
function split(
  profile: RowProfile,
  stretch: Stretch,
  {
    inked,
    beside,
    isRow,
    unit,
    heights,
  }: {
    readonly inked: readonly Stretch[];
    readonly beside: Typical | null;
    readonly isRow: boolean;
    readonly unit: number | null;
    readonly heights: Heights;
  },
): Split {
  const height = stretch.bottom - stretch.top;
  const others = inked.filter((other) => other !== stretch);
  if (stretch.isCard && isRow) {
    const cell = stretch.openBottom ? endsLike(stretch, { others, heights }) : null;
    return one(cell ?? stretch);
  }
  const bounding = boundedRows(others, heights);
  const units = bounding.filter((row) => unit !== null && Math.abs(heightOf(row) - unit) <= EDGE_SLACK);
  const rows = units.length > 0 ? units : bounding;
  const isBeside = beside !== null && (stretch.openTop || stretch.openBottom);
  const bounded = isBeside ? beside : typicalHeight(rows);
  const lowest = isBeside ? beside.height : rows.length === 0 ? undefined : Math.min(...rows.map(heightOf));
  const isAlone = bounded === null && stretch.openBottom && stretch.clusters.length === 1;
  const repeated = isAlone ? flatPitch(profile, others, heights) : null;
  const exact = bounded === null ? null : exactHeight(profile, inked, bounded);
  const hints = gridHints(profile, stretch, others, exact);
  const flat = flatRows(profile, stretch, { ...heights, lowest, pitch: repeated?.height, ...hints });
  const many = { cells: flat.cells, score: flat.score };
  const alone = (): Split =>
    bounded === null
      ? one(stretch)
      : { cells: [besideGap(profile, stretch, { others, typical: bounded })], score: 0.9 };
  // Lines that are nearer to each other than rows are high are those of one.
  const isOne = flat.cells.slice(1).some(({ top }, i) => top < flat.cells[i].bottom - EDGE_SLACK);
  if ((isOne || areAcross(flat, stretch)) && !stretch.openBottom && !isTooHigh(stretch, heights))
    return { ...one(stretch), score: 0.8 };
  if (bounded !== null && height <= bounded.height + EDGE_SLACK) return one(stretch);
  if (stretch.openTop && isLikeHigher(stretch, others)) return one(stretch);
  if ((stretch.openTop && stretch.openBottom) || repeated !== null) return many;
  // As far apart as the lowest row is high, which is one of them with a background of its own.
  const isPitch = flat.pitch !== null && lowest !== undefined && Math.abs(flat.pitch - lowest) <= 1;
  const areAlike = isPitch && flat.score > UNEVEN && height >= 2 * lowest - EDGE_SLACK;
  if (!isRow && endsInPiece(stretch)) {
    if (areAlike) return many;
    const typical = bounded ?? flatPitch(profile, others, heights);
    const parted = typical === null ? null : partedFromPiece(stretch, typical);
    if (parted !== null) return parted;
  }
  if (flat.cells.length <= 1) {
    if (stretch.openBottom || isTooHigh(stretch, heights)) {
      const cell = trimmed(stretch, bounded, { others, heights });
      return { cells: [cell], score: heightOf(cell) > heights.maxHeight ? 0 : 0.8 };
    }
    return alone();
  }
  if (isTooHigh(stretch, heights) || (!isRow && holdsSeveral(stretch, rows))) return many;
  if (isRow && bounded !== null) return alone();
  const pitch = bounded ?? flatPitch(profile, others, heights);
  if (pitch !== null && Math.abs(height - pitch.height) <= EDGE_SLACK) return one(stretch);
  if (pitch !== null && isMultiple(stretch, flat, { typical: pitch, rows })) return many;
  if (pitch !== null && areHeadings(flat, pitch)) return many;
  if (pitch === null && separate(stretch.clusters)) return many;
  if (bounded !== null && !stretch.byLine && tiles(flat.cells, stretch, bounded)) return many;
  if (stretch.openBottom) {
    if (areAlike) return many;
    return { cells: [trimmed(stretch, bounded, { others, heights })], score: 0.8 };
  }
  return alone();
}

/** Whether the second of two rows would lie across the end of their stretch: a line and a mark below it are no two rows. */
function areAcross({ cells, pitch }: FlatRows, { bottom }: Stretch): boolean {
  return cells.length === 2 && pitch !== null && cells[1].bottom - bottom > ACROSS * pitch;
}

/** Whether a first row of one line is as high as several others of one line: it is one of these, not a piece and a lower row. */
function isLikeHigher(first: Stretch, others: readonly Stretch[]): boolean {
  const isOneLine = (row: Stretch): boolean => row.clusters.length === 1 && !row.openBottom;
  const alike = others.filter(
    (other) => isOneLine(other) && Math.abs(heightOf(other) - heightOf(first)) <= 1,
  );
  return isOneLine(first) && alike.length >= FEWEST_ALIKE;
}

/** The region's end may cut its last ink. */
function endsInPiece({ bottom, openBottom, clusters }: Stretch): boolean {
  return openBottom && clusters.length >= 2 && clusters[clusters.length - 1].bottom >= bottom;
}

/** A row as high as the others, and the piece of the one below it; null where ink lies across its end. */
function partedFromPiece({ top, bottom, clusters }: Stretch, { height }: Typical): Split | null {
  const end = top + height;
  const [row, piece] = clusters.slice(-2);
  if (row.bottom > end || piece.top < end) return null;
  return {
    cells: [
      { top, bottom: end },
      { top: end, bottom },
    ],
    score: 0.8,
  };
}

/** Rows start at a boundary; next to a bounded row for certain, else when the ink nearly says so. */
function gridHints(
  profile: RowProfile,
  stretch: Stretch,
  others: readonly Stretch[],
  typical: Typical | null,
): { anchor: Anchor; pitch?: number } {
  const isOpen = stretch.openTop && stretch.openBottom;
  const y = stretch.openTop && !stretch.openBottom ? stretch.bottom : stretch.top;
  if (isOpen) return { anchor: { y, within: 1, lean: LEAN.open } };
  // With something between, a single one may be drawn with a margin; of two rows that are lower together it tells nothing.
  const isBeside = others.some(({ top, bottom }) => top === y || bottom === y);
  const isOther = !isBeside || (typical !== null && areLowRows(profile, stretch, typical));
  if (typical?.regular !== true || (typical.count === 1 && isOther))
    return { anchor: { y, within: EDGE_SLACK, lean: LEAN.drawn } };
  const anchor = { y, within: 0.2 * typical.height + EDGE_SLACK, lean: LEAN.drawn };
  return { anchor, pitch: typical.height };
}

function areLowRows(profile: RowProfile, stretch: Stretch, { height }: Typical): boolean {
  const { top, clusters } = stretch;
  return clusters.length === 2 && clusters[1].bottom - top < height && areRows(profile, stretch);
}

function isMultiple(
  stretch: Stretch,
  { cells, pitch }: FlatRows,
  { typical, rows }: { readonly typical: Typical; readonly rows: readonly Stretch[] },
): boolean {
  if (pitch === null || Math.abs(pitch - typical.height) > 3) return false;
  const { top, bottom, byLine, openBottom } = stretch;
  const times = Math.round((bottom - top) / typical.height);
  const whole =
    typical.regular && times >= 2 && Math.abs(bottom - top - times * typical.height) <= EDGE_SLACK * times;
  const isOne = !stretch.openTop && !openBottom && times >= 2 && !mayRepeat(stretch, times, rows);
  const holds = whole || (openBottom && goesOn(stretch, typical.height));
  return cells.length >= 2 && !isOne && (!byLine || holds || typical.count === 1);
}

/** True when what repeats is so much higher than the bounded rows that those are the headings of groups. */
function areHeadings({ cells, pitch }: FlatRows, { height }: Typical): boolean {
  if (pitch === null || cells.length < FEWEST_ALIKE || height >= (1 - UNLIKE) * pitch) return false;
  return cells.every(({ top }, i) => i === 0 || top >= cells[i - 1].bottom - UNLIKE * pitch);
}

/** True when rows nearly as high as the others fill the stretch. */
function tiles(cells: readonly Cell[], { top, bottom }: Stretch, { height }: Typical): boolean {
  const first = cells[0];
  const last = cells[cells.length - 1];
  const filled = Math.abs(first.top - top) <= EDGE_SLACK && Math.abs(last.bottom - bottom) <= EDGE_SLACK;
  return filled && cells.every((cell) => Math.abs(heightOf(cell) - height) <= UNLIKE * height);
}

function one({ top, bottom }: Cell): Split {
  return { cells: [{ top, bottom }], score: 1 };
}

/** Lines of one paragraph are closer to each other than rows of a list; three alike are a list. */
function separate(clusters: readonly InkCluster[]): boolean {
  if (clusters.length >= 3) return true;
  const [a, b] = clusters;
  const higher = Math.max(a.bottom - a.top, b.bottom - b.top);
  return higher > 16 || b.top - a.bottom > 0.75 * higher;
}

/** A stretch without ink is a row when it is exactly as high as the rows above and below it. */
function blankRow(stretch: Stretch, all: readonly Stretch[], heights: Heights): Split {
  const nothing = { cells: [], score: 0 };
  const inked = all.filter((other) => other.clusters.length > 0);
  const typical = typicalHeight(inked.filter((other) => isBounded(other, heights)));
  const enclosed =
    inked.length > 1 && inked[0].top < stretch.top && inked[inked.length - 1].top > stretch.top;
  if (!enclosed || typical?.regular !== true || typical.count < 3) return nothing;
  return Math.abs(stretch.bottom - stretch.top - typical.height) <= EDGE_SLACK ? one(stretch) : nothing;
}

function areFaint(edges: readonly RowEdge[], noise: number): boolean {
  if (noise <= 1 || edges.length === 0) return false;
  return middleOf(edges.map(({ strength }) => strength)) < FAINT * noise;
}
