import { type Place, type Spans, type Strip, groundOf, isOtherGround } from './correlate.js';
import type { Look } from '../look.js';

/** Columns of a letter, pixels. */
const LETTER = 8;
const HALF = LETTER / 2;
/** What codecs leave beside strokes, and how little of a letter is any: shares of the strongest ink. */
const NOISE = 0.15;
const LEAST_NOISE = 6;
const LEAST_INK = 0.04;
/** Letters of another tone are drawn a little bolder or thinner: 1 less the cosine of both was up to 0.15 of the same, from 0.1 of another. */
const SHAPES_APART = 2;

/**
 * How far the least like part of a strip, as wide as a letter, is from its later place, by the ink of both: 0 for the same, about 1 for another
 * letter. Where rows differ by a letter or a digit, their correlation as a whole tells nothing of it. Cost: three passes over the strip.
 */
export function misfit(place: Place, { mayBeSelected }: Readonly<{ mayBeSelected: boolean }>): number {
  const { before, now, spans, strip, dy } = place;
  if (!now.shows({ ...strip, y: strip.y + dy, x: now.rect.x, width: now.rect.width })) return 1;
  const was = inkOf(before, spans, strip);
  const is = inkOf(now, spans, { ...strip, y: strip.y + dy });
  if (was.energy === 0 || is.energy === 0) return was.energy === is.energy ? 0 : 1;
  if (mayBeSelected && isOtherGround(place)) return shapesApart(was, is, place);
  // What a popup has dimmed is no other letter.
  const gain = Math.sqrt(was.energy / is.energy);
  const strongest = Math.max(was.strongest, is.strongest);
  const noise = Math.max(LEAST_NOISE, NOISE * strongest);
  const least = LEAST_INK * strongest * LETTER * strip.height;
  let worst = 0;
  let at = 0;
  for (const [from, to] of spans) {
    // By half letters, so that each letter is within two of them.
    const apart = new Float64Array(Math.ceil((to - from) / HALF) + 1);
    const ink = new Float64Array(apart.length);
    for (let line = 0; line < strip.height; line++) {
      for (let x = 0; x < to - from; x++, at++) {
        const p = was.levels[at];
        const q = gain * is.levels[at];
        const half = (x / HALF) | 0;
        apart[half] += Math.max(0, Math.abs(p - q) - noise);
        ink[half] += (Math.abs(p) + Math.abs(q)) / 2;
      }
    }
    for (let half = 0; half + 1 < apart.length; half++) {
      worst = Math.max(worst, (apart[half] + apart[half + 1]) / Math.max(least, ink[half] + ink[half + 1]));
    }
  }
  return Math.min(1, worst);
}

/** The same of letters that may have another tone, each by its shape. */
function shapesApart(was: Ink, is: Ink, { spans, strip: { height } }: Place): number {
  const least = NOISE * NOISE * LETTER * height;
  let worst = 0;
  let at = 0;
  for (const [from, to] of spans) {
    const halves = Math.ceil((to - from) / HALF) + 1;
    const [ofWas, ofIs, ofBoth] = [0, 1, 2].map(() => new Float64Array(halves));
    for (let line = 0; line < height; line++) {
      for (let x = 0; x < to - from; x++, at++) {
        const p = Math.abs(was.levels[at]) / was.strongest;
        const q = Math.abs(is.levels[at]) / is.strongest;
        const half = (x / HALF) | 0;
        ofWas[half] += p * p;
        ofIs[half] += q * q;
        ofBoth[half] += p * q;
      }
    }
    for (let half = 0; half + 1 < halves; half++) {
      const a = ofWas[half] + ofWas[half + 1];
      const b = ofIs[half] + ofIs[half + 1];
      if (Math.max(a, b) < least) continue;
      worst = Math.max(
        worst,
        1 - (ofBoth[half] + ofBoth[half + 1]) / Math.sqrt(Math.max(a * b, Number.EPSILON)),
      );
    }
  }
  return Math.min(1, SHAPES_APART * worst);
}

interface Ink {
  readonly levels: Int16Array;
  readonly energy: number;
  readonly strongest: number;
}

/** How far each pixel is from the ground of its line, span by span, lines first. */
function inkOf(look: Look, spans: Spans, { y, height }: Strip): Ink {
  const luma = look.image.luma();
  const grounds = groundOf(look, spans);
  const levels = new Int16Array(height * spans.reduce((sum, [from, to]) => sum + to - from, 0));
  let [at, energy, strongest] = [0, 0, 0];
  for (const [from, to] of spans) {
    for (let line = y - look.rect.y; line < y - look.rect.y + height; line++) {
      const ground = grounds[line];
      const start = line * look.image.width - look.rect.x;
      for (let x = from; x < to; x++) {
        const level = luma[start + x] - ground;
        levels[at++] = level;
        energy += level * level;
        strongest = Math.max(strongest, Math.abs(level));
      }
    }
  }
  return { levels, energy, strongest };
}
