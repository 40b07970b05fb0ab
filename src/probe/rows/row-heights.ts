import type { Stretch } from './bounded/row-stretches.js';
import { heightOf, type Cell } from './row-cell.js';

export interface Heights {
  /** What to expect, in pixels: nothing is looked for that repeats at less, or at more. */
  readonly minHeight: number;
  readonly maxHeight: number;
  /** What the caller knows: no whole row is lower or higher, whatever is drawn. 0 and Infinity where nothing is known. */
  readonly least: number;
  readonly most: number;
}

/** Between lines a row may be this many times higher than expected; between gaps a card, or in a list that is drawn a paragraph, of a screen twice as dense. */
const LINED = 1.5;
const DENSE = 2;

export function isTooHigh({ top, bottom, lined, isCard }: Stretch, { maxHeight, most }: Heights): boolean {
  return bottom - top > Math.min(most, (isCard ? DENSE : lined ? LINED : 1) * maxHeight);
}

/** Of what is known to be one row. */
export function isFarTooHigh(row: Cell, { maxHeight, most }: Heights): boolean {
  return heightOf(row) > Math.min(most, DENSE * maxHeight);
}
