import type { Rect } from '../../core/geometry.js';
import { CELL, type ForeignCells } from './foreign-cells.js';

/** Fewer foreign samples of a cell's 16 are codec noise or a line passing by. */
const MIN_SAMPLES = 3;
/** Cells this far apart are one group: a popup in the colour of the page shows only by its border and its text. */
const REACH = 2;

/**
 * The boxes of groups of foreign cells, largest first, in image pixels and cut to the region. A flood fill over a few
 * thousand cells at most.
 */
export function cellGroups({ columns, rows, counts }: ForeignCells, region: Rect): Rect[] {
  const seen = new Uint8Array(counts.length);
  const stack = new Int32Array(counts.length);
  const groups: Rect[] = [];
  for (let start = 0; start < counts.length; start++) {
    if (seen[start] !== 0 || counts[start] < MIN_SAMPLES) continue;
    let depth = 0;
    let left = columns;
    let right = -1;
    let top = rows;
    let bottom = -1;
    stack[depth++] = start;
    seen[start] = 1;
    while (depth > 0) {
      const cell = stack[--depth];
      const x = cell % columns;
      const y = (cell - x) / columns;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
      for (let ny = Math.max(0, y - REACH); ny <= Math.min(rows - 1, y + REACH); ny++) {
        for (let nx = Math.max(0, x - REACH); nx <= Math.min(columns - 1, x + REACH); nx++) {
          const near = ny * columns + nx;
          if (seen[near] !== 0 || counts[near] < MIN_SAMPLES) continue;
          seen[near] = 1;
          stack[depth++] = near;
        }
      }
    }
    const x = region.x + left * CELL;
    const y = region.y + top * CELL;
    groups.push({
      x,
      y,
      width: Math.min(region.x + region.width, region.x + (right + 1) * CELL) - x,
      height: Math.min(region.y + region.height, region.y + (bottom + 1) * CELL) - y,
    });
  }
  return groups.sort((a, b) => b.width * b.height - a.width * a.height);
}
