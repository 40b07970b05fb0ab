import type { Rect } from '../../core/geometry.js';
import type { FlatPart } from './flat-parts.js';

/** Columns with boundaries of rows one below the other, all of the same extent. */
export interface StrokeColumn {
  readonly x: number;
  readonly width: number;
  /** Where the boundaries are, in order, at least three, no further apart than a row is high. */
  readonly at: readonly number[];
}

export interface RowLimits {
  readonly minHeight: number;
  readonly maxHeight: number;
  readonly minWidth: number;
}

/** Cells of a row stand this near to each other, and what ends this near to each other ends at one line. CSS pixels. */
const CELL_GAP = 4;
const SAME_END = 3;
/** A separator, with room on both sides, is one boundary. */
const SEPARATOR = 12;
const MIN_BOUNDARIES = 3;

interface Stroke {
  readonly y: number;
  readonly from: number;
  to: number;
}

/**
 * The stretches of the screen that are parted into rows by something drawn: stripes, cards, cells and separators all begin and end at
 * straight horizontal sides, which are joined across the cells of a row and collected by where they begin and end. `scale`: device
 * pixels of a CSS pixel.
 */
export function strokeColumns(
  parts: readonly FlatPart[],
  { maxHeight, minWidth }: RowLimits,
  scale: number,
): readonly StrokeColumn[] {
  const columns = new Map<string, { from: number; to: number; ys: number[] }>();
  const end = (x: number): number => Math.round(x / (SAME_END * scale));
  for (const { y, from, to } of joined(parts, CELL_GAP * scale)) {
    if (to - from < minWidth) continue;
    const keys = [-1, 0, 1].flatMap((a) => [-1, 0, 1].map((b) => `${end(from) + a} ${end(to) + b}`));
    const known = keys.map((key) => columns.get(key)).find((column) => column !== undefined);
    if (known === undefined) columns.set(keys[4], { from, to, ys: [y] });
    else known.ys.push(y);
  }
  return [...columns.values()].flatMap(({ from, to, ys }) =>
    runs(boundaries(ys, SEPARATOR * scale), maxHeight).map((at) => ({
      ...{ x: from, width: to - from, at },
    })),
  );
}

/** Upper and lower sides of parts, those beside each other at one height as one. */
function joined(parts: readonly Rect[], gap: number): readonly Stroke[] {
  const sides = parts
    .flatMap(({ x, y, width, height }) => [y, y + height].map((at) => ({ y: at, from: x, to: x + width })))
    .sort((a, b) => a.y - b.y || a.from - b.from);
  const strokes: Stroke[] = [];
  for (const side of sides) {
    const last = strokes.at(-1);
    if (last?.y === side.y && side.from - last.to <= gap) last.to = Math.max(last.to, side.to);
    else strokes.push(side);
  }
  return strokes;
}

function boundaries(ys: readonly number[], within: number): readonly number[] {
  const sorted = [...ys].sort((a, b) => a - b);
  return sorted.filter((y, i) => i === 0 || y - sorted[i - 1] > within);
}

function runs(at: readonly number[], maxHeight: number): readonly (readonly number[])[] {
  const found: number[][] = [];
  for (const y of at) {
    const last = found.at(-1);
    if (last !== undefined && y - last[last.length - 1] <= maxHeight) last.push(y);
    else found.push([y]);
  }
  return found.filter(({ length }) => length >= MIN_BOUNDARIES);
}
