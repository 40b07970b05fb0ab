import { inkClusters, inkFloor } from './row-clusters.js';
import { flatRows } from './row-flat.js';
import type { Cell } from './row-grid.js';
import { CUT_INK, middle, mostInk } from './row-ink.js';
import type { RowProfile } from './row-profile.js';
import type { Heights } from './row-heights.js';
import { EDGE_SLACK, heightOf } from './row-cell.js';
import { type Stretch, type Typical } from './row-stretches.js';

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
  const whole = inked.filter(({ openTop, openBottom }) => !openTop && !openBottom).map(heightOf);
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
  unit: number,
  heights: Heights,
): Cell[] | null {
  const { top, bottom, openTop, openBottom } = stretch;
  const exact = (bottom - top) / unit;
  const times = openTop || openBottom ? Math.ceil(exact - 0.15) : Math.round(exact);
  if (times < 2 || (openTop && openBottom)) return null;
  // Without a JPEG's noise nothing but the list itself swallows a boundary, where it is open.
  if (profile.noise <= 1 && (openTop || openBottom) && !isAboveOne(stretch, unit)) return null;
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
  return !repeatsAt(one, repeated.height) && repeated.height < LOWER * heightOf(one) ? repeated : null;
}

/**
 * The pitch of a list without separators, of which neighbours that are selected together make blocks: the longest stretch that nothing
 * parts tells it, and each block is a whole multiple of it high, with lines that repeat at it. Null where each is but one row.
 */
export function pitchBesideBlocks(
  profile: RowProfile,
  inked: readonly Stretch[],
  heights: Heights,
): Typical | null {
  const blocks = inked.filter(({ openTop, openBottom }) => !openTop && !openBottom);
  if (blocks.length === 0 || blocks.some(({ lined }) => lined)) return null;
  const repeated = flatPitch(profile, inked, heights);
  if (repeated === null || repeated.count < FEWEST_BESIDE) return null;
  const times = blocks.map((block) => Math.round(heightOf(block) / repeated.height));
  if (Math.max(...times) < 2 || Math.max(...times) > repeated.count) return null;
  const height = sum(blocks.map(heightOf)) / sum(times);
  const isParted = (block: Stretch, i: number): boolean =>
    Math.abs(heightOf(block) - times[i] * repeated.height) <= EDGE_SLACK &&
    (times[i] === 1 || (repeatsAt(block, height) && unitParts(profile, block, height, heights) !== null));
  return blocks.every(isParted) ? { ...repeated, height } : null;
}

/** Whether each line is as far from the one above it, but for what letters make. */
function repeatsAt({ clusters }: Stretch, height: number): boolean {
  const middles = clusters.map(middle);
  return middles.slice(1).every((at, i) => Math.abs(at - middles[i] - height) <= LETTERS);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
