import { EDGE_SLACK, heightOf, type Cell } from './row-cell.js';
import { BORDER } from './bounded/row-stretches.js';

interface Row extends Cell {
  readonly partial: boolean;
}

/** Of rows that contradict each other, at most. */
const CONTRADICTED = 0.5;
/** Of rows that may be others. */
const DOUBTFUL = 0.8;
/** So many rows tell how high the list's rows are. */
const FEWEST = 3;
/** A JPEG moves a boundary by so many pixels; where its boundaries are not clear, this share of the rows is off by as many. */
const BLUR = 6;
const MOST_BLURRED = 0.75;

/** How sure the heights of the rows allow to be, 0..1. */
export function highestConfidence(
  rows: readonly Row[],
  { minHeight, noise }: { readonly minHeight: number; readonly noise: number },
): number {
  const whole = rows.filter(({ partial }) => !partial);
  if (contradict(whole, minHeight)) return CONTRADICTED;
  const isDoubtful =
    whole.length >= FEWEST && (mayBeHeading(rows[0], whole) || (noise > 1 && areBlurred(whole)));
  return isDoubtful ? DOUBTFUL : 1;
}

/**
 * Rows on top of each other, or one lower than a line of text, if only a little where another is far higher: boundaries and ink do
 * not agree on what the rows are.
 */
function contradict(whole: readonly Row[], minHeight: number): boolean {
  const overlap = whole.some(({ top }, i) => i > 0 && top < whole[i - 1].bottom - EDGE_SLACK);
  const heights = whole.map(heightOf);
  const highest = Math.max(...heights);
  const isTooLow = (height: number): boolean =>
    height < minHeight - EDGE_SLACK || (height < minHeight && 2 * height < highest);
  return overlap || heights.some(isTooLow);
}

/** A first row lower than all the others by more than a border cuts off, with nothing but the region's top above it. */
function mayBeHeading(first: Row, whole: readonly Row[]): boolean {
  if (first !== whole[0] || first.top > BORDER) return false;
  return whole.slice(1).every((row) => heightOf(row) > heightOf(first) + BORDER);
}

/** True when nearly all rows are as high as another one but for a few pixels: a line of text more would make a row higher. */
function areBlurred(whole: readonly Row[]): boolean {
  const heights = whole.map(heightOf);
  const isOff = (height: number): boolean =>
    heights.some((other) => {
      const off = Math.abs(other - height);
      return off > EDGE_SLACK && off <= BLUR;
    });
  return heights.filter(isOff).length > MOST_BLURRED * heights.length;
}
