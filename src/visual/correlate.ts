import type { Look } from './look.js';

/** Columns [from, to), viewport device pixels. */
export type Spans = readonly (readonly [number, number])[];

/** Lines across the spans, viewport device pixels. */
export interface Strip {
  readonly y: number;
  readonly height: number;
}

/** A strip of an earlier look, and where it is looked for in a later one: `dx` and `dy` pixels further. */
export interface Place {
  readonly before: Look;
  readonly now: Look;
  readonly spans: Spans;
  readonly strip: Strip;
  readonly dx?: number;
  readonly dy: number;
}

/** Levels of standard deviation below which a strip has no text to compare. */
export const FLAT_DEVIATION = 1.5;
/** Every second column: text strokes are wider, and half the work. */
const COLUMN_STEP = 2;

/**
 * Zero-mean normalised cross-correlation of the luma of both places, -1..1 (J. P. Lewis, Fast Normalized Cross-Correlation, 1995);
 * of two blank ones 1, of a blank and an inked one 0.
 */
export function correlate({ before, now, spans, strip: { y, height }, dx = 0, dy }: Place): number {
  const a = before.image.luma();
  const b = now.image.luma();
  const rowA = before.image.width;
  const rowB = now.image.width;
  let [n, sumA, sumB, sumAA, sumBB, sumAB] = [0, 0, 0, 0, 0, 0];
  for (const [x0, x1] of spans) {
    for (let line = 0; line < height; line++) {
      const fromA = (y + line - before.rect.y) * rowA - before.rect.x;
      const fromB = (y + line + dy - now.rect.y) * rowB - now.rect.x + dx;
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

/** Standard deviation of luma over the strip, levels. */
export function deviation({
  look,
  spans,
  y,
  height,
}: Readonly<{ look: Look; spans: Spans }> & Strip): number {
  const luma = look.image.luma();
  let [n, sum, squares] = [0, 0, 0];
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
