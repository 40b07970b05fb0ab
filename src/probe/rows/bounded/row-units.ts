import { inkClusters, inkFloor } from '../profile/row-clusters.js';
import { flatRows } from '../flat/row-flat.js';
import { CUT_INK, middle, mostInk } from '../profile/row-ink.js';
import type { RowProfile } from '../profile/row-profile.js';
import type { Heights } from '../row-heights.js';
import { EDGE_SLACK, heightOf, type Cell } from '../row-cell.js';
import { mayRepeat } from './row-repeated.js';
import { type Stretch, type Typical, isOpen } from './row-stretches.js';

/** So many rows are a list beside a selection, which is higher than them by so much that it shows more. */
const FEWEST_BESIDE = 4;
const LOWER = 0.6;
/** The distance of two lines differs by so much from that of two others, by their letters. Pixels. */
const LETTERS = 4;

/**
 * The row height of which the stretches between boundaries are whole multiples, where JPEG swallowed some of the faint
 * ones, or neighbours have one colour: seen alone at least twice, or the pitch of the ink.
 */
export function unitHeight(profile: RowProfile, inked: readonly Stretch[], heights: Heights): number | null {
  const closed = inked.filter(({ openTop, openBottom }) => !openTop && !openBottom).map(heightOf);
  // A group's heading is no row.
  const whole = closed.filter((height) => height >= heights.least);
  if (whole.length === 1) return inked.some((stretch) => isAboveOne(stretch, whole[0])) ? whole[0] : null;
  if (whole.length < 2) return null;
  const sorted = [...whole].sort((a, b) => a - b);
  const seen = sorted.find(
    (height) => height >= heights.minHeight && sorted.filter((h) => Math.abs(h - height) <= 1).length >= 2,
  );
  const repeated = flatPitch(profile, inked, heights);
  const flat = repeated?.height;
  // A height seen twice may itself be several rows; two lines of one row may look like a pitch, but not so often.
  const isFlat =
    seen !== undefined && flat !== undefined && (seen > 2.5 * flat || repeated!.count > 2 * whole.length);
  const first = isFlat ? [flat, seen] : [seen, flat];
  for (const rough of first) {
    if (rough === undefined || rough > heights.maxHeight) continue;
    const times = whole.map((height) => Math.max(1, Math.round(height / rough)));
    const unit = sum(whole) / sum(times);
    if (whole.every((height, i) => Math.abs(height - times[i] * unit) <= EDGE_SLACK)) return unit;
  }
  return null;
}

/** What lies between the region's top and the one row that is drawn, as high as several of that. */
function isAboveOne(stretch: Stretch, unit: number): boolean {
  const times = Math.round(heightOf(stretch) / unit);
  return (
    stretch.openTop && !stretch.openBottom && times >= 2 && Math.abs(heightOf(stretch) - times * unit) <= 1
  );
}

/** Several whole rows between which a boundary is missing: each with ink in its middle, next to none at the cuts. */
export function unitParts(
  profile: RowProfile,
  stretch: Stretch,
  {
    unit,
    inked,
    heights,
  }: { readonly unit: number; readonly inked: readonly Stretch[]; readonly heights: Heights },
): Cell[] | null {
  const { top, bottom, openTop, openBottom } = stretch;
  const exact = (bottom - top) / unit;
  const times = openTop || openBottom ? Math.ceil(exact - 0.15) : Math.round(exact);
  if (times < 2 || (openTop && openBottom)) return null;
  // Without a JPEG's noise nothing but the list itself swallows a boundary, where it is open.
  if (profile.noise <= 1 && (openTop || openBottom) && !isAboveOne(stretch, unit)) return null;
  if (!openTop && !openBottom && Math.abs(bottom - top - times * unit) > EDGE_SLACK) return null;
  const isRow = (other: Stretch): boolean => !isOpen(other) && Math.abs(heightOf(other) - unit) <= EDGE_SLACK;
  if (!isOpen(stretch) && !mayRepeat(stretch, times, inked.filter(isRow))) return null;
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
  // One below a blank head is a row that is higher itself, or has the list's padding above it.
  return cells.length >= 2 || openBottom ? cells : null;
}

export function cutInk({ ink, height }: RowProfile, y: number): number {
  let least = Infinity;
  for (let at = Math.max(0, y - 3); at <= Math.min(height - 1, y + 1); at++) least = Math.min(least, ink[at]);
  return least;
}

export function flatPitch(profile: RowProfile, others: readonly Stretch[], heights: Heights): Typical | null {
  let best: Typical | null = null;
  for (const other of others) {
    const { pitch, cells } = flatRows(profile, other, heights);
    if (pitch === null || cells.length < 2) continue;
    // Of lines and of rows, those say more that go further.
    if (best !== null && cells.length * pitch <= best.count * best.height) continue;
    best = { height: pitch, regular: true, count: cells.length };
  }
  return best;
}

/**
 * The pitch of rows that no boundary parts, above and below the only one that has boundaries and is so much higher that it shows more:
 * it tells nothing of the others. Null where its own lines repeat as the others do: these are lines of rows like it.
 */
export function pitchBesideOne(
  profile: RowProfile,
  inked: readonly Stretch[],
  heights: Heights,
): Typical | null {
  const closed = inked.filter(({ openTop, openBottom }) => !openTop && !openBottom);
  if (closed.length !== 1) return null;
  const [one] = closed;
  const open = inked.filter((stretch) => stretch !== one);
  const repeated = flatPitch(profile, open, heights);
  if (repeated === null || repeated.count < FEWEST_BESIDE) return null;
  return !areApart(one.clusters, repeated.height) && repeated.height < LOWER * heightOf(one)
    ? repeated
    : null;
}

/**
 * The pitch of a list without separators, of which neighbours that are selected together make blocks, or strips with headings part
 * groups: the longest stretch that nothing parts tells it, and each block is a whole multiple of it high, with lines that repeat at it.
 * Null where each is but one row.
 */
export function pitchBesideBlocks(
  profile: RowProfile,
  inked: readonly Stretch[],
  heights: Heights,
): Typical | null {
  const closed = inked.filter(({ openTop, openBottom }) => !openTop && !openBottom);
  if (closed.length === 0 || closed.some(({ lined }) => lined)) return null;
  const repeated = flatPitch(profile, inked, heights);
  if (repeated === null) return null;
  const timesOf = (block: Stretch): number => Math.round(heightOf(block) / repeated.height);
  const isMultiple = (block: Stretch): boolean =>
    Math.abs(heightOf(block) - timesOf(block) * repeated.height) <= EDGE_SLACK;
  const blocks = closed.filter((block) => isMultiple(block) && timesOf(block) > 1);
  const headings = closed.filter((block) => !isMultiple(block));
  const times = blocks.map(timesOf);
  if (blocks.length === 0 || Math.max(...times) > repeated.count || !areStrips(headings, repeated))
    return null;
  const count = headings.length === 0 ? repeated.count : Math.max(repeated.count, sum(times));
  if (count < FEWEST_BESIDE) return null;
  const height = sum(blocks.map(heightOf)) / sum(times);
  const isParted = (block: Stretch): boolean => {
    const inks = unitParts(profile, block, { unit: height, inked, heights })?.map((row) => inkIn(block, row));
    return inks !== undefined && areApart(inks, height);
  };
  return blocks.every(isParted) ? { ...repeated, height } : null;
}

/** Strips of one line and of one height, lower than a row. */
function areStrips(others: readonly Stretch[], { height }: Typical): boolean {
  return others.every(
    (strip) =>
      strip.clusters.length === 1 &&
      heightOf(strip) < height &&
      Math.abs(heightOf(strip) - heightOf(others[0])) <= EDGE_SLACK,
  );
}

/** All ink of a stretch that is in a row. */
function inkIn({ clusters }: Stretch, { top, bottom }: Cell): Cell {
  const own = clusters.filter((ink) => middle(ink) >= top && middle(ink) < bottom);
  return { top: own[0]?.top ?? top, bottom: own[own.length - 1]?.bottom ?? bottom };
}

/** Whether each ink is as far from the one above it, but for what letters make. */
function areApart(inks: readonly Cell[], height: number): boolean {
  const middles = inks.map(middle);
  return middles.slice(1).every((at, i) => Math.abs(at - middles[i] - height) <= LETTERS);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
