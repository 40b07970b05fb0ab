import type { Look } from '../look.js';

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
  /** The columns of the spans that are compared; all by default. */
  readonly part?: Spans;
  readonly strip: Strip;
  readonly dx?: number;
  readonly dy: number;
}

/** Levels of standard deviation below which a strip has no text to compare. */
export const FLAT_DEVIATION = 1.5;
/** Every second column: text strokes are wider, and half the work. */
const COLUMN_STEP = 2;

/** More than half of a line is ground, give or take what a codec leaves on it, levels. */
const GROUND_SHARE = 0.6;
const GROUND_NOISE = 3;
/** Every fourth column tells the commonest level. */
const GROUND_STEP = 4;

/** Levels between two grounds beyond which a row may have been selected, or is selected no longer. */
const OTHER_GROUND = 24;

/** `correlate` where a row may have been selected: on another ground what is unlike may be letters of the other tone, and is compared by its ink. */
export function correlateTones(place: Place): number {
  const likeness = correlate(place);
  return likeness < 0 && isOtherGround(place) ? correlateInk(place) : likeness;
}

/** Whether most lines of a strip have a lighter or darker ground at its later place. */
export function isOtherGround({ before, now, spans, strip: { y, height }, dy }: Place): boolean {
  const was = groundOf(before, spans);
  const is = groundOf(now, spans);
  let others = 0;
  for (let line = y; line < y + height; line++) {
    const apart = was[line - before.rect.y] - is[line + dy - now.rect.y];
    if (Math.abs(apart) > OTHER_GROUND) others++;
  }
  return others > height / 2;
}

/** The correlation of distances from the ground, whether what is shown is lighter or darker. */
function correlateInk({ before, now, spans, part = spans, strip: { y, height }, dx = 0, dy }: Place): number {
  const a = before.image.luma();
  const b = now.image.luma();
  const groundA = groundOf(before, spans);
  const groundB = groundOf(now, spans);
  let [n, sumA, sumB, sumAA, sumBB, sumAB] = [0, 0, 0, 0, 0, 0];
  for (const [x0, x1] of part) {
    for (let line = y; line < y + height; line++) {
      const lineA = line - before.rect.y;
      const lineB = line + dy - now.rect.y;
      const fromA = lineA * before.image.width - before.rect.x;
      const fromB = lineB * now.image.width - now.rect.x + dx;
      for (let x = x0; x < x1; x += COLUMN_STEP) {
        const p = Math.abs(a[fromA + x] - groundA[lineA]);
        const q = Math.abs(b[fromB + x] - groundB[lineB]);
        n++;
        sumA += p;
        sumB += q;
        sumAA += p * p;
        sumBB += q * q;
        sumAB += p * q;
      }
    }
  }
  return ofSums({ n, sumA, sumB, sumAA, sumBB, sumAB });
}

/**
 * Zero-mean normalised cross-correlation of what both places show on their ground, -1..1 (J. P. Lewis, Fast Normalized
 * Cross-Correlation, 1995); of two blank ones 1, of a blank and an inked one 0.
 */
export function correlate({
  before,
  now,
  spans,
  part = spans,
  strip: { y, height },
  dx = 0,
  dy,
}: Place): number {
  const a = before.image.luma();
  const b = now.image.luma();
  const groundA = groundOf(before, spans);
  const groundB = groundOf(now, spans);
  const rowA = before.image.width;
  const rowB = now.image.width;
  let [n, sumA, sumB, sumAA, sumBB, sumAB] = [0, 0, 0, 0, 0, 0];
  for (const [x0, x1] of part) {
    for (let line = 0; line < height; line++) {
      const lineA = y + line - before.rect.y;
      const lineB = y + line + dy - now.rect.y;
      const fromA = lineA * rowA - before.rect.x;
      const fromB = lineB * rowB - now.rect.x + dx;
      let [count, ofA, ofB, ofAA, ofBB, ofAB] = [0, 0, 0, 0, 0, 0];
      for (let x = x0; x < x1; x += COLUMN_STEP) {
        const p = a[fromA + x];
        const q = b[fromB + x];
        count++;
        ofA += p;
        ofB += q;
        ofAA += p * p;
        ofBB += q * q;
        ofAB += p * q;
      }
      // The ground of the line is taken off its sums, not off each pixel.
      const [g, h] = [groundA[lineA], groundB[lineB]];
      n += count;
      sumA += ofA - count * g;
      sumB += ofB - count * h;
      sumAA += ofAA - 2 * g * ofA + count * g * g;
      sumBB += ofBB - 2 * h * ofB + count * h * h;
      sumAB += ofAB - h * ofA - g * ofB + count * g * h;
    }
  }
  return ofSums({ n, sumA, sumB, sumAA, sumBB, sumAB });
}

/** The correlation of `n` pairs by their sums. */
function ofSums({
  n,
  sumA,
  sumB,
  sumAA,
  sumBB,
  sumAB,
}: Readonly<Record<'n' | 'sumA' | 'sumB' | 'sumAA' | 'sumBB' | 'sumAB', number>>): number {
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

/**
 * Of each line of a look the commonest level over the spans: stripes and separators, which stand where they stood, are none of a
 * row's ink. A line that is mostly ink has the ground of the one above.
 */
export function groundOf(look: Look, spans: Spans): Uint8Array {
  return look.reading(`ground ${spans.join(' ')}`, () => {
    const { width, height } = look.image;
    const luma = look.image.luma();
    const counts = new Uint32Array(256);
    const grounds = new Uint8Array(height);
    for (let line = 0; line < height; line++) {
      counts.fill(0);
      let level = 0;
      let columns = 0;
      for (const [x0, x1] of spans) {
        for (let x = x0 - look.rect.x; x < x1 - look.rect.x; x += GROUND_STEP) {
          const each = luma[line * width + x];
          counts[each]++;
          columns++;
          if (counts[each] > counts[level]) level = each;
        }
      }
      let share = 0;
      for (let each = level - GROUND_NOISE; each <= level + GROUND_NOISE; each++) share += counts[each] ?? 0;
      grounds[line] = line > 0 && share < GROUND_SHARE * columns ? grounds[line - 1] : level;
    }
    return grounds;
  });
}
