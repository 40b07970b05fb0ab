import { type Rect, area, containsRect, inflate, intersect } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';

export interface BlurredPage {
  /** All that is sharp in `after`: the box, or where its sides are faint what it holds. */
  readonly sharp: Rect;
  /** Mean brightness of the page: after = gain * before + offset. */
  readonly gain: number;
  readonly offset: number;
}

/** Side of a cell, in pixels: wider than a backdrop's blur, so that the mean of a cell survives it. */
const CELL = 16;
/** A step from one pixel to the next, in levels: text has it; black on white blurred by 3 pixels steps by 34 at most, and less when dimmed. */
const SHARP = 36;
/** Sharp steps that make a cell sharp; a caret has fewer columns. */
const FEWEST_STEPS = 3;
/** What is sharp covers less than this share of the region, and this many cells that were sharp are not any more. */
const MOST_SHARP = 0.75;
const FEWEST_BLURRED = 24;
/** Of the cells that were sharp outside of the box; the text behind it does not count. */
const BLURRED_SHARE = 0.95;
/** How well the means of the cells follow the page before, and how far those have to differ, in levels. */
const CORRELATION = 0.85;
const SPREAD = 4;
/** The padding of a dialog and its shadow, in pixels. */
const PADDING = 40;
/** A filter sees nothing beyond the picture, so this near to its border it blurs less. Cells. */
const EDGE_CELLS = 2;

/**
 * Whether the page is still there behind a backdrop that blurs (a CSS `backdrop-filter`): nothing is sharp any more but what
 * lies in one part of the region, and outside of it the means of cells of 16 pixels follow those of `before` by one gain and
 * offset. Null when not: a page that was left has other means, one that stayed is sharp.
 * Cost: two passes over the region, and only of pairs whose edges do not match.
 */
export function blurredPage(before: ImageBuffer, after: ImageBuffer, region: Rect): BlurredPage | null {
  const was = measureCells(before, region);
  const is = measureCells(after, region);
  const sharp = boundsOf(is.sharp, was.columns, region);
  if (sharp === null || area(sharp) > MOST_SHARP * area(region)) return null;
  const around = intersect(inflate(sharp, PADDING), region);
  let blurred = 0;
  let kept = 0;
  const xs: number[] = [];
  const ys: number[] = [];
  for (let i = 0; i < was.means.length; i++) {
    const x = region.x + CELL * (i % was.columns);
    const y = region.y + CELL * Math.floor(i / was.columns);
    if (containsRect(around, intersect({ x, y, width: CELL, height: CELL }, region))) continue;
    xs.push(was.means[i]);
    ys.push(is.means[i]);
    if (was.sharp[i] === 0) continue;
    if (is.sharp[i] === 0) blurred++;
    else kept++;
  }
  if (blurred < FEWEST_BLURRED || blurred < BLURRED_SHARE * (blurred + kept)) return null;
  const line = fitLine(xs, ys);
  if (line.correlation < CORRELATION || line.spread < SPREAD) return null;
  return { sharp, gain: line.gain, offset: line.offset };
}

interface Cells {
  readonly columns: number;
  readonly means: Float32Array;
  readonly sharp: Uint8Array;
}

function measureCells(image: ImageBuffer, region: Rect): Cells {
  const luma = image.luma();
  const columns = Math.ceil(region.width / CELL);
  const rows = Math.ceil(region.height / CELL);
  const means = new Float32Array(columns * rows);
  const sharp = new Uint8Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const right = Math.min(region.width, CELL * (column + 1));
      const bottom = Math.min(region.height, CELL * (row + 1));
      let sum = 0;
      let steps = 0;
      for (let y = CELL * row; y < bottom; y++) {
        const line = (region.y + y) * image.width + region.x;
        for (let x = CELL * column; x < right; x++) {
          const level = luma[line + x];
          sum += level;
          if (x > 0 && Math.abs(level - luma[line + x - 1]) >= SHARP) steps++;
          if (y > 0 && Math.abs(level - luma[line + x - image.width]) >= SHARP) steps++;
        }
      }
      const at = row * columns + column;
      means[at] = sum / ((right - CELL * column) * (bottom - CELL * row));
      sharp[at] = steps >= FEWEST_STEPS ? 1 : 0;
    }
  }
  return { columns, means, sharp };
}

function boundsOf(sharp: Uint8Array, columns: number, region: Rect): Rect | null {
  const rows = sharp.length / columns;
  let [left, top, right, bottom] = [Infinity, Infinity, -1, -1];
  for (let i = 0; i < sharp.length; i++) {
    if (sharp[i] === 0) continue;
    const x = i % columns;
    const y = (i - x) / columns;
    if (Math.min(x, y, columns - 1 - x, rows - 1 - y) < EDGE_CELLS) continue;
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = y;
  }
  if (right < 0) return null;
  const box = {
    x: region.x + CELL * left,
    y: region.y + CELL * top,
    width: CELL * (right - left + 1),
    height: CELL * (bottom - top + 1),
  };
  return intersect(box, region);
}

/** Least squares, with Pearson's correlation and the standard deviation of `xs`. */
function fitLine(xs: readonly number[], ys: readonly number[]) {
  const n = xs.length;
  const meanX = xs.reduce((sum, x) => sum + x, 0) / n;
  const meanY = ys.reduce((sum, y) => sum + y, 0) / n;
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let i = 0; i < n; i++) {
    xx += (xs[i] - meanX) ** 2;
    yy += (ys[i] - meanY) ** 2;
    xy += (xs[i] - meanX) * (ys[i] - meanY);
  }
  const gain = xx === 0 ? 0 : xy / xx;
  const correlation = xx === 0 || yy === 0 ? 0 : xy / Math.sqrt(xx * yy);
  return { gain, offset: meanY - gain * meanX, correlation, spread: Math.sqrt(xx / n) };
}
