import { inkClusters, inkFloor } from './row-clusters.js';
import type { Cell } from './row-grid.js';
import { mostInk } from './row-ink.js';
import type { RowProfile } from './row-profile.js';
import { EDGE_SLACK, heightOf, middleOf } from './row-stretches.js';
import { CUT_INK, cutInk } from './row-units.js';

/** So many rows, and most of all, are of one height and one distance. */
const FEWEST_ALIKE = 4;
/** A gap between rows is lower than this share of them. */
const GAP_SHARE = 0.75;
/** A row lies where at least this share of it was found. */
const SEEN = 0.5;

/**
 * In a JPEG, which swallows some of the faint edges and blurs others: where most rows are of one height and at one distance, what was
 * found otherwise in the place of one or of several of them is these, if each has ink and nothing is drawn between them.
 */
export function regularRows(profile: RowProfile, found: readonly Cell[]): readonly Cell[] {
  const grid = profile.noise > 1 ? gridOf(found) : null;
  if (grid === null) return found;
  const { height, pitch } = grid;
  const gap = pitch - height;
  return found.flatMap((cell) => {
    if (isOn(cell, grid)) return [cell];
    const first = Math.ceil((cell.top + SEEN * height - height - grid.top) / pitch);
    const last = Math.floor((cell.bottom - SEEN * height - grid.top) / pitch);
    const cells = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => {
      const top = Math.round(grid.top + (first + i) * pitch);
      return { top, bottom: top + height };
    });
    if (cells.length === 0) return [cell];
    const [top, bottom] = [cells[0].top, cells[cells.length - 1].bottom];
    const isWithin = [cell.top - top, cell.bottom - bottom].every((off) => Math.abs(off) <= gap + EDGE_SLACK);
    const isInside = top >= 0 && bottom <= profile.height;
    return isWithin && isInside && areInked(profile, cells, cell) ? cells : [cell];
  });
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
  // Over half of them, so that one that is off at an end tells as little as any other.
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
