import type { Cell } from './row-grid.js';

/** Where one may reach into the next one, by what a fraction of a pixel is rounded. */
const ROUNDED = 1;

/** Rows from top to bottom: where boundaries and ink contradict each other, a row ends where the next one begins. */
export function withoutOverlaps<Row extends Cell>(rows: readonly Row[]): readonly Row[] {
  return rows.map((row, i) => {
    const next = rows.at(i + 1);
    return next !== undefined && next.top < row.bottom - ROUNDED ? { ...row, bottom: next.top } : row;
  });
}
