import { type Rect, intersect } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';
import { CELL } from './foreign-cells.js';

/** Where the pictures differ. */
export interface Changed {
  readonly region: Rect;
  /** The lines of it in which something changed. */
  readonly within: Rect;
}

/** The page before, with some of what changed as it is after. */
export interface ChangedPage {
  readonly page: ImageBuffer;
  /** Where it changed so. */
  readonly parts: readonly Rect[];
}

/** `region` from its first line that is not as it was to its last one, in whole cells; of no height where all are. */
export function changedLines(before: ImageBuffer, after: ImageBuffer, region: Rect): Rect {
  const isChanged = (y: number): boolean => {
    const from = 4 * (y * before.width + region.x);
    const to = from + 4 * region.width;
    return Buffer.compare(before.data.subarray(from, to), after.data.subarray(from, to)) !== 0;
  };
  let top = region.y;
  let bottom = region.y + region.height;
  while (top < bottom && !isChanged(top)) top++;
  while (bottom > top && !isChanged(bottom - 1)) bottom--;
  const [first, end] = [Math.floor((top - region.y) / CELL), Math.ceil((bottom - region.y) / CELL)];
  return intersect(region, { ...region, y: region.y + CELL * first, height: CELL * (end - first) });
}
