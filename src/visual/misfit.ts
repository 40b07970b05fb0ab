import { type Place, groundOf } from './correlate.js';

/** Columns of a letter, pixels. */
const LETTER = 8;
const HALF = LETTER / 2;
/** What codecs leave beside strokes, and how little of a letter is any: shares of the strongest ink. */
const NOISE = 0.15;
const LEAST_NOISE = 6;
const LEAST_INK = 0.04;

/**
 * How far the least like part of a strip, as wide as a letter, is from its later place, by the ink of both: 0 for the same, about 1 for another
 * letter. Where rows differ by a letter or a digit, their correlation as a whole tells nothing of it. Cost: two passes over the strip.
 */
export function misfit({ before, now, spans, strip: { y, height }, dy }: Place): number {
  const [a, b] = [before.image.luma(), now.image.luma()];
  const [groundA, groundB] = [groundOf(before, spans), groundOf(now, spans)];
  const originA = before.rect;
  const originB = now.rect;
  let [strongest, energyA, energyB] = [0, 0, 0];
  for (const [from, to] of spans) {
    for (let line = 0; line < height; line++) {
      const [lineA, lineB] = [y + line - originA.y, y + line + dy - originB.y];
      const [g, h] = [groundA[lineA], groundB[lineB]];
      const fromA = lineA * before.image.width - originA.x;
      const fromB = lineB * now.image.width - originB.x;
      for (let x = from; x < to; x++) {
        const p = a[fromA + x] - g;
        const q = b[fromB + x] - h;
        if (p > strongest || -p > strongest) strongest = Math.abs(p);
        if (q > strongest || -q > strongest) strongest = Math.abs(q);
        energyA += p * p;
        energyB += q * q;
      }
    }
  }
  if (energyA === 0 || energyB === 0) return energyA === energyB ? 0 : 1;
  // What a popup has dimmed is no other letter.
  const gain = Math.sqrt(energyA / energyB);
  const noise = Math.max(LEAST_NOISE, NOISE * strongest);
  const least = LEAST_INK * strongest * LETTER * height;
  let worst = 0;
  for (const [from, to] of spans) {
    // By half letters, so that each letter is within two of them.
    const apart = new Float64Array(Math.ceil((to - from) / HALF) + 1);
    const ink = new Float64Array(apart.length);
    for (let line = 0; line < height; line++) {
      const [lineA, lineB] = [y + line - originA.y, y + line + dy - originB.y];
      const [g, h] = [groundA[lineA], groundB[lineB]];
      const fromA = lineA * before.image.width - originA.x;
      const fromB = lineB * now.image.width - originB.x;
      for (let x = from; x < to; x++) {
        const p = a[fromA + x] - g;
        const q = gain * (b[fromB + x] - h);
        const half = ((x - from) / HALF) | 0;
        const off = Math.abs(p - q) - noise;
        if (off > 0) apart[half] += off;
        ink[half] += (Math.abs(p) + Math.abs(q)) / 2;
      }
    }
    for (let half = 0; half + 1 < apart.length; half++) {
      worst = Math.max(worst, (apart[half] + apart[half + 1]) / Math.max(least, ink[half] + ink[half + 1]));
    }
  }
  return Math.min(1, worst);
}
