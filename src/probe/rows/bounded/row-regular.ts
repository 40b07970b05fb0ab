import { inkClusters, inkFloor } from '../profile/row-clusters.js';
import { CUT_INK, mostInk, middleOf } from '../profile/row-ink.js';
import type { Inked } from '../flat/row-lines.js';
import type { RowProfile } from '../profile/row-profile.js';
import { EDGE_SLACK, heightOf, type Cell } from '../row-cell.js';
import { mayRepeat } from './row-repeated.js';
import { BORDER } from './row-stretches.js';
import { cutInk } from './row-units.js';

/** So many rows, and most of all, are of one height and one distance. */
const FEWEST_ALIKE = 4;
/** A gap between rows is lower than this share of them. */
const GAP_SHARE = 0.75;
/** Pixels of a JPEG's block. */
const BLOCK = 8;
/** Rows of one height are as high as each other but for rounding; this share of them may not be where a JPEG moved a boundary. */
const EVEN = 1;
const FEW_OFF = 0.4;
/** A row lies where at least this share of it was found. */
const SEEN = 0.5;

/**
 * In a JPEG, which swallows some of the faint edges and blurs others: where most rows are of one height and at one distance, what was
 * found otherwise in the place of one or of several of them, or nothing, is these, if each has ink and nothing is drawn between them.
 */
export function regularRows(profile: RowProfile, found: readonly Cell[]): readonly Cell[] {
  const grid = profile.noise > 1 ? gridOf(found) : null;
  if (grid === null) return found;
  const gap = grid.pitch - grid.height;
  const inked = (cell: Cell): Inked => ({ ...cell, clusters: inkClusters(profile, cell) });
  const rows = found
    .filter((cell) => isOn(cell, grid))
    .map(inked)
    .filter(({ clusters }) => clusters.length > 0);
  const holes = found.slice(1).flatMap(({ top }, i) => {
    const hole = { top: found[i].bottom + gap, bottom: top - gap };
    return heightOf(hole) >= grid.height - EDGE_SLACK ? [hole] : [];
  });
  const all = [...found, ...holes]
    .sort((a, b) => a.top - b.top)
    .flatMap((cell) => {
      const rest = holes.includes(cell) ? [] : [cell];
      if (isOn(cell, grid) && rest.length > 0) return rest;
      const cells = cellsIn(cell, grid);
      const isRow = rest.length > 0 && cells.length > 1 && !mayRepeat(inked(cell), cells.length, rows);
      return cells.length > 0 && !isRow && isFilled(profile, cell, { cells, gap, found }) ? cells : rest;
    });
  return straightened(all, grid.height);
}

/** With the boundary of two rows halfway between their ends where they are as high as two together, and nearly all others as one. */
function straightened(cells: readonly Cell[], height: number): readonly Cell[] {
  const others = cells.filter((cell) => Math.abs(heightOf(cell) - height) > EVEN);
  if (others.length > FEW_OFF * cells.length) return cells;
  const ends = cells.map(({ bottom }, i) => {
    const next = cells.at(i + 1);
    if (next?.top !== bottom || !others.includes(cells[i])) return bottom;
    const isPair = Math.abs(heightOf(cells[i]) + heightOf(next) - 2 * height) <= EVEN;
    return isPair && Math.abs(heightOf(cells[i]) - height) <= BLOCK / 2 ? cells[i].top + height : bottom;
  });
  return cells.map(({ top }, i) => ({
    top: i > 0 && cells[i - 1].bottom === top ? ends[i - 1] : top,
    bottom: ends[i],
  }));
}

/** Those of the grid that lie in a cell for the most part. */
function cellsIn(cell: Cell, { top, height, pitch }: Grid): readonly Cell[] {
  const first = Math.ceil((cell.top - (1 - SEEN) * height - top) / pitch);
  const last = Math.floor((cell.bottom - SEEN * height - top) / pitch);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => {
    const at = Math.round(top + (first + i) * pitch);
    return { top: at, bottom: at + height };
  });
}

/** Whether they fill the cell but for a gap, or but for what a JPEG carries over the region's end, and are rows. */
function isFilled(
  profile: RowProfile,
  cell: Cell,
  { cells, gap, found }: Readonly<{ cells: readonly Cell[]; gap: number; found: readonly Cell[] }>,
): boolean {
  const { height } = profile;
  const [top, bottom] = [cells[0].top, cells[cells.length - 1].bottom];
  const ends = (y: number): boolean => found.some((other) => Math.abs(other.bottom - y) <= EDGE_SLACK);
  const begins = (y: number): boolean => found.some((other) => Math.abs(other.top - y) <= EDGE_SLACK);
  const most = (distance: number): number => (distance <= EDGE_SLACK ? BORDER : gap + EDGE_SLACK);
  return (
    top >= 0 &&
    bottom <= height &&
    (Math.abs(cell.top - top) <= most(top) ||
      (ends(top) && isBlank(profile, { top, bottom: cell.top }, cells[0]))) &&
    (Math.abs(cell.bottom - bottom) <= most(height - bottom) ||
      (begins(bottom) && isBlank(profile, { top: cell.bottom, bottom }, cells[0]))) &&
    areInked(profile, cells, cell)
  );
}

/** Whether what was taken for the end of a row is that of something in it, or was seen twice, with nothing up to the row's own. */
function isBlank(profile: RowProfile, between: Cell, row: Cell): boolean {
  const height = heightOf(between);
  const most = Math.max(BLOCK, (1 - SEEN) * heightOf(row));
  return height > 0 && height <= most && inkClusters(profile, between).length === 0;
}

interface Grid {
  readonly top: number;
  readonly height: number;
  readonly pitch: number;
}

/** Where most of the rows lie; null where they do not. */
function gridOf(found: readonly Cell[]): Grid | null {
  if (found.length < FEWEST_ALIKE) return null;
  const height = middleOf(found.map(heightOf));
  const alike = found.filter((cell) => Math.abs(heightOf(cell) - height) <= EDGE_SLACK);
  const steps = alike.slice(1).map(({ top }, i) => top - alike[i].top);
  const near = steps.filter((step) => step < (1 + GAP_SHARE) * height);
  if (alike.length < FEWEST_ALIKE || near.length < FEWEST_ALIKE / 2) return null;
  const rough = middleOf(near);
  // From each row to the one half the list below: a row that is off at an end moves one of these steps, not all.
  const half = alike.length >> 1;
  const far = alike.slice(half).map(({ top }, i) => top - alike[i].top);
  const pitch = middleOf(far.map((step) => step / Math.round(step / rough)));
  const grid = { top: alike[half].top, height, pitch };
  const on = found.filter((cell) => isOn(cell, grid));
  if (on.length < FEWEST_ALIKE || on.length < alike.length - 1 || 2 * on.length < found.length) return null;
  const off = middleOf(on.map((cell) => cell.top - nearestTop(cell, grid)));
  return { ...grid, top: grid.top + off };
}

function isOn(cell: Cell, grid: Grid): boolean {
  return (
    Math.abs(heightOf(cell) - grid.height) <= EDGE_SLACK &&
    Math.abs(cell.top - nearestTop(cell, grid)) <= EDGE_SLACK
  );
}

function nearestTop({ top }: Cell, grid: Grid): number {
  return grid.top + Math.round((top - grid.top) / grid.pitch) * grid.pitch;
}

/** Each has ink, and next to none is where they part. */
function areInked(profile: RowProfile, cells: readonly Cell[], { top, bottom }: Cell): boolean {
  const floor = inkFloor(profile.ink, { top: Math.max(0, top), bottom: Math.min(profile.height, bottom) });
  return cells.every((row, i) => {
    const isInked = inkClusters(profile, row).length > 0;
    return isInked && (i === 0 || cutInk(profile, row.top) - floor <= CUT_INK * mostInk(profile, row));
  });
}
