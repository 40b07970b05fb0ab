import type { Cell } from '../row-cell.js';
import type { InkCluster } from '../profile/row-clusters.js';
import type { Heights } from '../row-heights.js';
import { middle } from '../profile/row-ink.js';

/** Letters move the top of a line by this much at most. Pixels. */
export const LETTERS = 6;
/** A first row's blank above its ink, at most, in heights of the ink. */
const HEAD_ROOM = 3;
/** So many distances between rows tell that these are nearly of one height. */
const FEWEST_EVEN = 4;

/**
 * Rows of unequal height from their inks alone: they meet halfway between these. Lines are joined to rows until none is lower than
 * the caller knows rows to be; each is as high as is to be expected.
 */
export function unevenRows(
  inks: readonly InkCluster[],
  stretch: Cell,
  { minHeight, maxHeight, least }: Heights,
): Cell[] {
  const rows = [...inks];
  let cells = between(rows, stretch);
  for (;;) {
    const heights = cells.map(({ top, bottom }) => bottom - top);
    const low = heights.indexOf(Math.min(...heights));
    if (heights[low] >= least || rows.length === 1) break;
    const gapBelow = (i: number): number => rows[i + 1].top - rows[i].bottom;
    const upper = low === 0 || (low < rows.length - 1 && gapBelow(low) < gapBelow(low - 1)) ? low : low - 1;
    if (cells[upper + 1].bottom - cells[upper].top > maxHeight) break;
    rows.splice(upper, 2, { top: rows[upper].top, bottom: rows[upper + 1].bottom });
    cells = between(rows, stretch);
  }
  return cells.map(({ top, bottom }) => {
    const more = Math.max(0, minHeight - (bottom - top));
    // A row that begins within the stretch does not begin above it.
    const over = top < stretch.top ? more / 2 : Math.min(more / 2, top - stretch.top);
    return { top: Math.round(top - over), bottom: Math.round(bottom + more - over) };
  });
}

/**
 * Cells that meet halfway between the inks, or between that and where the first row's room above its ink puts them: a
 * picture on top and a text below have different room. The outer ones as wide as their inner half, or up to the stretch's end.
 */
function between(inks: readonly InkCluster[], stretch: Cell): Cell[] {
  const headRoom = inks[0].top - stretch.top;
  const room = (i: number): { over: number; under: number } => {
    const gap = inks[i + 1].top - inks[i].bottom;
    // More room than that is a first line without tall letters.
    const isTop = headRoom < gap / 2 && headRoom >= gap / 2 - LETTERS;
    const over = isTop ? (headRoom + gap / 2) / 2 : gap / 2;
    return { over, under: gap - over };
  };
  return inks.map((ink, i) => {
    const above = i === 0 ? undefined : room(i - 1).over;
    const below = i === inks.length - 1 ? undefined : room(i).under;
    const height = Math.max(4, ink.bottom - ink.top);
    // Ink that begins above the stretch is cut by it.
    const hasHead = i === 0 && headRoom >= 0 && headRoom <= HEAD_ROOM * height;
    const head = hasHead ? headRoom : undefined;
    const padding = above ?? head ?? below ?? 0.5 * height;
    const over = above ?? head ?? below ?? padding;
    const under = below ?? padding;
    return { top: ink.top - over, bottom: ink.bottom + under };
  });
}

/** The least distance of two middles, and how much larger the others are; 0 and Infinity where there are too few to tell. Pixels. */
export function distancesOf(inks: readonly InkCluster[]): {
  readonly distance: number;
  readonly off: number;
} {
  const distances = inks.slice(1).map((ink, i) => middle(ink) - middle(inks[i]));
  if (distances.length < FEWEST_EVEN) return { distance: 0, off: Infinity };
  const distance = Math.min(...distances);
  return { distance, off: Math.max(...distances) - distance };
}

/**
 * Rows of nearly one height hold what they hold in their middle, a button that is higher than the text, too. Null where their middles are
 * not nearly as far apart.
 */
export function centredRows(inks: readonly InkCluster[], stretch: Cell, { least }: Heights): Cell[] | null {
  const { distance, off } = distancesOf(inks);
  if (off > LETTERS || distance < least) return null;
  const middles = inks.map(middle);
  const between = middles.slice(1).map((at, i) => (middles[i] + at) / 2);
  const first = 2 * middles[0] - between[0];
  const last = 2 * middles[middles.length - 1] - between[between.length - 1];
  const top = Math.abs(first - stretch.top) <= LETTERS ? stretch.top : first;
  const ends = [top, ...between, last].map(Math.round);
  return inks.map((_, i) => ({ top: ends[i], bottom: ends[i + 1] }));
}
