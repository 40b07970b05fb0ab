import type { Rect } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';
import { mostFrequentColor } from '../../probe/color/most-frequent-color.js';
import { median } from './median.js';
import { inkedColumns } from './row-columns.js';

/** Fewer rows have ink in one column by chance. */
const MIN_INNER = 3;
/** Of fewer, one may have the shortest text in most cells by chance. */
const MANY_INNER = 10;
/** Ink this near to a column counts for it; columns nearer to each other than `cell` are of one cell, or of the buttons of a row. CSS pixels. */
const NEAR = 3;
const CELL = 40;
/** What a heading lacks at least, CSS pixels, and of the columns with ink in all rows, times their number: any row may hold the shortest text of a cell or two. */
const LACKED = { pixels: 3, share: 0.25 };
/** A row's own line may make it so much higher. CSS pixels. */
const SAME_HEIGHT = 2;
/** A row that is lower than this share of the others is cut off. */
const CUT_SHARE = 0.75;
/** Levels. */
const SAME_GROUND = 2;

/**
 * Rows without the titles of columns above them and the status bar below. These have no ink, in two cells or more, where all the
 * other rows have some, and they have another ground or height, or there are many others; or they have another ground and another
 * height than rows that are all alike. A row that is selected is as high as the others and has its letters where they have, and one
 * whose button or icon is missing lacks it in one cell. `scale`: device pixels of a CSS pixel.
 */
export function withoutHeadings(image: ImageBuffer, rows: readonly Rect[], scale: number): readonly Rect[] {
  const whole = median(rows.map(({ height }) => height)) * CUT_SHARE;
  const inner = rows.slice(1, -1).filter(({ height }) => height >= whole);
  if (inner.length < MIN_INNER) return rows;
  const inked = inner.map((row) => inkedColumns(image, row));
  const usual = Math.max(
    ...inked.map((row) =>
      lacked(
        row,
        inked.filter((other) => other !== row),
        scale,
      ),
    ),
  );
  const shared = inked[0].filter((_, x) => inked.every((row) => row[x])).length;
  const least = Math.max(LACKED.pixels * scale, (LACKED.share * shared) / inner.length, 2 * usual);
  const heights = inner.map(({ height }) => height);
  const [lowest, highest] = [Math.min(...heights), Math.max(...heights)];
  const grounds = inner.map((row) => groundOf(image, row));
  const isHeading = (row: Rect): boolean => {
    const ground = groundOf(image, row);
    const isOtherGround = !grounds.some((other) =>
      other.every((level, channel) => Math.abs(level - ground[channel]) <= SAME_GROUND),
    );
    const isOtherHeight =
      Math.max(lowest - row.height, row.height - highest) > SAME_HEIGHT * scale &&
      highest - lowest <= SAME_HEIGHT * scale;
    if (isOtherGround && isOtherHeight) return true;
    return (
      (isOtherGround || isOtherHeight || inner.length >= MANY_INNER) &&
      lacked(inkedColumns(image, row), inked, scale) >= least
    );
  };
  return rows.slice(isHeading(rows[0]) ? 1 : 0, isHeading(rows[rows.length - 1]) ? -1 : undefined);
}

/** In how many columns a row has no ink though all the others have, without those of the cell it lacks most of. */
function lacked(row: readonly boolean[], others: readonly (readonly boolean[])[], scale: number): number {
  const cells: { to: number; count: number }[] = [];
  for (let x = 0; x < row.length; x++) {
    if (!others.every((other) => other[x])) continue;
    if (row.slice(Math.max(0, x - NEAR * scale), x + NEAR * scale + 1).includes(true)) continue;
    const last = cells.at(-1);
    if (last !== undefined && x - last.to <= CELL * scale) {
      last.to = x;
      last.count++;
    } else cells.push({ to: x, count: 1 });
  }
  const counts = cells.map(({ count }) => count);
  return counts.reduce((sum, count) => sum + count, 0) - Math.max(0, ...counts);
}

const groundOf = (image: ImageBuffer, { x, y, width, height }: Rect) =>
  mostFrequentColor(image, { x, y: y + SAME_HEIGHT, width, height: height - 2 * SAME_HEIGHT });
