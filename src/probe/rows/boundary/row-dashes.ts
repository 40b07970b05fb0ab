import { isInkAt } from '../profile/row-ink.js';
import type { RowProfile } from '../profile/row-profile.js';
import type { RowEdge } from './row-edges.js';
import { THICKEST_LINE } from './row-gaps.js';

/** Dashes cover this share of a line's width and reach over this share of it; each stands out more than ink has to. */
const DASHES = 0.3;
const DASHED_WIDTH = 0.9;
const DASH_STRENGTH = 48;
/** A stretch without a gap is a dash up to this share of the line; a longer one is what is filled of a bar. */
const LONGEST_DASH = 0.25;

/** Lines of dashes or dots: low ink from side to side that stands alone. */
export function dashedLines(profile: RowProfile): RowEdge[] {
  const { ink, left, right, height, columns } = profile;
  const isDashed = (y: number): boolean =>
    ink[y] >= DASHES * columns.width && right[y] - left[y] >= DASHED_WIDTH * columns.width;
  const lines: RowEdge[] = [];
  for (let y = 1; y < height; y++) {
    if (!isDashed(y - 1) || isDashed(y)) continue;
    let top = y - 1;
    while (top > 0 && isDashed(top - 1)) top--;
    const alone = [top - 3, top - 2, y + 1, y + 2].every(
      (at) => at < 0 || at >= height || ink[at] < 0.1 * ink[y - 1],
    );
    // What the region's end cuts may be letters.
    if (alone && top > 0 && y - top <= THICKEST_LINE && !isBar(profile, y - 1))
      lines.push({ y, kind: 'line', strength: DASH_STRENGTH });
  }
  return lines;
}

/** Whether ink of a pixel row goes on for longer than a dash. */
function isBar(profile: RowProfile, row: number): boolean {
  const { left, right } = profile;
  const longest = LONGEST_DASH * (right[row] - left[row]);
  let from = left[row];
  for (let x = from; x <= right[row]; x++) {
    if (!isInkAt(profile, x, row)) from = x + 1;
    if (x - from > longest) return true;
  }
  return false;
}
