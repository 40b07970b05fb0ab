import type { Rect } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';
import { mostFrequentColor } from '../../probe/color/most-frequent-color.js';
import { median } from './median.js';
import type { StrokeColumn } from './row-strokes.js';

/** A separator and its shadow. */
const EDGE = 3;
/** What neighbours in ink differ by, levels. */
const INK_LEVELS = 24;
/** A row that is lower than this share of the others is cut off. */
const CUT_SHARE = 0.75;
/** Levels; the ground of a heading or of the page differs by more from that of rows. */
const SAME_GROUND = 2;
/** Rows begin their text in one column; where their last cells are as wide, they end in one, too. */
const SAME_START = 4;

/** What lies between two boundaries: its ground, and the box of what is drawn on it. */
interface Band {
  readonly ground: readonly number[];
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * The region of a column's rows. Where separators are only between rows, there is one more row on both ends: on the ground of the others, its
 * text beginning where theirs does. What is lower at an end and is no such row, or ends before them, is a heading, not a row that is cut off.
 */
export function withOpenEnds(image: ImageBuffer, { x, width, at }: StrokeColumn): Rect {
  const step = median(at.slice(1).map((y, i) => y - at[i]));
  const bandAt = (from: number, to: number): Band | null => {
    const [y, end] = [Math.max(0, from + EDGE), Math.min(image.height, to - EDGE)];
    return end <= y ? null : bandOf(image, { x, y, width, height: end - y });
  };
  const inner = at.slice(1).map((y, i) => bandAt(at[i], y));
  const isRow = (band: Band | null): boolean =>
    band !== null && inner.some((row) => row !== null && row !== band && isAlike(row, band));
  const isLow = (i: number): boolean => at[i + 1] - at[i] < CUT_SHARE * step;
  const rows = inner.flatMap((row, i) =>
    row === null ? [] : [{ up: at[i + 1] - row.top, down: row.bottom - at[i] }],
  );
  const ends = inner.flatMap((row) => (row === null ? [] : [row.right]));
  const lastEnd = Math.max(...ends);
  const isRagged = ends.some((end) => end < lastEnd - SAME_START);
  /** How much of one more row is drawn: all of it, when its ink reaches as far as that of the others; less only of one that ends where they do. */
  const open = (band: Band | null, side: 'up' | 'down', reach: number): number => {
    if (!isRow(band)) return 0;
    if (reach >= median(rows.map((row) => row[side])) - EDGE) return step;
    return isRagged || band!.right >= lastEnd - SAME_START ? reach : 0;
  };
  const lastIndex = at.length - 2;
  const [top, bottom] = [at[0], at[lastIndex + 1]];
  const [above, below] = [bandAt(top - step, top), bandAt(bottom, bottom + step)];
  const y = isLow(0)
    ? isRow(inner[0])
      ? top
      : at[1]
    : Math.max(0, top - open(above, 'up', top - (above?.top ?? top)));
  const end = isLow(lastIndex)
    ? isRow(inner[lastIndex])
      ? bottom
      : at[lastIndex]
    : Math.min(image.height, bottom + open(below, 'down', (below?.bottom ?? bottom) - bottom));
  return { x, y, width, height: end - y };
}

const isAlike = (a: Band, b: Band): boolean =>
  Math.abs(a.left - b.left) <= SAME_START &&
  a.ground.every((level, channel) => Math.abs(level - b.ground[channel]) <= SAME_GROUND);

/** Null when nothing is drawn. */
function bandOf(image: ImageBuffer, rect: Rect): Band | null {
  const { data, width: stride } = image;
  let [left, right, top, bottom] = [Infinity, 0, Infinity, 0];
  for (let y = rect.y; y < rect.y + rect.height; y++) {
    for (let x = rect.x + EDGE; x < rect.x + rect.width - EDGE; x++) {
      const p = 4 * (y * stride + x);
      for (let channel = 0; channel < 3; channel++) {
        if (Math.abs(data[p + channel] - data[p + channel - 4]) <= INK_LEVELS) continue;
        left = Math.min(left, x);
        right = Math.max(right, x + 1);
        top = Math.min(top, y);
        bottom = y + 1;
      }
    }
  }
  return bottom === 0 ? null : { ground: mostFrequentColor(image, rect), left, right, top, bottom };
}
