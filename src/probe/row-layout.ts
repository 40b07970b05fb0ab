// Long because it weighs three kinds of evidence (lines, backgrounds, ink) against each other in one place.
import { type InkCluster, inkClusters, inkFloor } from './row-clusters.js';
import { type RowEdge, rowEdges } from './row-edges.js';
import { type FlatRows, flatRows } from './row-flat.js';
import type { Cell } from './row-grid.js';
import type { RowProfile } from './row-profile.js';
import { thickSeparators } from './row-strips.js';

export interface RowLayout {
  /** Relative to the region, top to bottom, inside of it. */
  readonly rows: readonly { readonly top: number; readonly bottom: number; readonly partial: boolean }[];
  readonly pitch: number | null;
  readonly confidence: number;
}

interface Heights {
  readonly minHeight: number;
  readonly maxHeight: number;
}

/** What lies between two boundaries. */
interface Stretch {
  top: number;
  bottom: number;
  /** Nothing but the region's end bounds it there. */
  readonly openTop: boolean;
  readonly openBottom: boolean;
  readonly byLine: boolean;
  /** Lines, and nothing else, bound it: a row, even a very high one. */
  readonly lined: boolean;
  readonly clusters: readonly InkCluster[];
}

/** The height of the rows whose boundaries were seen. */
interface Typical {
  readonly height: number;
  readonly regular: boolean;
  readonly count: number;
}

interface Split {
  readonly cells: readonly Cell[];
  readonly score: number;
}

/** Ink this low at a boundary is what a rounded corner or a shadow of the neighbour leaves. */
const CORNER = 4;
/** So many lines are the list's own. */
const FEWEST_LINES = 3;
/** A bar is lower than this share of the usual distance of lines. */
const BAR_SHARE = 0.4;
/** Between lines a row may be this many times higher than rows are else. */
const LINED = 1.5;
/** Edges may be this far off before a row counts as cut. */
const EDGE_SLACK = 2;
/** Rows of one list differ in height by less than this share. */
const UNLIKE = 0.25;
/** Where a boundary is missing there is at most this share of the row's ink. */
const CUT_INK = 0.3;
/** A gap between groups is wider than what rows of one list differ by: this share of their height, on one side. */
const GAP_SHARE = 0.08;
/** And leaves the other side this share of what the row is higher, at most: letters make as much. */
const OTHER_SIDE = 0.3;
/** Share of the rows that have one height, give or take a pixel, in a list that is called regular. */
const ALIKE = 0.7;
/** Boundaries this near to the region's ends are its border. */
const BORDER = 8;
/** A first or last row may be lower than the others by this share of their height; by the second one it is cut off. */
const CUT_SHARE = 0.1;
const MOST_MISSING = 0.4;
/** By how many pixels the ink of a cut row lies nearer to the region's end than in any other row. */
const LEAN_SLACK = 4;
/** So many rows say what the others are like. */
const FEWEST_ALIKE = 2;
/** Letters make the room above the ink of one list's rows this different. Pixels. */
const SAME_ROOM = 4;
/** A selection drawn as a pill is at least this share of its row. */
const PILL_SHARE = 0.6;

/** Rows from the boundaries the background shows; within a stretch that has none, from the ink. */
export function rowLayout(profile: RowProfile, heights: Heights): RowLayout {
  const all = stretchesOf(profile, withoutBars(profile, thickSeparators(profile, rowEdges(profile))));
  growPill(profile, all, heights);
  const inked = all.filter(({ clusters }) => clusters.length > 0);
  trimPadding(inked, heights);
  const unit = profile.noise > 1 ? unitHeight(profile, inked, heights) : null;
  const splits = all.map((stretch) => {
    if (stretch.clusters.length === 0) return blankRow(stretch, all, heights);
    const parts = unit === null ? null : unitParts(profile, stretch, unit, heights);
    return parts === null ? split(profile, stretch, inked, heights) : { cells: parts, score: 0.8 };
  });
  const cells = splits.flatMap((s) => s.cells).filter(({ top, bottom }) => bottom - top >= 3);
  return finish(profile, cells, splits);
}

/**
 * Between lines, what is much lower than a row and has other background above and below is a wide bar in the row: where the
 * lines tell the rows, its edges tell nothing. Beside a bar is the rest of the row; a gap between cards is empty.
 */
function withoutBars(profile: RowProfile, edges: readonly RowEdge[]): readonly RowEdge[] {
  const lines = edges.filter(({ kind }) => kind === 'line');
  if (lines.length < FEWEST_LINES) return edges;
  const usual = middleOf(lines.slice(1).map(({ y }, i) => y - lines[i].y));
  const isBar = (top: RowEdge | undefined, bottom: RowEdge | undefined): boolean =>
    top?.kind === 'level' &&
    bottom?.kind === 'level' &&
    bottom.y - top.y < BAR_SHARE * usual &&
    isInked(profile, top.y, bottom.y);
  const isAtLine = ({ y }: RowEdge): boolean => lines.some((line) => Math.abs(line.y - y) <= BORDER);
  return edges.filter(
    (edge, i) =>
      edge.kind === 'line' || isAtLine(edge) || !(isBar(edge, edges[i + 1]) || isBar(edges[i - 1], edge)),
  );
}

function isInked({ ink }: RowProfile, top: number, bottom: number): boolean {
  let rows = 0;
  for (let y = top; y < bottom; y++) if (ink[y] > 0) rows++;
  return 2 * rows > bottom - top;
}

function stretchesOf(profile: RowProfile, edges: readonly RowEdge[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (let i = 0; i <= edges.length; i++) {
    const top = i === 0 ? 0 : edges[i - 1].y;
    const bottom = i === edges.length ? profile.height : edges[i].y;
    if (bottom <= top) continue;
    const closed = edges.slice(Math.max(0, i - 1), i + 1);
    const lines = closed.filter(({ kind }) => kind === 'line').length;
    const clusters = inkClusters(profile, { top, bottom }).filter(
      (ink) => ink.bottom - ink.top > CORNER || (ink.top > top && ink.bottom < bottom),
    );
    const open = { openTop: i === 0, openBottom: i === edges.length };
    stretches.push({
      top,
      bottom,
      ...open,
      byLine: lines > 0,
      lined: lines > 0 && lines === closed.length,
      clusters,
    });
  }
  return stretches;
}

/** The one highlighted row of a list without boundaries, drawn with a margin, is grown to the pitch of its neighbours. */
function growPill(profile: RowProfile, all: readonly Stretch[], heights: Heights): void {
  const inked = all.filter(({ clusters }) => clusters.length > 0);
  const longest = inked.reduce<Stretch | undefined>(
    (a, b) => (a === undefined || b.bottom - b.top > a.bottom - a.top ? b : a),
    undefined,
  );
  if (longest === undefined || inked.length > 3) return;
  const { pitch, cells } = flatRows(profile, longest, heights);
  if (pitch === null || cells.length < 3) return;
  for (const [i, stretch] of all.entries()) {
    const margin = pitch - (stretch.bottom - stretch.top);
    if (stretch === longest || stretch.clusters.length === 0 || stretch.openTop || stretch.openBottom)
      continue;
    if (margin <= EDGE_SLACK || margin > (1 - PILL_SHARE) * pitch) continue;
    stretch.top -= Math.floor(margin / 2);
    stretch.bottom += Math.ceil(margin / 2);
    all[i - 1].bottom = stretch.top;
    all[i + 1].top = stretch.bottom;
  }
}

/**
 * The room that a list leaves above its first row is not that row's: where the others are all alike, what it is higher by,
 * if its ink lies as low; else what it has more than the others above its ink, where those have all the same.
 */
function trimPadding(inked: readonly Stretch[], heights: Heights): void {
  const others = inked.slice(1).filter((other) => isBounded(other, heights));
  if (others.length < FEWEST_ALIKE || inked[0].top > BORDER || inked[0].openBottom) return;
  const first = inked[0];
  const typical = typicalHeight(others)!;
  const rooms = others.map(spaceAbove).sort((a, b) => a - b);
  const above = spaceAbove(first) - rooms[rooms.length >> 1];
  const below = spaceBelow(first) - middleOf(others.map(spaceBelow));
  if (typical.regular) {
    const extra = heightOf(first) - typical.height;
    if (extra > EDGE_SLACK && extra < spaceAbove(first) && above - below >= extra / 2)
      first.top = first.bottom - typical.height;
  } else if (rooms[rooms.length - 1] - rooms[0] <= SAME_ROOM && above > SAME_ROOM) first.top += above;
}

/** A stretch is one row, or several rows without boundaries between them. */
function split(profile: RowProfile, stretch: Stretch, inked: readonly Stretch[], heights: Heights): Split {
  const height = stretch.bottom - stretch.top;
  const others = inked.filter((other) => other !== stretch);
  const rows = others.filter((other) => isBounded(other, heights));
  const bounded = typicalHeight(rows);
  const lowest = rows.length === 0 ? undefined : Math.min(...rows.map(heightOf));
  const flat = flatRows(profile, stretch, { ...heights, lowest, ...gridHints(stretch, bounded) });
  const many = { cells: flat.cells, score: flat.score };
  if (bounded !== null && height <= bounded.height + EDGE_SLACK) return one(stretch);
  if (stretch.openTop && stretch.openBottom) return many;
  if (flat.cells.length <= 1) {
    if (stretch.openBottom || isTooHigh(stretch, heights))
      return { cells: [trimmed(stretch, bounded)], score: 0.8 };
    return bounded === null ? one(stretch) : { cells: [besideGap(stretch, others, bounded)], score: 0.9 };
  }
  if (isTooHigh(stretch, heights)) return many;
  const pitch = bounded ?? flatPitch(profile, others, heights);
  if (pitch !== null && Math.abs(height - pitch.height) <= EDGE_SLACK) return one(stretch);
  if (pitch !== null && isMultiple(stretch, flat, pitch)) return many;
  if (pitch === null && separate(stretch.clusters)) return many;
  if (bounded !== null && !stretch.byLine && tiles(flat.cells, stretch, bounded)) return many;
  if (stretch.openBottom) return { cells: [trimmed(stretch, bounded)], score: 0.8 };
  return bounded === null ? one(stretch) : { cells: [besideGap(stretch, others, bounded)], score: 0.9 };
}

/** A boundary on both sides, or the region's top where the ink sits in the middle as it does in a whole row. */
function isBounded(stretch: Stretch, heights: Heights): boolean {
  const { top, bottom, openTop, openBottom, clusters } = stretch;
  const height = bottom - top;
  if (openBottom || isTooHigh(stretch, heights) || height < heights.minHeight) return false;
  if (!openTop) return true;
  const above = clusters[0].top - top;
  const below = bottom - clusters[clusters.length - 1].bottom;
  return Math.abs(above - below) <= 0.25 * height;
}

function isTooHigh({ top, bottom, lined }: Stretch, { maxHeight }: Heights): boolean {
  return bottom - top > (lined ? LINED * maxHeight : maxHeight);
}

function typicalHeight(rows: readonly Cell[]): Typical | null {
  if (rows.length === 0) return null;
  const sorted = rows.map(({ top, bottom }) => bottom - top).sort((a, b) => a - b);
  const height = sorted[sorted.length >> 1];
  const alike = sorted.filter((h) => Math.abs(h - height) <= 1).length;
  return { height, regular: alike >= ALIKE * sorted.length, count: rows.length };
}

/** Rows start at a boundary; next to a bounded row for certain, else when the ink nearly says so. */
function gridHints(
  stretch: Stretch,
  typical: Typical | null,
): { anchor: { y: number; within: number }; pitch?: number } {
  const y = stretch.openTop && !stretch.openBottom ? stretch.bottom : stretch.top;
  if (typical?.regular !== true) return { anchor: { y, within: EDGE_SLACK } };
  return { anchor: { y, within: 0.2 * typical.height + EDGE_SLACK }, pitch: typical.height };
}

function flatPitch(profile: RowProfile, others: readonly Stretch[], heights: Heights): Typical | null {
  let best: Typical | null = null;
  for (const other of others) {
    const { pitch, cells } = flatRows(profile, other, heights);
    if (pitch === null || cells.length < 2 || cells.length <= (best?.count ?? 0)) continue;
    best = { height: pitch, regular: true, count: cells.length };
  }
  return best;
}

function isMultiple({ top, bottom, byLine }: Stretch, { cells, pitch }: FlatRows, typical: Typical): boolean {
  if (pitch === null || Math.abs(pitch - typical.height) > 3) return false;
  const times = Math.round((bottom - top) / typical.height);
  const whole =
    typical.regular && times >= 2 && Math.abs(bottom - top - times * typical.height) <= EDGE_SLACK * times;
  return cells.length >= 2 && (!byLine || whole || typical.count === 1);
}

/** True when rows nearly as high as the others fill the stretch. */
function tiles(cells: readonly Cell[], { top, bottom }: Stretch, { height }: Typical): boolean {
  const first = cells[0];
  const last = cells[cells.length - 1];
  const filled = Math.abs(first.top - top) <= EDGE_SLACK && Math.abs(last.bottom - bottom) <= EDGE_SLACK;
  return filled && cells.every((cell) => Math.abs(heightOf(cell) - height) <= UNLIKE * height);
}

/**
 * The row height of which the stretches between boundaries are whole multiples, where JPEG swallowed some of the faint
 * ones: seen alone at least twice, or the pitch of the ink.
 */
function unitHeight(profile: RowProfile, inked: readonly Stretch[], heights: Heights): number | null {
  const whole = inked.filter(({ openTop, openBottom }) => !openTop && !openBottom).map(heightOf);
  if (whole.length < 2) return null;
  const sorted = [...whole].sort((a, b) => a - b);
  const seen = sorted.find(
    (height) => height >= heights.minHeight && sorted.filter((h) => Math.abs(h - height) <= 1).length >= 2,
  );
  const flat = flatPitch(profile, inked, heights)?.height;
  // A height seen twice may itself be several rows; two lines of one row may look like a pitch.
  const first = seen !== undefined && flat !== undefined && seen > 2.5 * flat ? [flat, seen] : [seen, flat];
  for (const rough of first) {
    if (rough === undefined || rough > heights.maxHeight) continue;
    const times = whole.map((height) => Math.max(1, Math.round(height / rough)));
    const unit = sum(whole) / sum(times);
    if (whole.every((height, i) => Math.abs(height - times[i] * unit) <= EDGE_SLACK)) return unit;
  }
  return null;
}

/** Several whole rows between which a boundary is missing: each with ink in its middle, next to none at the cuts. */
function unitParts(profile: RowProfile, stretch: Stretch, unit: number, heights: Heights): Cell[] | null {
  const { top, bottom, openTop, openBottom } = stretch;
  const exact = (bottom - top) / unit;
  const times = openTop || openBottom ? Math.ceil(exact - 0.15) : Math.round(exact);
  if (times < 2 || (openTop && openBottom)) return null;
  if (!openTop && !openBottom && Math.abs(bottom - top - times * unit) > EDGE_SLACK) return null;
  const step = openTop || openBottom ? unit : (bottom - top) / times;
  const from = openTop ? bottom - times * step : top;
  const cells: Cell[] = [];
  const floor = inkFloor(profile.ink, stretch);
  for (let i = 0; i < times; i++) {
    const cell = { top: Math.round(from + i * step), bottom: Math.round(from + (i + 1) * step) };
    const inside = { top: Math.max(top, cell.top), bottom: Math.min(bottom, cell.bottom) };
    const clusters = inkClusters(profile, inside);
    if (clusters.length === 0) {
      if (openBottom && cells.length > 0) break;
      if (openTop && cells.length === 0) continue;
      return null;
    }
    const isWhole = heightOf(inside) === heightOf(cell);
    const middle = (clusters[0].top + clusters[clusters.length - 1].bottom) / 2;
    if (isWhole && Math.abs(middle - (cell.top + cell.bottom) / 2) > 0.2 * unit) return null;
    if (cell.top > top && cutInk(profile, cell.top) - floor > CUT_INK * mostInk(profile, inside)) return null;
    if (isWhole && heightOf(cell) < heights.minHeight) return null;
    cells.push(cell);
  }
  return cells.length >= 2 || openTop || openBottom ? cells : null;
}

function cutInk({ ink, height }: RowProfile, y: number): number {
  let least = Infinity;
  for (let at = Math.max(0, y - 3); at <= Math.min(height - 1, y + 1); at++) least = Math.min(least, ink[at]);
  return least;
}

function mostInk({ ink }: RowProfile, { top, bottom }: Cell): number {
  let most = 0;
  for (let y = top; y < bottom; y++) if (ink[y] > most) most = ink[y];
  return most;
}

function heightOf({ top, bottom }: Cell): number {
  return bottom - top;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
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

/** A row that nothing closes below: as high as the others, else as wide below its ink as above. */
function trimmed({ top, bottom, clusters }: Stretch, typical: Typical | null): Cell {
  const inkTop = clusters[0].top;
  const inkBottom = clusters[clusters.length - 1].bottom;
  const height = typical?.regular === true ? typical.height : inkBottom - top + (inkTop - top);
  return { top, bottom: Math.min(bottom, top + height) };
}

/** Cuts off the gap between two groups, where the ink keeps its usual distance to one boundary only. */
function besideGap(stretch: Stretch, others: readonly Stretch[], typical: Typical): Cell {
  const { top, bottom } = stretch;
  if (!typical.regular || bottom - top <= typical.height + EDGE_SLACK) return { top, bottom };
  const above = spaceAbove(stretch) - middleOf(others.map((other) => spaceAbove(other)));
  const below = spaceBelow(stretch) - middleOf(others.map((other) => spaceBelow(other)));
  // A row that is higher by itself has more room on both sides, whatever its letters make of it.
  const least = Math.max(EDGE_SLACK + 2, GAP_SHARE * typical.height);
  const most = OTHER_SIDE * (bottom - top - typical.height);
  if (above > least && below <= most) return { top: bottom - typical.height, bottom };
  if (below > least && above <= most) return { top, bottom: top + typical.height };
  return { top, bottom };
}

function spaceAbove({ top, clusters }: Stretch): number {
  return clusters[0].top - top;
}

function spaceBelow({ bottom, clusters }: Stretch): number {
  return bottom - clusters[clusters.length - 1].bottom;
}

function middleOf(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1];
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

function finish(profile: RowProfile, cells: readonly Cell[], splits: readonly Split[]): RowLayout {
  const { height } = profile;
  const inner = cells.filter(({ top, bottom }) => top > EDGE_SLACK && bottom < height - EDGE_SLACK);
  const heights = inner.map(heightOf).sort((a, b) => a - b);
  const pitch = heights.length === 0 ? null : heights[heights.length >> 1];
  const regular = pitch !== null && heights[heights.length - 1] - heights[0] <= 2 * EDGE_SLACK;
  const rows = cells.map((cell, i) => {
    const clipped = { top: Math.max(0, cell.top), bottom: Math.min(height, cell.bottom) };
    const outside = heightOf(cell) - heightOf(clipped) > EDGE_SLACK;
    const atTop = i === 0 && clipped.top <= BORDER;
    const atBottom = i === cells.length - 1 && clipped.bottom >= height - BORDER;
    const others = inner.filter((other) => other !== cell);
    const cut = (end: 'top' | 'bottom'): boolean => isCut(profile, clipped, { others, end });
    return { ...clipped, partial: outside || (atTop && cut('top')) || (atBottom && cut('bottom')) };
  });
  const score = splits.reduce((total, s) => total + s.score * s.cells.length, 0) / Math.max(1, cells.length);
  return { rows, pitch: regular ? pitch : null, confidence: rows.length === 0 ? 1 : Math.min(1, score) };
}

/**
 * Whether the region cuts a first or last row: it is far lower than the others, or lower where they are all alike, or
 * its ink lies nearer to the region's end than theirs to their boundary: a row that is lower by itself has less room on
 * both sides.
 */
function isCut(
  profile: RowProfile,
  cell: Cell,
  { others, end }: { readonly others: readonly Cell[]; readonly end: 'top' | 'bottom' },
): boolean {
  if (others.length === 0) return false;
  const heights = others.map(heightOf).sort((a, b) => a - b);
  const missing = heights[0] - heightOf(cell);
  const spread = heights[heights.length - 1] - heights[0];
  const low = missing > Math.max(EDGE_SLACK, CUT_SHARE * heights[0]);
  if (missing > MOST_MISSING * heights[0] || (low && spread <= EDGE_SLACK)) return true;
  const lean = leanOf(profile, cell, end);
  if (lean === null) return missing > EDGE_SLACK;
  const leans = others.map((other) => leanOf(profile, other, end)).filter((each) => each !== null);
  if (leans.length === 0) return false;
  const usual = middleOf(leans);
  if (low) return usual - lean > missing / 2;
  if (missing > EDGE_SLACK && usual - lean > LEAN_SLACK) return true;
  return spread > 2 * EDGE_SLACK && lean < leans[0] - LEAN_SLACK;
}

/** How much more room a row has on the side of the region's end than on the other; null without ink. */
function leanOf(profile: RowProfile, { top, bottom }: Cell, end: 'top' | 'bottom'): number | null {
  const clusters = inkClusters(profile, { top, bottom });
  if (clusters.length === 0) return null;
  const more = clusters[0].top - top - (bottom - clusters[clusters.length - 1].bottom);
  return end === 'top' ? more : -more;
}
