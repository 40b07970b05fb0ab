import { middleOf } from '../profile/row-ink.js';
import { inkClusters, inkFloor } from '../profile/row-clusters.js';
import type { RowProfile } from '../profile/row-profile.js';
import { withoutSides } from './row-sides.js';
import { EDGE_SLACK, heightOf, type Cell } from '../row-cell.js';

/** So many rows say that all are of one height; of so many, the highest and the lowest one may be misread. */
const FEWEST_ALIKE = 4;
const MANY = 8;
/** Among rows of one height, one that is lower by itself has a line less: at least so many pixels, and at most this share of a row. */
const LINE = 12;
const MOST_MISSING = 0.4;
/** On a screen twice as dense, where rows are at least so high, a last row lacks no more for the separator that it has not. Pixels. */
const DENSE = 48;
const LAST_LINE = 3;
/** Letters make as much of a difference to the room above and below them, in pixels. */
const SAME_ROOM = 2;
/** Ink is in a row's middle where the rooms above and below it differ by no more, in pixels. */
const CENTRED = 4;
/** What a cut took from the room at the region's end is more than this share of what the row is lower. */
const TAKEN = 0.8;
/** Pictures and frames reach as far, and leave no room that tells anything, in pixels. */
const NO_ROOM = 4;
/** A gap that was given to the row below it, with that row's border, is no higher; it is so many times the noise from the row's background. */
const HIGHEST_GAP = 8;
const CLEAR = 4;
/** So few pixels are what a JPEG leaves. */
const DIRT = 3;

interface Rooms {
  /** From the row's boundary to its ink, in pixels: at the region's end, and at the other. */
  readonly near: number;
  readonly far: number;
}

interface Beside {
  readonly others: readonly Cell[];
  readonly end: 'top' | 'bottom';
  /** Lowest row, in pixels. */
  readonly least: number;
}

/**
 * Whether the region cuts a first or last row. It does where that is lower than the `least` or the others, with ink in its last
 * pixel row, or with ink there where theirs never comes near; where it is lower than others of one height by less than a line, with less room there, or by much more; and where its ink is nearer
 * to the region's end than theirs to their boundary. It does not where the ink is in the row's middle, as of one that has less or lower ink, nor
 * where all that a first row lacks is the gap and the border above the others.
 */
export function isCut(profile: RowProfile, cell: Cell, beside: Beside): boolean {
  if (!lacks(profile, cell, beside)) return false;
  if (beside.end === 'bottom') return true;
  const [own, ...others] = [cell, ...beside.others].map((row) => withoutGap(profile, row));
  return lacks(profile, own, { ...beside, others });
}

/**
 * Whether a first and a last row at the region's ends are whole, though each is as much lower than the others, which are of one height: they show
 * as much ink as those, and what they lack is the padding between rows. A region that cuts two rows hardly takes as much of both.
 */
export function lackPadding(
  profile: RowProfile,
  ends: readonly [Cell, Cell],
  others: readonly Cell[],
): boolean {
  const heights = others.map(heightOf).sort((a, b) => a - b);
  const [first, last] = ends.map((cell) => heights[0] - heightOf(cell));
  if (!areAlike(heights) || Math.min(first, last) <= 0 || Math.abs(first - last) > EDGE_SLACK) return false;
  const least = Math.min(...others.map((cell) => inkHeight(profile, cell)));
  return least > 0 && ends.every((cell) => inkHeight(profile, cell) >= least - SAME_ROOM);
}

/** From the first ink of a row to its last, in pixels. */
function inkHeight(profile: RowProfile, cell: Cell): number {
  const clusters = inkClusters(profile, cell);
  return clusters.length === 0 ? 0 : clusters[clusters.length - 1].bottom - clusters[0].top;
}

/** Whether a row is less than the others are, or its ink nearer to the region's end than theirs to their boundary. */
function lacks(profile: RowProfile, cell: Cell, { others, end, least }: Beside): boolean {
  const endsInInk = isInkCut(profile, cell, { others, end });
  if (heightOf(cell) < least && endsInInk) return true;
  if (others.length === 0) return false;
  const heights = others.map(heightOf).sort((a, b) => a - b);
  const missing = heights[0] - heightOf(cell);
  const usualHeight = middleOf(heights);
  const slack = end === 'bottom' && usualHeight >= DENSE ? LAST_LINE : EDGE_SLACK;
  const isLow = missing > slack;
  if (isLow && endsInInk) return true;
  const own = roomsOf(profile, cell, end);
  const rooms = others.map((other) => roomsOf(profile, other, end)).filter((each) => each !== null);
  const nears = rooms.map(({ near }) => near);
  const lost = own === null || nears.length === 0 ? 0 : middleOf(nears) - own.near;
  const under = usualHeight - heightOf(cell);
  const isLittle = under > slack && under < LINE && lost > 0;
  if (areAlike(heights) && (isLittle || under > MOST_MISSING * usualHeight)) return true;
  // A row that is no lower than others of one height is one of them, or shows more.
  if (!isLow && heights[heights.length - 1] - heights[0] <= 2 * EDGE_SLACK) return false;
  if (own === null || rooms.length === 0) return isLow;
  const isNear = (row: Cell): boolean => comesNear(profile, row, end);
  if (endsInInk && isNear(cell) && !others.some(isNear)) return true;
  if (Math.max(...nears) <= NO_ROOM) return isLow;
  const keepsFar = own.far >= Math.min(...rooms.map(({ far }) => far)) - SAME_ROOM;
  const mayBeTaken = isLow && keepsFar && lost > TAKEN * missing;
  if (Math.abs(own.near - own.far) <= CENTRED && !mayBeTaken) return false;
  // Of a row that is as high as others it takes more: it has to be less than the least of theirs.
  const usual = isLow ? middleOf : (values: readonly number[]) => Math.min(...values);
  if (usual(nears) - own.near > SAME_ROOM) return true;
  return lost > SAME_ROOM && usual(rooms.map(leanOf)) - leanOf(own) > CENTRED;
}

/** A row from where its own background begins, below the gap and the border above it. */
function withoutGap({ red, green, blue, noise }: RowProfile, { top, bottom }: Cell): Cell {
  const rows = Array.from({ length: bottom - top }, (_, i) => top + i);
  const [r, g, b] = [red, green, blue].map((channel) => middleOf(rows.map((y) => channel[y])));
  const isOther = (y: number): boolean =>
    Math.max(Math.abs(red[y] - r), Math.abs(green[y] - g), Math.abs(blue[y] - b)) > CLEAR * noise;
  const last = rows.slice(0, HIGHEST_GAP).findLastIndex(isOther);
  return { top: top + last + 1, bottom };
}

/** True when the last pixel row has ink, but for rules: these are in each row of the others too. */
function isInkCut(
  { ink }: RowProfile,
  cell: Cell,
  { others, end }: { readonly others: readonly Cell[]; readonly end: 'top' | 'bottom' },
): boolean {
  const rules = others.length === 0 ? Infinity : middleOf(others.map((other) => inkFloor(ink, other)));
  const last = ink[end === 'top' ? cell.top : cell.bottom - 1];
  return last - Math.min(rules, inkFloor(ink, cell)) > DIRT;
}

/** Whether its ink, the page beside a card left out, comes near to its boundary there. */
function comesNear(profile: RowProfile, cell: Cell, end: 'top' | 'bottom'): boolean {
  const rooms = roomsOf(withoutSides(profile, cell), cell, end);
  return rooms !== null && rooms.near <= SAME_ROOM;
}

/** From low to high. */
function areAlike(heights: readonly number[]): boolean {
  const sure = heights.length < MANY ? heights : heights.slice(1, -1);
  return heights.length >= FEWEST_ALIKE && sure[sure.length - 1] - sure[0] <= EDGE_SLACK;
}

/** Null without ink. */
function roomsOf(profile: RowProfile, cell: Cell, end: 'top' | 'bottom'): Rooms | null {
  const clusters = inkClusters(profile, cell);
  if (clusters.length === 0) return null;
  const over = clusters[0].top - cell.top;
  const under = cell.bottom - clusters[clusters.length - 1].bottom;
  return end === 'top' ? { near: over, far: under } : { near: under, far: over };
}

/** How much more room there is at the region's end than at the other. */
function leanOf({ near, far }: Rooms): number {
  return near - far;
}
