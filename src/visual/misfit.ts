import { type Place, groundOf } from './correlate.js';

/** Columns of a letter, and how far apart they are looked at, pixels. */
const LETTER = 8;
const STEP = 4;
/** What codecs leave beside strokes, and how little of a letter is any: shares of the strongest ink. */
const NOISE = 0.15;
const LEAST_NOISE = 6;
const LEAST_INK = 0.04;

/**
 * How far the least like part of a strip, as wide as a letter, is from its later place, by the ink of both: 0 for the same, about 1 for another
 * letter. Where rows differ by a letter or a digit, their correlation as a whole tells nothing of it.
 */
export function misfit({ before, now, spans, strip: { y, height }, dy }: Place): number {
  const [a, b] = [before.image.luma(), now.image.luma()];
  const [groundA, groundB] = [groundOf(before, spans), groundOf(now, spans)];
  let [strongest, energyA, energyB] = [0, 0, 0];
  const each = (from: number, to: number, see: (p: number, q: number) => void): void => {
    for (let line = 0; line < height; line++) {
      const [lineA, lineB] = [y + line - before.rect.y, y + line + dy - now.rect.y];
      const fromA = lineA * before.image.width - before.rect.x;
      const fromB = lineB * now.image.width - now.rect.x;
      for (let x = from; x < to; x++) see(a[fromA + x] - groundA[lineA], b[fromB + x] - groundB[lineB]);
    }
  };
  for (const [from, to] of spans) {
    each(from, to, (p, q) => {
      strongest = Math.max(strongest, Math.abs(p), Math.abs(q));
      energyA += p * p;
      energyB += q * q;
    });
  }
  if (energyA === 0 || energyB === 0) return energyA === energyB ? 0 : 1;
  // What a popup has dimmed is no other letter.
  const gain = Math.sqrt(energyA / energyB);
  const noise = Math.max(LEAST_NOISE, NOISE * strongest);
  const least = LEAST_INK * strongest * LETTER * height;
  let worst = 0;
  for (const [from, to] of spans) {
    for (let x = from; x < to; x += STEP) {
      let [apart, ink] = [0, 0];
      each(x, Math.min(to, x + LETTER), (p, q) => {
        apart += Math.max(0, Math.abs(p - gain * q) - noise);
        ink += (Math.abs(p) + gain * Math.abs(q)) / 2;
      });
      worst = Math.max(worst, apart / Math.max(least, ink));
    }
  }
  return Math.min(1, worst);
}
