import type { Rect } from '../../../core/geometry.js';
import type { ImageBuffer } from '../../../image/image-buffer.js';
import type { Colour } from './row-background.js';
import { INK_DIFFERENCE, LINE_HEIGHT } from './row-ink.js';

/** A line on letters is no thicker on a screen twice as dense, and no further below them. Pixels. */
const THICKEST = 6;
const NEAR = 4;
/** Levels of a channel that one colour differs by. */
const SAME_COLOUR = 5;
/** A shorter one takes too little of a row to be taken for its background. Share of the row. */
const SHORTEST = 0.1;
/** Without a letter it goes on for so many pixels: between two words, or below the dots of what is cut off. */
const BLANK = 2 * LINE_HEIGHT;
/** In each pixel row letters leave more of it free than this share; a picture or the side of a box does not. */
const MOST_COVERED = 0.8;
/** So near to both sides the ground shows beside it, among letters maybe. Pixels. */
const SIDE = 8;
/** A row of it has no gaps but for a few. Share. */
const DRAWN = 0.95;

interface Strike {
  readonly image: ImageBuffer;
  readonly ground: Colour;
  readonly line: Colour;
  /** Pixel row of the image, and first and last column, this one exclusive. */
  readonly y: number;
  readonly from: number;
  readonly to: number;
}

/**
 * The row after a line that strikes letters through or underlines them, begins in `row` and has the colour `line`: it ends before both sides of the area, with
 * letters on it from one end to the other, as no separator has them. Like them it is drawn on the ground, and no background. `row` itself
 * where there is none. Cost: the row's pixels, and those beside a line.
 */
export function endOfStrike(
  image: ImageBuffer,
  area: Rect,
  row: number,
  colours: Pick<Strike, 'ground' | 'line'>,
): number {
  if (row < NEAR) return row;
  const y = area.y + row;
  const whole = { image, ...colours, y, from: area.x, to: area.x + area.width };
  const { from, to } = longestRun(whole);
  const isBetween = showsGround(whole, whole.from) && showsGround(whole, whole.to - SIDE);
  const strike = { image, ...colours, y, from, to };
  if (!isBetween || to - from < SHORTEST * area.width || !isOnLetters(strike)) return row;
  let end = row + 1;
  while (end < area.height && end - row <= THICKEST && inkAt(strike, end - row).share >= DRAWN) end++;
  return end - row <= THICKEST ? end : row;
}

/** The most columns beside each other that are of the line's colour. */
function longestRun({ image: { data, width }, line, y, from, to }: Strike): Pick<Strike, 'from' | 'to'> {
  let longest = { from, to: from };
  let start = from;
  for (let x = from; x <= to; x++) {
    if (x < to && off(data, 4 * (y * width + x), line) <= SAME_COLOUR) continue;
    if (x - start > longest.to - longest.from) longest = { from: start, to: x };
    start = x + 1;
  }
  return longest;
}

/** Whether the ground is to be seen in one of the columns from `x` on. */
function showsGround({ image: { data, width }, ground, y }: Strike, x: number): boolean {
  for (let at = x; at < x + SIDE; at++)
    if (off(data, 4 * (y * width + at), ground) <= SAME_COLOUR) return true;
  return false;
}

/** Whether there are letters right above it all along. */
function isOnLetters(strike: Strike): boolean {
  const above = Array.from({ length: NEAR }, (_, i) => inkAt(strike, -1 - i));
  if (above.some(({ share }) => share > MOST_COVERED)) return false;
  const columns = above.flatMap((row) => row.columns).sort((a, b) => a - b);
  const ends = [strike.from, ...columns, strike.to];
  return ends.slice(1).every((x, i) => x - ends[i] <= BLANK);
}

/** Where its columns have ink so many rows further down, and how much of them. */
function inkAt(
  { image: { data, width }, ground, y, from, to }: Strike,
  down: number,
): { readonly columns: readonly number[]; readonly share: number } {
  const columns: number[] = [];
  for (let x = from; x < to; x++)
    if (off(data, 4 * ((y + down) * width + x), ground) > INK_DIFFERENCE) columns.push(x);
  return { columns, share: columns.length / (to - from) };
}

function off(data: Uint8Array, p: number, { r, g, b }: Colour): number {
  return Math.max(Math.abs(data[p] - r), Math.abs(data[p + 1] - g), Math.abs(data[p + 2] - b));
}
