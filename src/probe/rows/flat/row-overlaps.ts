import type { Cell } from '../row-cell.js';

/** Where one may reach into the next one, by what a fraction of a pixel is rounded. */
const ROUNDED = 1;
/** Both ends of what two stretches took for rows of their own are no further apart. Pixels. */
const SAME = 2;
/** What another row leaves of one is none where it is lower. Pixels. */
const LEAST = 3;

/**
 * From top to bottom, each once: a row that a false boundary cuts through may be found on both sides of it, and a row of one stretch reach
 * so far into the next that it begins below what was found there.
 */
export function inOrder(cells: readonly Cell[]): readonly Cell[] {
  const sorted = [...cells].sort((a, b) => a.top - b.top || a.bottom - b.bottom);
  return sorted.filter((cell, i) => {
    const above = sorted.at(i - 1);
    const isTwice =
      i > 0 && above !== undefined && isNear(above.top, cell.top) && isNear(above.bottom, cell.bottom);
    return !isTwice;
  });
}

function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) <= SAME;
}

/** Rows in order: where boundaries and ink contradict each other, a row ends where the next one begins, and is none where that leaves next to nothing of it. */
export function withoutOverlaps<Row extends Cell>(rows: readonly Row[]): readonly Row[] {
  return rows.flatMap((row, i) => {
    const next = rows.at(i + 1);
    if (next === undefined || next.top >= row.bottom - ROUNDED) return [row];
    return next.top - row.top < LEAST ? [] : [{ ...row, bottom: next.top }];
  });
}
