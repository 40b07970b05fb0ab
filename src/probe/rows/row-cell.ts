import type { Cell } from './row-grid.js';

/** Edges may be this far off before a row counts as cut. */
export const EDGE_SLACK = 2;

export function heightOf({ top, bottom }: Cell): number {
  return bottom - top;
}
