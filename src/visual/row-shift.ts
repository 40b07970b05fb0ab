import type { Rect } from '../core/index.js';
import type { Look } from './look.js';

/** A row of a list as it stood before, viewport device pixels. */
export interface RowBox {
  readonly y: number;
  readonly height: number;
}

/** One explanation of how a list went from one look to the next, and how well it fits, 0..1. */
export interface RowShift {
  /** The rows `from..from+count-1` of before are gone, the ones below moved up. `count` 0: nothing moved. */
  readonly from: number;
  readonly count: number;
  readonly score: number;
}

/** Levels of standard deviation below which a strip has no text to compare. */
const FLAT_DEVIATION = 1.5;
/** What correlates like this with itself of before has not been replaced. */
const SAME = 0.99;
/** Every second column: text strokes are wider, and half the work. */
const COLUMN_STEP = 2;

/**
 * Fits every way a row (or the first two or three) may have gone to two looks at one list, best first. Each row that
 * stays is compared with where it would be now by zero-mean normalised cross-correlation of its luma (J. P. Lewis, Fast
 * Normalized Cross-Correlation, 1995), which neither stripes that alternate by position nor a dimmed background change.
 * `spans` are the columns compared, [from, to) in viewport pixels: the ones that tell rows apart and that no popup covers.
 * When `endsInside` (the list is shorter than its region) what follows the last row has to be blank; else another row comes
 * up from below, and the last one can only be gone when its place looks different.
 *
 * Cost: rows × hypotheses × pixels of a row / 2, about 4 ms for ten rows of 1000x50.
 */
export function rankRowShifts({
  before,
  now,
  rows,
  region,
  spans,
  endsInside,
}: Readonly<{
  before: Look;
  now: Look;
  rows: readonly RowBox[];
  region: Rect;
  spans: readonly (readonly [number, number])[];
  endsInside: boolean;
}>): readonly RowShift[] {
  const hypotheses = [{ from: 0, count: 0 }];
  for (let count = 1; count <= Math.min(3, rows.length); count++) hypotheses.push({ from: 0, count });
  for (let from = 1; from < rows.length; from++) hypotheses.push({ from, count: 1 });
  return hypotheses
    .map((hypothesis) => ({ ...hypothesis, score: fit(hypothesis) }))
    .sort((a, b) => b.score - a.score || a.count - b.count || a.from - b.from);

  function fit({ from, count }: { from: number; count: number }): number {
    const gone = rows.slice(from, from + count).reduce((sum, row) => sum + row.height, 0);
    let sum = 0;
    let strips = 0;
    rows.forEach((row, i) => {
      if (i >= from && i < from + count) return;
      sum += correlate({ before, now, spans, y: row.y, height: row.height, dy: i < from ? 0 : -gone });
      strips += 1;
    });
    if (endsInside && gone > 0) {
      const last = rows[rows.length - 1];
      const blank = {
        y: last.y + last.height - gone,
        height: Math.min(gone, region.y + region.height - last.y),
      };
      sum += deviation({ look: now, spans, ...blank }) < FLAT_DEVIATION ? 1 : 0;
      strips += 1;
    }
    if (!endsInside && from > 0 && from + count === rows.length) {
      const { y, height } = rows[from];
      sum += correlate({ before, now, spans, y, height, dy: 0 }) < SAME ? 1 : 0;
      strips += 1;
    }
    return strips === 0 ? 0 : Math.max(0, sum / strips);
  }
}

/** -1..1; of two blank strips 1, of a blank and an inked one 0. */
function correlate({
  before,
  now,
  spans,
  y,
  height,
  dy,
}: Readonly<{
  before: Look;
  now: Look;
  spans: readonly (readonly [number, number])[];
  y: number;
  height: number;
  dy: number;
}>): number {
  const a = before.image.luma();
  const b = now.image.luma();
  const rowA = before.image.width;
  const rowB = now.image.width;
  let n = 0;
  let sumA = 0;
  let sumB = 0;
  let sumAA = 0;
  let sumBB = 0;
  let sumAB = 0;
  for (const [x0, x1] of spans) {
    for (let line = 0; line < height; line++) {
      const fromA = (y + line - before.rect.y) * rowA - before.rect.x;
      const fromB = (y + line + dy - now.rect.y) * rowB - now.rect.x;
      for (let x = x0; x < x1; x += COLUMN_STEP) {
        const p = a[fromA + x];
        const q = b[fromB + x];
        n++;
        sumA += p;
        sumB += q;
        sumAA += p * p;
        sumBB += q * q;
        sumAB += p * q;
      }
    }
  }
  const varA = sumAA - (sumA * sumA) / n;
  const varB = sumBB - (sumB * sumB) / n;
  const flat = FLAT_DEVIATION * FLAT_DEVIATION * n;
  if (varA < flat || varB < flat) return varA < flat && varB < flat ? 1 : 0;
  return (sumAB - (sumA * sumB) / n) / Math.sqrt(varA * varB);
}

function deviation({
  look,
  spans,
  y,
  height,
}: Readonly<{
  look: Look;
  spans: readonly (readonly [number, number])[];
  y: number;
  height: number;
}>): number {
  const luma = look.image.luma();
  let n = 0;
  let sum = 0;
  let squares = 0;
  for (const [x0, x1] of spans) {
    for (let line = 0; line < height; line++) {
      const from = (y + line - look.rect.y) * look.image.width - look.rect.x;
      for (let x = x0; x < x1; x += COLUMN_STEP) {
        const value = luma[from + x];
        n++;
        sum += value;
        squares += value * value;
      }
    }
  }
  return n === 0 ? 0 : Math.sqrt(Math.max(0, squares / n - (sum / n) ** 2));
}
