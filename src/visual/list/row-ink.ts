import type { Rect } from '../../core/index.js';
import { mostFrequentColor } from '../../probe/index.js';
import type { Look } from '../look.js';
import type { RowBox } from './row-shift.js';

/** Levels of a channel; what codecs add is less. */
const MIN_CONTRAST = 24;
/** A separator, or a card's border, at either edge. */
const EDGE = 3;
/** Letters begin a pixel or two beside each other. */
const ALIGNED = 3;

/**
 * Whether the last of several rows begins and ends in the columns where another one does, as rows of one list may and a toast does
 * not. Cost: one pass over the rows.
 */
export function isAligned(look: Look, rows: readonly RowBox[], region: Rect): boolean {
  const sides = rows.map((row) => sidesOf(look, { ...region, ...row }));
  const last = sides.pop();
  const isSame = (a: number, b: number): boolean => Math.abs(a - b) <= ALIGNED;
  return sides.some(
    (other) => other && last && isSame(other.left, last.left) && isSame(other.right, last.right),
  );
}

/** The first and last column in which something stands out from the row's ground, image pixels; null where nothing does. */
function sidesOf(look: Look, row: Rect): { readonly left: number; readonly right: number } | null {
  const { x, y, width, height } = look.toImage(row);
  const inner = { x, y: y + EDGE, width, height: Math.max(1, height - 2 * EDGE) };
  const { data, width: stride } = look.image;
  const ground = mostFrequentColor(look.image, inner);
  const isInk = (column: number): boolean => {
    for (let line = inner.y; line < inner.y + inner.height; line++) {
      const p = 4 * (line * stride + column);
      if (ground.some((level, i) => Math.abs(data[p + i] - level) > MIN_CONTRAST)) return true;
    }
    return false;
  };
  let [left, right] = [x, x + width - 1];
  while (left <= right && !isInk(left)) left++;
  while (right > left && !isInk(right)) right--;
  return left > right ? null : { left, right };
}
